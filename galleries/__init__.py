"""Photos and galleries, plugged into the newsroom as another app would be."""

if __name__ != "wagtail_newsroom.galleries":
    raise ImportError(
        f"This package is wagtail_newsroom.galleries; {__name__!r} would load it a second time.", name=__name__
    )
