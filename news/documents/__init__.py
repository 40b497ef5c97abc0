"""Pure inspection of a file: no request, no model, no Django."""

from wagtail_newsroom.news.documents.inspection import Inspection, inspect_file, sha256_of
from wagtail_newsroom.news.documents.kinds import ALLOWED, allowed_extensions
from wagtail_newsroom.news.documents.names import safe_name

__all__ = ["ALLOWED", "Inspection", "allowed_extensions", "inspect_file", "safe_name", "sha256_of"]
