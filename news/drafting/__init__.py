"""Drafts made of what was read: from a reading to a page that an editor goes on with."""
