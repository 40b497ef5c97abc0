"""How well visitors find what they look for: `make search-report`.

``documents/``: 315 made-up pages of public bodies with files, written by three authors who did not know the search.
``questions_known.json``: 140 questions by a fourth, who was told in English what each document holds and saw none of the texts;
the search was tuned to them. ``questions_new.json``: 140 by a fifth, likewise, asked for the first time when that was done. Whoever
tunes to these as well writes a third set before measuring.
"""
