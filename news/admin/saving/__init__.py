"""Saving a form of the admin: nothing that was typed is lost, and nobody overwrites somebody else unasked."""
