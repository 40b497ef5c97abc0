"""Files into text. Each format has a module of its own that loads when such a file comes."""

from wagtail_newsroom.news.reader.formats.detection import extract
from wagtail_newsroom.news.reader.formats.extracted import Extracted

__all__ = ["Extracted", "extract"]
