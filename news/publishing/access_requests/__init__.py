"""Handling requests for accessible versions: receiving, answering, deadlines, mail."""
