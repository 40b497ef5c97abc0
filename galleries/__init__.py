"""Photo galleries, plugged into the newsroom as a third party would do it."""
