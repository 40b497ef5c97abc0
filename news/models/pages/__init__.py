"""Pages: what all page types share, news items, lists, rows, retirement."""
