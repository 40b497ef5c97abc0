"""Caches in front of the site that keep answers for a while: told after each act what they keep wrongly."""
