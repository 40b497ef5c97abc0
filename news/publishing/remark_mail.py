"""The e-mail that brings a reader's remark to the person who shared the draft."""

import logging

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from wagtail.admin.utils import get_admin_base_url
from wagtail.users.models import UserProfile

from news.models import DraftRemark

logger = logging.getLogger(__name__)


def tell_sharer(remark: DraftRemark) -> bool:
    """Write to the creator of the link, in their language. Returns whether a message went out.

    Nobody is told who may not edit the page any more. A mail server that is down is logged: the remark is stored
    and stands on the page in the admin.
    """
    link = remark.link
    user = link.created_by
    if user is None or not user.is_active or not user.email:
        return False
    if not link.page.permissions_for_user(user).can_edit():
        return False
    with translation.override(UserProfile.get_for_user(user).get_preferred_language()):
        title = " ".join(link.page.get_admin_display_title().split())
        message = EmailMessage(
            subject=gettext("A remark on the draft “%(title)s”") % {"title": title},
            body=render_to_string(
                "newsroom_admin/mail/remark.txt", {"remark": remark, "title": title, "address": _admin_address(remark)}
            ),
            to=[user.email],
            headers={"Auto-Submitted": "auto-generated"},
        )
    try:
        message.send()
    except Exception:
        logger.exception("The e-mail about remark %s on a draft could not be sent; the remark is kept.", remark.pk)
        return False
    return True


def _admin_address(remark: DraftRemark) -> str:
    path = reverse("newsroom_share", args=[remark.link.page_id])
    return f"{get_admin_base_url() or ''}{path}#remark-{remark.pk}"
