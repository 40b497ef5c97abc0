"""A virus scanner that listens on a socket: clamd's INSTREAM, in our own few lines.

The file is sent in pieces, each with its length before it (four bytes, big-endian), and a length of nought at the end;
one line comes back: ``stream: OK``, ``stream: <name> FOUND`` or ``… ERROR``.
"""

import socket
import struct
import time
from typing import IO
from urllib.parse import urlsplit

CHUNK = 64 * 1024
LONGEST_ANSWER = 4096


class ScannerError(Exception):
    """The scanner cannot be reached, does not answer in time, or could not scan the file. Nothing is known of it."""


def scan(stream: IO[bytes], address: str, *, timeout: float) -> str:
    """Have ``stream`` scanned and return the name of what was found, ``""`` where it is clean; leave it at its start.

    ``address``: ``tcp://host:port`` or ``unix:///path``; ``timeout``: seconds for all of it. Raises :class:`ScannerError`.
    """
    deadline = time.monotonic() + timeout
    stream.seek(0)
    try:
        with _connect(address, timeout) as peer:
            peer.sendall(b"zINSTREAM\0")
            try:
                while block := stream.read(CHUNK):
                    _be_quick(peer, deadline)
                    peer.sendall(struct.pack("!L", len(block)) + block)
                peer.sendall(struct.pack("!L", 0))
            except (BrokenPipeError, ConnectionResetError):
                pass  # it has heard enough: what it says tells why
            answer = _answer(peer, deadline)
    except (OSError, ValueError) as error:
        raise ScannerError(str(error)) from error
    finally:
        stream.seek(0)
    if answer == "stream: OK":
        return ""
    if answer.startswith("stream: ") and answer.endswith(" FOUND"):
        return answer.removeprefix("stream: ").removesuffix(" FOUND")
    raise ScannerError(answer or "The connection was closed without an answer.")


def _connect(address: str, timeout: float) -> socket.socket:
    parts = urlsplit(address)
    if parts.scheme == "unix" and parts.path:
        peer = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        peer.settimeout(timeout)
        try:
            peer.connect(parts.path)
        except OSError:
            peer.close()
            raise
        return peer
    if parts.scheme == "tcp" and parts.hostname:
        return socket.create_connection((parts.hostname, parts.port or 3310), timeout=timeout)
    raise ValueError(f"{address!r} is no address of a scanner. Write tcp://host:port or unix:///path.")


def _be_quick(peer: socket.socket, deadline: float) -> None:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError("The scanner took too long.")
    peer.settimeout(left)


def _answer(peer: socket.socket, deadline: float) -> str:
    heard = b""
    while b"\0" not in heard and len(heard) < LONGEST_ANSWER:
        _be_quick(peer, deadline)
        block = peer.recv(LONGEST_ANSWER)
        if not block:
            break
        heard += block
    return heard.split(b"\0")[0].decode("utf-8", errors="replace").strip()
