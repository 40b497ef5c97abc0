"""What pages refer to: people, organisations, venues, topics, projects, settings."""
