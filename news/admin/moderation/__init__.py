"""Preflight, approval, deputies and the e-mails of the workflow, as the admin shows them."""
