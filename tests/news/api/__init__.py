"""The delivery API."""
