"""The public API: Wagtail's v2 and v3, limited to what is public."""
