"""What leaves the admin as a spreadsheet."""

from typing import Any

# A cell that starts so is run as a formula by the program that opens it.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def plain_cell(value: Any) -> Any:
    """Keep text that an editor typed from being run as a formula: spreadsheets show an apostrophe's cell as text."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value


class SafeExportMixin:
    """For views with Wagtail's spreadsheet export."""

    def to_row_dict(self, item: Any) -> dict[str, Any]:
        row: dict[str, Any] = super().to_row_dict(item)  # type: ignore[misc]  # of the view it is mixed into
        return {
            field: plain_cell(value if isinstance(value, str) or not hasattr(value, "pk") else str(value))
            for field, value in row.items()
        }
