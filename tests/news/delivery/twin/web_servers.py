"""A web server in front of a twin's folder: nginx with the samples that are written beside it, or, where it is missing, one
that reads the manifest."""

import http.client
import http.server
import os
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from wagtail_newsroom.news.delivery.twin.manifest import Host, read_manifest

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
CONFIGURATION = """\
{user}daemon off;
worker_processes 1;
pid {scratch}/nginx.pid;
error_log {scratch}/error.log;
events {{ worker_connections 64; }}
http {{
    access_log off;
    client_body_temp_path {scratch}/body;
    proxy_temp_path {scratch}/proxy;
    fastcgi_temp_path {scratch}/fastcgi;
    uwsgi_temp_path {scratch}/uwsgi;
    scgi_temp_path {scratch}/scgi;
    include {root}/nginx/maps.conf;
    include {scratch}/site.conf;
}}
"""


@dataclass(frozen=True)
class Got:
    """What came over the wire; names of headers in small letters."""

    status: int
    headers: dict[str, str]
    body: bytes


class Visitor:
    """Asks the server at ``port``; follows nothing."""

    def __init__(self, port: int, host: str) -> None:
        self.port, self.host = port, host

    def get(self, address: str, method: str = "GET") -> Got:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request(method, address, headers={"Host": self.host, "Accept-Encoding": "identity"})
            response = connection.getresponse()
            return Got(response.status, {k.lower(): v for k, v in response.getheaders()}, response.read())
        finally:
            connection.close()


@contextmanager
def serving(
    root: Path, name: str, scratch: Path, *, sample: str = "only-the-twin", behind: int = 0
) -> Iterator[Visitor]:
    """Serve the twin ``name`` below ``root``; ``behind``: port of the application that is asked first."""
    host = read_manifest((root / "manifest.json").read_bytes())[name]
    start = _nginx(root, name, scratch, sample, behind) if NGINX else _plain_server(root, name, host)
    with start as port:
        yield Visitor(port, host.url.partition("://")[2])


@contextmanager
def _nginx(root: Path, name: str, scratch: Path, sample: str, behind: int) -> Iterator[int]:
    port = free_port()
    site = (root / "nginx" / name / f"{sample}.conf").read_text().replace("listen 80;", f"listen 127.0.0.1:{port};")
    assert f"listen 127.0.0.1:{port};" in site
    if behind:
        site = _with_port_behind(site, behind)
    scratch.mkdir(parents=True, exist_ok=True)
    (scratch / "site.conf").write_text(site)
    user = "user root;\n" if os.geteuid() == 0 else ""  # else its workers could not read a test's folders
    (scratch / "nginx.conf").write_text(CONFIGURATION.format(root=root, scratch=scratch, user=user))
    process = subprocess.Popen(
        [str(NGINX), "-p", str(scratch), "-e", str(scratch / "error.log"), "-c", str(scratch / "nginx.conf")],
        stderr=subprocess.PIPE,
    )
    try:
        ends = time.monotonic() + 10
        while not _listens(port):
            told = process.stderr.read().decode() if process.poll() is not None and process.stderr else ""
            assert process.poll() is None, f"nginx refuses the sample: {told}"
            assert time.monotonic() < ends
            time.sleep(0.02)
        yield port
    finally:
        process.terminate()
        process.wait(10)


def _with_port_behind(site: str, port: int) -> str:
    before, _mark, rest = site.partition("proxy_pass http://127.0.0.1:")
    return f"{before}proxy_pass http://127.0.0.1:{port}{rest[rest.index(';') :]}"


@contextmanager
def _plain_server(root: Path, name: str, host: Host) -> Iterator[int]:
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            entry = host.addresses.get(self.path)
            if entry is None and not self.path.startswith("/api/"):
                entry = host.addresses.get(self.path.partition("?")[0])
            entry = entry or host.addresses["/404.html"]
            body = (root / name / entry.file).read_bytes() if entry.file else b""
            self.send_response(entry.status)
            headers = host.headers[entry.headers] | ({"location": entry.location} if entry.location else {})
            for header, value in headers.items():
                self.send_header(header, value)
            self.send_header("Content-Type", entry.type or "text/html")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server.server_port
        finally:
            server.shutdown()
            thread.join()


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
