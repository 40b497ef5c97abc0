"""Intake: a file or a pasted text becomes a draft, reviewed next to its words."""
