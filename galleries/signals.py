"""Signals of the galleries: models send them, so that they never call the rooms above them."""

from django.dispatch import Signal

# Sent after a photo was stored whose sizes are yet to be made. Arguments: ``photo``.
photo_without_sizes = Signal()
