"""Public lists: querysets with all that a card needs, and their filters."""
