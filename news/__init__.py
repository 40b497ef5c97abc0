"""The newsroom: news items, events, attachments and what all content types share."""

if __name__ != "wagtail_newsroom.news":
    raise ImportError(
        f"This package is wagtail_newsroom.news; {__name__!r} would load it a second time.", name=__name__
    )
