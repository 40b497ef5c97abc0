"""Changes of a published page: announcements, agenda changes, calendar numbers, retiring."""
