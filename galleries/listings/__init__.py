"""What lists, feeds and the API show of galleries."""
