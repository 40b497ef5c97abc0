"""“Publish together” in the admin."""
