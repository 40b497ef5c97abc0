"""What is run inside a host's project, by its settings; see ``commands.py``."""
