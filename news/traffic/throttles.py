"""How often one sender may try: limits for what checks a secret, sends an e-mail or takes a text from strangers.

An attempt is counted before it is made, and given back where it turns out to be no failure: of many at once none slips
through. What is refused is not counted, so that a sender who is stopped at one account uses up nothing that others in
the same network need.
"""

from dataclasses import dataclass

from django.http import HttpRequest

from wagtail_newsroom.news.traffic.counters import count, key_of, uncount
from wagtail_newsroom.news.traffic.senders import sender_of

MINUTES, HOURS = 60, 60 * 60


@dataclass(frozen=True)
class Limits:
    """How many attempts count within ``seconds``: of an address and of a network at one target, and at all of them.

    A target is what is tried: an account, the password of a page, a link.
    """

    seconds: int
    address_at_target: int
    network_at_target: int
    address: int
    network: int


# Ten wrong passwords for one account from one address; twenty when the addresses of one network take turns. Whatever
# the names are, fifty from an address: an office behind one address mistypes less often.
SECRETS = Limits(15 * MINUTES, address_at_target=10, network_at_target=20, address=50, network=200)
# A link that resets a password, asked for by somebody who does not find it.
RESETS = Limits(15 * MINUTES, address_at_target=5, network_at_target=10, address=10, network=40)
# So many e-mails with such a link one person gets within an hour, whoever asks for them.
RESETS_PER_PERSON = 5
REMARKS = Limits(1 * HOURS, address_at_target=20, network_at_target=40, address=60, network=120)


@dataclass(frozen=True)
class Attempt:
    """One attempt that was counted; :meth:`give_back` says that it was none."""

    keys: tuple[str, ...]

    def give_back(self) -> None:
        """Take the attempt out of all counters."""
        for key in self.keys:
            uncount(key)


def take_attempt(request: HttpRequest, form: str, target: str, limits: Limits) -> Attempt | None:
    """Count an attempt of the sender of ``request`` at ``target`` of ``form``; ``None`` where a limit is reached."""
    sender = sender_of(request)
    kept: list[str] = []
    for most, parts in (
        (limits.network, (sender.network,)),
        (limits.address, (sender.address,)),
        (limits.network_at_target, (sender.network, target)),
        (limits.address_at_target, (sender.address, target)),
    ):
        # An address that is a network of its own (unknown to us) must not count twice in one counter.
        kept.append(key_of(form, most, *parts))
        if count(kept[-1], limits.seconds) > most:
            Attempt(tuple(kept)).give_back()
            return None
    return Attempt(tuple(kept))


def is_within(most: int, seconds: int, *parts: object) -> bool:
    """Count one more of what ``parts`` name; tell whether there are at most ``most`` within ``seconds``."""
    key = key_of(*parts)
    if count(key, seconds) <= most:
        return True
    uncount(key)
    return False
