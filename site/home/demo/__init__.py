"""The demo: five stories and a living site around them, told by the invented “Centrum Wspólna Sprawa”.

Nothing here is real: people, organisations, towns, programmes and numbers are made up; addresses end in
example.org. The drawings in ``photos/``, the marks in ``logos/`` and the files in ``files/`` were made for this
project and share its licence (BSD-3-Clause). The PDFs are tagged, with title and language.

``world.py`` holds what the texts refer to; the modules beside it hold the texts; ``load.py`` puts them on the site.
"""
