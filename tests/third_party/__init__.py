"""Public consultations: an app of a third party, plugged into the newsroom through the registry alone.

It does all that `galleries` does, and imports nothing but what docs/extending.md calls public.
"""
