"""What editors see in Wagtail's admin: one folder for each part of it."""
