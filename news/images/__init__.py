"""Pictures of all content types: the sizes in which they are shown, and duplicates."""
