"""The desk, the admin's home, and the plan of publications."""
