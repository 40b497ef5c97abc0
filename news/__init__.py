"""Wagtail Newsroom: news, events with agendas, and attachments for Wagtail sites."""

__version__ = "0.1.0"
