"""Messages go to public addresses only, however a private one is written and whenever a name begins to lead there."""

import socket
import threading
from ipaddress import ip_address
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.news.delivery.webhooks.receiver import Receiver, receiving, status
from wagtail_newsroom.news.delivery.webhooks import addresses
from wagtail_newsroom.news.delivery.webhooks.addresses import RefusedAddressError, is_public, places_of, read_address
from wagtail_newsroom.news.delivery.webhooks.posting import post
from wagtail_newsroom.news.delivery.webhooks.words import REASONS

PUBLIC = ["93.184.216.34", "8.8.8.8", "2606:2800:220:1:248:1893:25c8:1946", "::ffff:8.8.8.8", "64:ff9b::808:808"]
NOT_PUBLIC = [
    "0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "127.255.0.9", "169.254.169.254", "172.16.0.1", "192.0.0.192",
    "192.0.2.1", "192.88.99.1", "192.168.1.1", "198.18.0.1", "203.0.113.9", "224.0.0.1", "239.1.1.1", "240.0.0.1",
    "255.255.255.255", "::", "::1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1",
    "64:ff9b::a00:1", "64:ff9b:1::808:808", "100::1", "2001::1", "2001:db8::1", "2002:7f00:1::", "2002:808:808::1",
    "3fff::1", "5f00::1", "fc00::1", "fd00:ec2::254", "fe80::1", "fec0::1", "ff02::1", "fe80::1%eth0",
]  # fmt: skip
# What a name or an odd number may lead to; the resolver of the machine reads some of these as 127.0.0.1.
REFUSED = {
    "https://127.0.0.1/": "private",
    "https://[::1]/": "private",
    "https://[::ffff:127.0.0.1]/": "private",
    "https://localhost/": "private",
    "https://169.254.169.254/latest/meta-data/": "private",
    "https://0.0.0.0/": "private",
    "https://2130706433/": "number",
    "https://0177.0.0.1/": "number",
    "https://0x7f000001/": "number",
    "https://0x7f.1/": "number",
    "https://127.1/": "number",
    "https://127.0.0.1./": "private",
    "https://１２７.0.0.1/": "private",
    "http://example.org/": "scheme",
    "ftp://example.org/": "scheme",
    "file:///etc/passwd": "address",
    "https://somebody:secret@example.org/": "address",
    "https:///path": "address",
    "https://example.org:0/": "address",
    "https://example.org:99999/": "address",
    "https://[::1/": "address",
    "https://exa mple.org/": "address",
    "https://example.org/\r\nX-Header: 1": "address",
    f"https://{'a' * 64}.org/": "address",
}


@pytest.mark.parametrize("address", PUBLIC)
def test_public_address_is_told_from_others(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_address_that_is_not_public_is_known_in_every_form(address: str) -> None:
    assert not is_public(ip_address(address))


@given(st.ip_addresses(v=4))
def test_address_of_ipv4_is_judged_alike_in_the_clothes_of_ipv6(address: Any) -> None:
    assert {
        is_public(ip_address(f"::ffff:{address}")),
        is_public(ip_address(int(ip_address("64:ff9b::")) + int(address))),
    } == {is_public(address)}


@pytest.mark.parametrize(("url", "code"), REFUSED.items())
def test_address_is_refused_with_its_reason(url: str, code: str) -> None:
    outcome = post(url, b"{}", {})

    assert (outcome.error, outcome.status) == (code, None)
    assert code in REASONS


@pytest.mark.parametrize(
    "url", ["http://10.0.0.1/", "https://10.0.0.1/", "http://93.184.216.34/", "https://169.254.169.254/"]
)
def test_setting_of_tests_opens_loopback_alone(url: str, loopback: None) -> None:
    with pytest.raises(RefusedAddressError, match="private"):
        places_of(read_address(url))


def test_name_and_path_are_written_in_ascii() -> None:
    target = read_address("https://żółw.example:8443/zażółć?q=ń#part")

    assert (target.host, target.host_header) == ("xn--w-uga1v8h.example", "xn--w-uga1v8h.example:8443")
    assert target.path == "/za%C5%BC%C3%B3%C5%82%C4%87?q=%C5%84"


class Resolver:
    """A stand-in for the machine's resolver: a name has other addresses each time that somebody asks."""

    def __init__(self, *answers: list[str]) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []

    def __call__(self, host: str, port: int, **options: Any) -> list[Any]:
        self.asked.append(host)
        addresses = self.answers.pop(0)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port)) for each in addresses]


def test_name_with_one_private_address_among_public_ones_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", Resolver(["93.184.216.34", "10.0.0.7"]))

    assert post("https://both.example/", b"{}", {}).error == "private"


def test_name_that_leads_elsewhere_a_moment_later_is_not_asked_again(
    monkeypatch: pytest.MonkeyPatch, loopback: None
) -> None:
    """First this receiver, as a public address would stand there; then one that nobody checked."""
    with receiving() as checked, receiving() as inside:
        resolver = Resolver(["127.0.0.1"], ["127.0.0.2"])
        monkeypatch.setattr(socket, "getaddrinfo", resolver)
        outcome = post(f"http://rebinding.example:{checked.port}/", b"{}", {})

    assert outcome.status == 204
    assert resolver.asked == ["rebinding.example"]
    assert checked.got[0][0]["Host"] == f"rebinding.example:{checked.port}"
    assert inside.got == []


def test_name_server_that_does_not_answer_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    silent = threading.Event()
    monkeypatch.setattr(addresses, "LOOK_UP_SECONDS", 0.05)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **options: silent.wait(5) and [])

    assert post("https://slow.example/", b"{}", {}).error == "name"
    silent.set()


def test_redirect_is_not_followed(receiver: Receiver) -> None:
    with receiving() as inside:
        for number in (301, 302, 303, 307, 308):
            receiver.answers = [status(number, location=inside.url)]
            outcome = post(receiver.url, b"{}", {})
            assert (outcome.status, outcome.error) == (number, "redirect")

    assert len(receiver.got) == 5
    assert inside.got == []
