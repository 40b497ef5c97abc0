"""The event page: schedule, place, registration, agenda with its changes, rules."""
