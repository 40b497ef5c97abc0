"""Steps of the reader that find the agenda: sessions with hours, people, tracks."""
