"""“Publish together” in the admin: bundles of pages that are published or retired as one."""
