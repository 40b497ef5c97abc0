"""A file or a pasted text becomes a draft: brought in, reviewed beside its words, saved."""
