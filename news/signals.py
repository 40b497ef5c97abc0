"""Signals of the newsroom, for strangers who want to listen. Friends call functions."""

from django.dispatch import Signal

# Sent after the groups, permissions and the workflow were set up. Arguments: ``groups``.
newsroom_set_up = Signal()
