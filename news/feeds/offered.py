"""What can be subscribed to, of the files that a list answers with."""

FEEDS = {"calendar.ics": "text/calendar", "atom.xml": "application/atom+xml"}
