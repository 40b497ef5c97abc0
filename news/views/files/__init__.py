"""Serving files: documents with their versions, media, counted downloads, the virus scan before."""
