"""Search: the configuration of PostgreSQL's text search."""
