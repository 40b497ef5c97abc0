"""Change records: what other front ends are told happened to the public content."""
