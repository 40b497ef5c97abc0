"""What came of an attempt, in plain words: the cause and the remedy."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

REASONS: dict[str, Promise] = {
    "address": _("This is no address that messages can be sent to. Copy it anew from the receiving system."),
    "scheme": _("The address does not start with https://. Messages are sent over encrypted connections only."),
    "number": _("The address names the server by a number that can be read in several ways. Give its name."),
    "name": _("No server was found under this name. Check its spelling, or whether the name is known on the internet."),
    "private": _(
        "The address leads to a machine inside a network, and not to one on the internet: nothing is sent there. Give "
        "an address that is public."
    ),
    "connection": _("The server could not be reached. Is it switched on, and does its firewall let us in?"),
    "tls": _(
        "The server's certificate is not valid for this name, or not trusted. Whoever runs the server can renew it."
    ),
    "timeout": _("The server did not answer in time. It should accept a message at once and do its work afterwards."),
    "answer": _("What answered does not speak as a web server does. Check the address and the port."),
    "redirect": _("The server leads to another address; messages do not follow. Enter the address to which it leads."),
    "gone": _("The server answered 410: this address does not want messages any more."),
}
HELP_WITH_STATUS: dict[int, Promise] = {
    401: _("It does not let us in: does the receiving system have the secret of this webhook?"),
    403: _("It does not let us in: does the receiving system have the secret of this webhook?"),
    404: _("There is nothing under this address. Check the path."),
    405: _("This address takes no messages. Check the path."),
    413: _("The message is too large for it."),
    429: _("It gets more messages than it wants; we go on more slowly."),
}


def reason(line: dict[str, Any]) -> str:
    """Why one attempt (a line of ``WebhookDelivery.attempts``) failed; empty where it did not."""
    error, status = line.get("error", ""), line.get("status")
    if error != "status":
        return str(REASONS[error]) if error in REASONS else str(error)
    said = gettext("The server answered %(status)s.") % {"status": status}
    return f"{said} {HELP_WITH_STATUS[status]}" if status in HELP_WITH_STATUS else said
