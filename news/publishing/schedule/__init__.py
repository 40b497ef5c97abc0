"""The scheduler: what is due, who carries it out, and what failed."""
