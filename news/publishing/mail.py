"""E-mails: handed to the queue, so that nobody waits for the mail server, and one that is down stops nothing."""

import logging

from django_tasks import task
from wagtail.admin.mail import send_mail

from wagtail_newsroom.news.publishing.tasks import enqueue

logger = logging.getLogger(__name__)


class NotDeliveredError(Exception):
    """The mail server did not take an e-mail; the text names the kind of trouble, and no address."""


def send_later(subject: str, text: str, address: str) -> None:
    """Send one e-mail once the transaction under way is committed. A subject has no line breaks, whatever it is given."""
    enqueue(deliver, " ".join(subject.split()), text, address)


@task()
def deliver(subject: str, text: str, address: str) -> None:
    """Send it now. A failure is the queue's: it is recorded, and tried again where the site has a queue."""
    try:
        send_mail(subject, text, [address])
    except Exception as error:  # noqa: BLE001  (whatever a mail server may do)
        logger.error("An e-mail could not be sent.")  # the trace of a refusal would hold the address
        raise NotDeliveredError(type(error).__name__) from None
