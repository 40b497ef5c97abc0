"""Time: moments in time zones, phases of an event, working days."""
