from collections.abc import Iterator
from typing import Any

import pytest

from tests.news.delivery.webhooks.receiver import Receiver, receiving


@pytest.fixture
def loopback(settings: Any) -> None:
    """Messages may go to this machine: tests only."""
    settings.NEWSROOM = {**settings.NEWSROOM, "WEBHOOKS_ALLOW_LOOPBACK": True}


@pytest.fixture
def receiver(loopback: None) -> Iterator[Receiver]:
    with receiving() as each:
        yield each
