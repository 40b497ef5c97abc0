"""Writing change records in the transaction of the act that changes something public."""
