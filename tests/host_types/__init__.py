"""A host with types of its own on the newsroom's: `models.py` is the code that docs/extending.md prints."""
