"""Webhooks in the admin: where messages go, how each target stands, what was sent to it."""
