"""Approval: groups with their permissions, the workflow and its task, deputies, regular reviews."""
