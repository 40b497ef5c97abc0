"""The checks before publication, deputies, and the e-mails of the moderation."""
