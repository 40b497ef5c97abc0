"""Answers to visitors' requests, and which view answers for which page type."""
