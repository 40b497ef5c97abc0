"""Pure inspection of a file: no request, no model, no Django."""

from news.documents.inspection import Inspection, inspect_file

__all__ = ["Inspection", "inspect_file"]
