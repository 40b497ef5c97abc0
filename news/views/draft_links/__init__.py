"""A draft under its secret link: the page, its bar and the remarks of its readers."""
