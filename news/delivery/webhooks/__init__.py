"""Telling other systems what changed for the public: signed, in order, tried again, to public addresses alone."""
