"""The token that stands for all that the public sees: as long as it is the same, a kept answer is right.

It stands twice: in a file of the machine, which each request reads, and in one row of the database, by which machines
hear of each other. Both are replaced after a public write is committed, never inside its transaction: all publications
would wait for the one row, and for each other. The file comes first: with the next request nothing old is given out here.
"""

import hashlib
import logging
import secrets
import socket
from functools import cache

from django.db import DatabaseError, connections, router

from wagtail_newsroom.news.delivery.ready.announcing import announce
from wagtail_newsroom.news.freshness.token_file import token_file
from wagtail_newsroom.news.models.delivery.tokens import DeliveryToken

logger = logging.getLogger(__name__)
ROW = 1


def database() -> str:
    """The alias of the database that holds the token, whichever of a site's databases was written to."""
    return router.db_for_write(DeliveryToken)


def current() -> str:
    """The token now. One that was never replaced is empty."""
    found = DeliveryToken.objects.using(database()).filter(pk=ROW).values_list("value", flat=True).first()
    return found or ""


def is_of_this_machine(value: str) -> bool:
    """Whether a process of this machine put the token ``value`` into the database."""
    return value.endswith(f"-{_machine()}")


@cache
def _machine() -> str:
    return hashlib.sha256(socket.gethostname().encode()).hexdigest()[:8]


def replace() -> None:
    """Put a new token in the place of the old one. Random, so that no two processes can make the same.

    Never raises for the database: what it follows is committed. Before the table is there nothing is kept either.
    """
    value, using = f"{secrets.token_hex(8)}-{_machine()}", database()
    if (file := token_file()) is not None:
        file.replace(value)
    rows = DeliveryToken.objects.using(using)
    try:
        if not rows.filter(pk=ROW).update(value=value):
            # The first of all; somebody else's may get there before ours, and stand for less than ours does.
            rows.bulk_create([DeliveryToken(pk=ROW, value=value)], ignore_conflicts=True)
            rows.filter(pk=ROW).update(value=value)
        announce()
    except DatabaseError:
        if DeliveryToken._meta.db_table in connections[using].introspection.table_names():
            logger.exception("The token of delivery could not be replaced; kept answers may be out of date elsewhere.")
