"""Requests for accessible versions in the admin: the register, the actions, the figures for the report, the desk."""
