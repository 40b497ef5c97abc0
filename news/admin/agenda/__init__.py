"""The agenda in the event's form: pasted in from a text, and copied out."""
