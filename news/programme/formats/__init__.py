"""Files into text. Each format has a module of its own that loads when such a file comes."""

from news.programme.formats.detection import extract
from news.programme.formats.extracted import Extracted

__all__ = ["Extracted", "extract"]
