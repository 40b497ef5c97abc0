"""Search that knows Polish: what words have in common, and the indexes of SQLite and PostgreSQL."""
