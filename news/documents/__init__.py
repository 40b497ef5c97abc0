"""Pure inspection of a file: no request, no model, no Django."""

from news.documents.inspection import Inspection, inspect_file, sha256_of
from news.documents.kinds import ALLOWED, allowed_extensions
from news.file_names import safe_name

__all__ = ["ALLOWED", "Inspection", "allowed_extensions", "inspect_file", "safe_name", "sha256_of"]
