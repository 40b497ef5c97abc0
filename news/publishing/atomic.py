"""Publishing is done whole or not at all, whatever starts it.

Wagtail publishes in several steps (page, revisions, receivers, log, aliases), each committed for itself: a process
that dies in between leaves half of it, and so does a receiver that raises. Here every such act gets a transaction.
What must not happen unless the act is committed (webhooks, purges, e-mails) waits for ``transaction.on_commit``.
"""

from django.db import transaction
from wagtail.actions.copy_page import CopyPageAction
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.actions.publish_revision import PublishRevisionAction
from wagtail.actions.unpublish import UnpublishAction
from wagtail.actions.unpublish_page import UnpublishPageAction

WHOLE_ACTIONS = (
    PublishRevisionAction,
    UnpublishAction,
    UnpublishPageAction,
    CopyPageAction,
    CreatePageAliasAction,
)


def publish_whole() -> None:
    """Give each of Wagtail's acts of publishing a transaction of its own (within another one: a savepoint)."""
    for action in WHOLE_ACTIONS:
        make_whole(action, "execute")


def make_whole(owner: type, name: str) -> None:
    """Run the method ``name`` of ``owner`` in a transaction; a second call changes nothing."""
    method = owner.__dict__[name]
    if getattr(method, "is_whole", False):
        return
    whole = transaction.atomic(method)
    whole.is_whole = True
    setattr(owner, name, whole)
