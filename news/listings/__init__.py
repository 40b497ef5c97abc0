"""Public rows, each with everything that a list shows of it, and each filter once: pages, feeds, APIs and home read here.

``cards`` what a card needs, of whatever type; ``filters`` what narrows a list; ``stories``, ``events``, ``files`` the lists;
``everything`` all that is public on a site. What is public :mod:`wagtail_newsroom.news.visibility` says alone; no HTML here.
"""
