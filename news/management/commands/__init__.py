"""Commands for `manage.py`: setting up, the scheduler, the library, the reader."""
