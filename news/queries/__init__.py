"""How rows are read of the database at once: child rows in the query of their row, queries that are built once, and objects
of what they give."""
