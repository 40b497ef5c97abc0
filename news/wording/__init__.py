"""Facts as words for readers: dates, the state of an event, files."""
