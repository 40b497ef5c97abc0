"""The public form for requests of accessible versions, and what guards it against robots."""
