"""Tests of wagtail_newsroom.news.documents."""
