"""How well visitors find what they look for: `make search-report`.

``documents/``: 315 made-up pages of public bodies with files, written by three authors who did not know the search.
``questions.json``: 140 questions by a fourth, who was told in English what each document holds and saw none of the texts.
"""
