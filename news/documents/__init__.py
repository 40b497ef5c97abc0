"""Pure inspection of a file: no request, no model, no Django."""

from news.documents.inspection import Inspection, inspect_file, sha256_of

__all__ = ["Inspection", "inspect_file", "sha256_of"]
