"""What the answers look like: the types of the document."""
