"""A static front end that is made from the delivery API alone, and what runs it."""
