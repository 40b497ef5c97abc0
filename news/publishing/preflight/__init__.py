"""Preflight: the checks before publication, what they find, and what stops a publication."""
