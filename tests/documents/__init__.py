"""Tests of news.documents."""
