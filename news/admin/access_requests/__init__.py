"""Requests for accessible versions in the admin: the register, the acts, the figures for the report, the desk."""
