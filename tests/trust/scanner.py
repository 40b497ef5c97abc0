"""A virus scanner for tests, on a real socket."""

import socket
import struct
import threading
from pathlib import Path


class Scanner:
    """A clamd of our own on a real socket. It knows one virus, and can be down, slow, full or rude."""

    def __init__(self, path: Path, *, mood: str = "") -> None:
        self.mood, self.heard = mood, []
        self.peer = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.peer.bind(str(path))
        self.peer.listen()
        self.thread = threading.Thread(target=self.serve, daemon=True)
        self.thread.start()

    def serve(self) -> None:
        while True:
            try:
                caller, _address = self.peer.accept()
            except OSError:
                return
            with caller:
                try:
                    self.answer(caller)
                except OSError:
                    continue

    def answer(self, caller: socket.socket) -> None:
        stream = caller.makefile("rb")
        assert stream.read(10) == b"zINSTREAM\0"
        content = b""
        if self.mood == "full":
            caller.sendall(b"INSTREAM size limit exceeded. ERROR\0")
            return
        while size := struct.unpack("!L", stream.read(4))[0]:
            assert size <= 64 * 1024
            content += stream.read(size)
        self.heard.append(content)
        if self.mood == "slow":
            stream.read(1)  # until the other side has had enough
        elif self.mood == "silent":
            return
        elif b"WIRUS" in content:
            caller.sendall(b"stream: Proba.Wirus FOUND\0")
        else:
            caller.sendall(b"stream: OK\0")

    def stop(self) -> None:
        self.peer.shutdown(socket.SHUT_RDWR)
        self.peer.close()
        self.thread.join(5)
