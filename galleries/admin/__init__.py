"""Galleries in the admin: adding many photos, describing them, lists, withdrawing consent."""
