"""What galleries are to search engines (JSON-LD)."""
