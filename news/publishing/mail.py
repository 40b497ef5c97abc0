"""E-mails: handed to the queue, so that nobody waits for the mail server, and one that is down stops nothing."""

from django.core.mail import EmailMessage
from django_tasks import task

from news.publishing.tasks import enqueue


def send_later(subject: str, text: str, address: str) -> None:
    """Send one e-mail once the transaction under way is committed. A subject has no line breaks, whatever it is given."""
    enqueue(deliver, " ".join(subject.split()), text, address)


@task()
def deliver(subject: str, text: str, address: str) -> None:
    """Send it now. A failure is the queue's: it is recorded, and tried again where the site has a queue."""
    EmailMessage(subject, text, to=[address], headers={"Auto-Submitted": "auto-generated"}).send()
