"""What the file of an address is called: from path, query, status and type, so that a web server finds it by rule.

``200/aktualnosci/index.html`` is ``/aktualnosci/``, ``200/aktualnosci/index@page=2.html`` its ``?page=2``. The suffix always
says the type: where the address has another one, it is added (``200/aktualnosci/atom.xml.atom``).
"""

import hashlib
import mimetypes
import re
from urllib.parse import unquote, urlsplit

# Types by suffix, as they are sent.
TYPES = {
    "html": "text/html; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "mjs": "text/javascript; charset=utf-8",
    "ics": "text/calendar; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "json": "application/json",
    "problem": "application/problem+json",
    "md": "text/markdown",
    "xml": "application/xml",
    "svg": "image/svg+xml",
    "webp": "image/webp",
    "avif": "image/avif",
    "woff2": "font/woff2",
}
# Characters of a query that may stand in a file's name as they are; a slash never does.
PLAIN_QUERY = re.compile(r"[\w.~=&%,:+\-]{1,180}", re.ASCII)
# Longest name of a file that every disk takes, in bytes.
LONGEST = 240


def plain_type(content_type: str) -> str:
    """A content type in one spelling: small letters, the charset without quotation marks."""
    parts = [part.strip().lower().replace('"', "") for part in content_type.split(";")]
    return "; ".join(part for part in parts if part) or "application/octet-stream"


def suffix_of(content_type: str) -> str:
    """The suffix that stands for a type: the usual one, or the type itself, spelled out (``text-plain``)."""
    wanted = plain_type(content_type)
    usual = next((suffix for suffix, known in TYPES.items() if known == wanted), "")
    guessed = (mimetypes.guess_extension(wanted) or "").lstrip(".") if ";" not in wanted else ""
    if usual or (guessed and type_of_suffix(guessed) == wanted):
        return usual or guessed
    return re.sub(r"[^a-z0-9]+", "-", wanted)


def type_of_suffix(suffix: str) -> str:
    """The type that files with this suffix have in the twin; empty for one that says nothing by itself."""
    return TYPES.get(suffix) or mimetypes.types_map.get(f".{suffix}", "")


def file_of(address: str, status: int, content_type: str) -> str:
    """The file, below the folder of its host, for an address (path and query) answered with this status and type.

    An address that makes no name of its own (too long, odd characters in its query, dots that lead upwards) gets one of
    its hash: the server finds it by its list of those.
    """
    split = urlsplit(address)
    parts = unquote(split.path).split("/")[1:]
    parts[-1] = parts[-1] or "index"
    ending = parts[-1].rpartition(".")[2].lower() if "." in parts[-1] else ""
    wanted = plain_type(content_type)
    if split.query:
        parts[-1] += f"@{split.query}"
    if split.query or type_of_suffix(ending) != wanted:
        parts[-1] += f".{suffix_of(content_type)}"
    is_plain = not split.query or PLAIN_QUERY.fullmatch(split.query)
    if not is_plain or any(_is_odd(part) for part in parts):
        digest = hashlib.sha256(address.encode()).hexdigest()
        parts = ["named", f"{digest}.{suffix_of(content_type)}"]
        return f"{status}/@/{'/'.join(parts)}"
    return f"{status}/{'/'.join(parts)}"


def is_found_by_rule(file: str) -> bool:
    """Whether the file's name follows from the address."""
    return "/@/named/" not in file


def folder_of(hostname: str, port: int) -> str:
    """The folder of a site."""
    return hostname if port in (80, 443) else f"{hostname}_{port}"


def _is_odd(part: str) -> bool:
    return part in {"", ".", ".."} or "\0" in part or "\n" in part or len(part.encode()) > LONGEST
