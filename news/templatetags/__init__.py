"""Template tags and filters of the theme: typography, files, feeds, head of the page."""
