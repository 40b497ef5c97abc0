"""Sharing a draft: the links of a page, their form, and the remarks that readers leave."""
