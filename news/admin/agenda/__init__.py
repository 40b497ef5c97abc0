"""The programme in the event's form: pasted in from elsewhere, and copied out."""
