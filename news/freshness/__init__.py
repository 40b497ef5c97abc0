"""How long what was made for the public is true: until something public changes, or until a moment that is known.

``token_file`` holds what stands for the present state on this machine; an ``Era`` is the time in which it stands and in
which time alone changes nothing. Answers are kept, and parts of answers remembered, for an era.

Public: other apps may import ``remembered`` from here.
"""

from wagtail_newsroom.news.freshness.eras import Era, remembered, serving

__all__ = ["Era", "remembered", "serving"]
