"""Galleries in the admin."""
