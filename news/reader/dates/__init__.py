"""Steps of the reader that find dates and hours, and distinguish the event from its deadline."""
