"""Calendars (iCalendar), Atom, conference schedules, JSON-LD, Open Graph, sitemaps: made of models, without a request."""
