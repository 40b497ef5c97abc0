"""Steps of the reader that find an event's facts: place, contacts, attachments, title."""
