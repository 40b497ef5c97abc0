"""Galleries in the delivery API, through the doors of the newsroom's registry alone."""
