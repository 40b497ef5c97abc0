"""What visitors find: public pages of all types and the files that they offer, from typed words to one list.

Pages, the API and boxes of suggestions read the same :func:`wagtail_newsroom.news.finding.find.find`.
"""
