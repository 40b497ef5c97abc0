"""What Wagtail's own admin does differently here: thin layers around its views, forms and API."""
