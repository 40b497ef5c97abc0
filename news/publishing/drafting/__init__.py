"""Drafts out of what was written elsewhere: an invitation, a programme, put into the fields of a page."""
