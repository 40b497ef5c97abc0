"""One request to a receiver that may do as it likes: it takes neither our time nor our memory, and is who it says."""

import datetime as dt
import socket
import ssl
import time
from email.utils import format_datetime
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.news.delivery.webhooks.receiver import Receiver, raw, receiving, status
from wagtail_newsroom.news.delivery.webhooks import posting
from wagtail_newsroom.news.delivery.webhooks.posting import post

OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 50000000\r\n\r\n"


def test_answer_is_read_for_its_status_and_the_beginning_of_what_it_says(receiver: Receiver) -> None:
    receiver.answers = [
        status(500, b"no\x1b[31m room\n at the inn" + b"!" * 5000, content_type="text/plain"),
        status(422, b"<html>sorry</html>", content_type="text/html"),
        status(200, b"thanks", content_type="text/plain"),
        status(410),
    ]
    outcomes = [post(receiver.url, b"{}", {"webhook-id": "msg_1"}) for _number in range(4)]

    assert [(each.status, each.error) for each in outcomes] == [
        (500, "status"), (422, "status"), (200, ""), (410, "gone"),
    ]  # fmt: skip
    assert outcomes[0].said.startswith("no [31m room at the inn!")
    assert len(outcomes[0].said) == posting.SAID_CHARACTERS
    assert [each.said for each in outcomes[1:]] == ["", "", ""]
    assert receiver.got[0][0]["webhook-id"] == "msg_1"


def test_busy_receiver_says_when_to_come_back(receiver: Receiver) -> None:
    later = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=100)
    receiver.answers = [
        status(429, retry_after="77"),
        status(503, retry_after=format_datetime(later, usegmt=True)),
        status(503, retry_after="soon"),
        status(500, retry_after="77"),
        status(429, retry_after="9" * 40),
    ]
    waits = [post(receiver.url, b"{}", {}).wait for _number in range(5)]

    assert waits[0] == 77
    assert 90 <= waits[1] <= 100
    assert waits[2:4] == [0, 0]
    assert waits[4] == 999_999_999


@pytest.mark.parametrize(
    "pieces",
    [
        pytest.param([b"H"] * 40, id="status line"),
        pytest.param([b"HTTP/1.1 200 OK\r\n", *[b"X: y\r\n"] * 40], id="headers"),
        pytest.param([b"HTTP/1.1 100 Continue\r\n\r\n"] * 40, id="never the final answer"),
    ],
)
def test_answer_that_drips_is_given_up_in_time(
    pieces: list[bytes], receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(posting, "WHOLE_SECONDS", 0.5)
    receiver.answers = [raw(*pieces, pause=0.1)]
    began = time.monotonic()

    assert post(receiver.url, b"{}", {}).error == "timeout"
    assert time.monotonic() - began < 1.5


def test_endless_body_is_not_read(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(posting, "POLITE_SECONDS", 0.2)
    receiver.answers = [raw(OK, *[b"x" * 65536] * 800), raw(OK, *[b"x"] * 40, pause=0.1)]
    began = time.monotonic()

    assert [post(receiver.url, b"{}", {}).is_accepted for _number in range(2)] == [True, True]
    assert time.monotonic() - began < 1.5


def test_what_is_no_web_server_is_told_apart(receiver: Receiver, loopback: None) -> None:
    receiver.answers = [raw(b"220 mail.example ESMTP\r\n"), raw(b"HTTP/1.1 200 OK\r\nX: " + b"y" * 70_000), raw()]

    assert [post(receiver.url, b"{}", {}).error for _number in range(3)] == ["answer", "answer", "answer"]
    port = receiver.port
    receiver.server_close()
    assert post(f"http://127.0.0.1:{port}/", b"{}", {}).error == "connection"


# --- Encryption -------------------------------------------------------------------------------


def certificate(folder: Path, name: str) -> Path:
    """A certificate for ``name`` that signs itself, with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = dt.datetime.now(dt.UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    )
    made = builder.sign(key, hashes.SHA256())
    file = folder / f"{name}.pem"
    file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return file


def test_certificate_must_be_trusted_and_that_of_the_name(
    loopback: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The connection goes to the address that was checked; name, certificate and Host are those of the receiver."""
    file = certificate(tmp_path, "receiver.example")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    asked: list[str | None] = []
    context.sni_callback = lambda sock, name, this: asked.append(name)
    here = [(socket.AF_INET, socket.SOCK_STREAM, 6, "")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, port, **options: [(*here[0], ("127.0.0.1", port))])
    with receiving() as receiver:
        receiver.socket = context.wrap_socket(receiver.socket, server_side=True)
        unknown = post(f"https://receiver.example:{receiver.port}/", b"{}", {})
        monkeypatch.setenv("SSL_CERT_FILE", str(file))
        trusted = post(f"https://receiver.example:{receiver.port}/", b"{}", {})
        other = post(f"https://other.example:{receiver.port}/", b"{}", {})

    assert [each.error for each in (unknown, trusted, other)] == ["tls", "", "tls"]
    assert asked == ["receiver.example", "receiver.example", "other.example"]
    assert [headers["Host"] for headers, _body in receiver.got] == [f"receiver.example:{receiver.port}"]
