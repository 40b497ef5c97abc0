"""What people and the scheduler do: each action in one transaction, with a record of the change. No requests, no HTML."""
