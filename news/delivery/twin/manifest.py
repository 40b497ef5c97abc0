"""What the twin holds and how each answer is sent: ``manifest.json``, from which it is kept up to date."""

import datetime as dt
import hashlib
import json
from dataclasses import asdict, dataclass, field
from typing import Any

from wagtail_newsroom.news.delivery.twin.asking import Answer

VERSION = 1
# What a web server says itself, or what belongs to one answer alone.
LEFT_OUT = frozenset(
    {
        *("content-type", "content-length", "content-encoding", "etag", "last-modified", "date", "server", "vary"),
        *("location", "set-cookie", "surrogate-key", "accept-ranges", "connection", "allow", "age", "expires"),
    }
)
POLICY, DISPOSITION = "content-security-policy", "content-disposition"


@dataclass
class Entry:
    """One address. ``file``: below the folder of its host, empty for a redirect, whose target is ``location``, and for what
    is not kept. ``headers``: key in the table of headers.

    ``of``: the page (path) whose change changes it; ``state``: what its file was made of; ``links``: addresses that it
    names and that are followed, with what these hang on where it is known here alone.
    """

    status: int
    file: str = ""
    type: str = ""
    location: str = ""
    headers: str = ""
    sha256: str = ""
    of: str = ""
    state: str = ""
    links: dict[str, str] = field(default_factory=dict)


@dataclass
class Host:
    """The twin of one site. ``cursor``: up to where the log of changes was read; ``again_at``: when lists change by time.

    ``made_with``: code and settings; ``whole_at``: when all of it was looked at; ``unfinished``: when to try again
    what failed; ``missing``: addresses that were asked for and are not kept (an event without hours has no ``schedule.json``).
    """

    site: int = 0
    url: str = ""
    cursor: int = -1
    again_at: str = ""
    whole_at: str = ""
    made_with: str = ""
    unfinished: str = ""
    headers: dict[str, dict[str, str]] = field(default_factory=dict)
    addresses: dict[str, Entry] = field(default_factory=dict)
    missing: dict[str, Entry] = field(default_factory=dict)

    def get(self, address: str) -> Entry | None:
        """What is known of ``address``."""
        return self.addresses.get(address) or self.missing.get(address)

    def forget(self, address: str) -> Entry | None:
        """Leave ``address`` out; give what was kept of it."""
        self.missing.pop(address, None)
        return self.addresses.pop(address, None)

    def note_headers(self, answer: Answer) -> str:
        """Keep the headers of ``answer`` that are to be sent; give their key."""
        headers = {name: _plain(name, value) for name, value in sorted(answer.headers.items()) if name not in LEFT_OUT}
        if headers.get(DISPOSITION, "").startswith("inline"):
            del headers[DISPOSITION]  # says what is so without it, once for each file
        key = hashlib.sha256(json.dumps(headers).encode()).hexdigest()[:12]
        self.headers[key] = headers
        return key

    def drop_unused_headers(self) -> None:
        """Keep the table of headers as short as it can be."""
        used = {entry.headers for entry in self.addresses.values()}
        self.headers = {key: self.headers[key] for key in sorted(used & set(self.headers))}

    def is_to_be_finished(self, now: dt.datetime) -> bool:
        """Whether something failed that is to be tried again by now."""
        return bool(self.unfinished) and dt.datetime.fromisoformat(self.unfinished) <= now

    def until(self, rest: dt.timedelta) -> dt.datetime:
        """When there is something to do though nothing was changed; ``rest``: between two looks at all of it."""
        moments = [dt.datetime.fromisoformat(each) for each in (self.again_at, self.unfinished) if each]
        return min([*moments, dt.datetime.fromisoformat(self.whole_at) + rest])

    def is_due(self, now: dt.datetime) -> bool:
        """Whether time alone may have changed lists."""
        return bool(self.again_at) and dt.datetime.fromisoformat(self.again_at) <= now


def write_manifest(hosts: dict[str, Host]) -> bytes:
    """The manifest as it is stored."""
    content = {
        "version": VERSION,
        "hosts": {name: {key: _written(value) for key, value in vars(host).items()} for name, host in hosts.items()},
    }
    return json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True).encode()


def read_manifest(stored: bytes) -> dict[str, Host]:
    """The hosts of a stored manifest; none where there is no manifest, or one that cannot be read: all is made anew."""
    try:
        content = json.loads(stored or b"{}")
        if content.get("version") != VERSION:
            return {}
        hosts = {}
        for name, told in content["hosts"].items():
            for part in ("addresses", "missing"):
                told[part] = {address: Entry(**entry) for address, entry in told[part].items()}
            hosts[name] = Host(**told)
        return hosts
    except (ValueError, KeyError, TypeError, AttributeError):
        return {}


def _written(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            key: {name: each for name, each in asdict(entry).items() if each} | {"status": entry.status}
            if isinstance(entry, Entry)
            else entry
            for key, entry in value.items()
        }
    return value


def _plain(name: str, value: str) -> str:
    """A policy in one order: libraries keep its parts in sets."""
    return "; ".join(sorted(part.strip() for part in value.split(";") if part.strip())) if name == POLICY else value
