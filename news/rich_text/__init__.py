"""Rich text: without what could act, and as HTML, Markdown and plain text of one tree.

The editor cleans what people type. Texts also come by code, from imports and APIs, so that each is cleaned where it is
shown and where it leaves an API. What the editor writes passes unchanged.

Public: other apps may import from here.
"""

from wagtail_newsroom.news.rich_text.cleaning import cleaned, parts_of_features
from wagtail_newsroom.news.rich_text.html import as_html
from wagtail_newsroom.news.rich_text.markdown import as_markdown, escaped, link
from wagtail_newsroom.news.rich_text.targets import Find, Target, ids_in
from wagtail_newsroom.news.rich_text.text import as_text
from wagtail_newsroom.news.rich_text.tree import ATTRIBUTES, ELEMENTS, SCHEMES, safe_address

__all__ = [
    "ATTRIBUTES",
    "ELEMENTS",
    "SCHEMES",
    "Find",
    "Target",
    "as_html",
    "as_markdown",
    "as_text",
    "cleaned",
    "escaped",
    "ids_in",
    "link",
    "parts_of_features",
    "safe_address",
]
