"""Raised and lowered signs where there is no mark for them: m², H₂O."""

from unicodedata import lookup

_SIGNS = {
    **{str(digit): name for digit, name in enumerate(("ZERO", "ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN"))},
    "8": "EIGHT",
    "9": "NINE",
    "+": "PLUS SIGN",
    "-": "MINUS",
    "−": "MINUS",
    "=": "EQUALS SIGN",
    "(": "LEFT PARENTHESIS",
    ")": "RIGHT PARENTHESIS",
}
_RAISED = {sign: lookup(f"SUPERSCRIPT {name}") for sign, name in _SIGNS.items()} | {"n": "ⁿ", "i": "ⁱ"}
_LOWERED = {sign: lookup(f"SUBSCRIPT {name}") for sign, name in _SIGNS.items()} | {"n": "ₙ", "i": "ᵢ"}


def raised(name: str, words: str) -> str:
    """``words`` of an element ``sup`` or ``sub`` in signs of their own, where there are such; else as they are."""
    signs = _RAISED if name == "sup" else _LOWERED
    return "".join(signs[each] for each in words) if all(each in signs for each in words) else words
