"""What leaves the admin as a spreadsheet."""

from typing import Any

# A cell that starts so is run as a formula by the program that opens it; the wide signs by some of them.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def plain_cell(value: Any) -> Any:
    """Keep text that an editor typed from being run as a formula: spreadsheets show an apostrophe's cell as text."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value
