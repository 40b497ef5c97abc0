"""The e-mail that brings a reader's remark to the person who shared the draft."""

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from wagtail.admin.utils import get_admin_base_url
from wagtail.users.models import UserProfile

from wagtail_newsroom.news.models import DraftRemark
from wagtail_newsroom.news.publishing.mail import send_later


def tell_sharer(remark: DraftRemark) -> None:
    """Write to the creator of the link, in their language, unless they may not edit the page any more."""
    link = remark.link
    user = link.created_by
    if user is None or not user.is_active or not user.email:
        return
    if not link.page.permissions_for_user(user).can_edit():
        return
    with translation.override(UserProfile.get_for_user(user).get_preferred_language()):
        title = " ".join(link.page.get_admin_display_title().split())
        send_later(
            gettext("A remark on the draft “%(title)s”") % {"title": title},
            render_to_string(
                "newsroom_admin/mail/remark.txt", {"remark": remark, "title": title, "address": _admin_address(remark)}
            ),
            user.email,
        )


def _admin_address(remark: DraftRemark) -> str:
    path = reverse("newsroom_share", args=[remark.link.page_id])
    return f"{get_admin_base_url() or ''}{path}#remark-{remark.pk}"
