"""Whole public answers, ready as bytes in the memory of each process of the server, given out before Django is entered.

``layer.py`` is the WSGI application around a project's; what an answer is kept for is an era (:mod:`wagtail_newsroom.news.freshness`):
as soon as anything public changes or a known moment passes, all that was kept is dead.
"""
