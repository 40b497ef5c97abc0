"""What can be made of a text that an editor brings in. A new purpose is a line here and a view that reviews it."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page
from wagtail.permissions import policy_registry
from wagtail.query import PageQuerySet

from wagtail_newsroom.news.models import EventPage, NewsPage, OriginalPurpose
from wagtail_newsroom.news.reader import read_file
from wagtail_newsroom.news.reader.story import read_story


def read_invitation(data: bytes, name: str, published: dt.date | None) -> Any:
    return read_file(data, name, published=published)


def read_story_of(data: bytes, name: str, published: dt.date | None) -> Any:
    return read_story(data, name)


@dataclass(frozen=True)
class Purpose:
    """``model``: the page type that is made; ``review``: name of the address at which an original is reviewed."""

    name: str
    model: type[Page]
    label: Any
    intro: Any
    text_label: Any
    icon: str
    bring: str
    review: str
    # Reads bytes by their name, given the day of publication; raises ReadError for what cannot be read.
    read: Callable[[bytes, str, dt.date | None], Any] = read_invitation

    def lists_for(self, user: Any) -> PageQuerySet:
        """The lists under which ``user`` may add such a page, in the order of the tree."""
        may_add = policy_registry.get_by_type(Page).instances_user_has_permission_for(user, "add")
        parents = Page.objects.type(*self.model.allowed_parent_page_models())
        return parents.filter(pk__in=may_add.order_by().values("pk")).select_related("locale").order_by("path")

    def is_open_to(self, user: Any) -> bool:
        """Whether ``user`` may make such a page anywhere."""
        return user.has_perm("wagtailadmin.access_admin") and self.lists_for(user).exists()

    def review_url(self, original: Any) -> str:
        """Where ``original`` is reviewed."""
        return reverse(self.review, args=[original.pk])


PURPOSES = {
    OriginalPurpose.EVENT.value: Purpose(
        name=OriginalPurpose.EVENT.value,
        model=EventPage,
        label=_("New event from an invitation"),
        intro=_(
            "Choose the invitation or its programme as a file, or paste its text. Everything is read here, on this "
            "server; you see what was understood, and correct it, before anything is created."
        ),
        text_label=_("Or paste the invitation"),
        icon="clipboard-list",
        bring="newsroom_intake_event",
        review="newsroom_review_event",
    ),
    OriginalPurpose.NEWS.value: Purpose(
        name=OriginalPurpose.NEWS.value,
        model=NewsPage,
        label=_("New news item from a text"),
        intro=_(
            "Choose the text as a file, or paste it from Word. Everything is read here, on this server: headings, lists, "
            "quotes, tables and pictures. You see what was understood, and correct it, before anything is created."
        ),
        text_label=_("Or paste the text"),
        icon="doc-full-inverse",
        bring="newsroom_intake_news",
        review="newsroom_review_news",
        read=read_story_of,
    ),
}


class PurposeMixin:
    """A view on the way from a text to a page, under the name and sign of its purpose."""

    purpose_name = ""

    @property
    def purpose(self) -> Purpose:
        return PURPOSES[self.purpose_name]

    def get_page_title(self) -> str:
        return str(self.purpose.label)

    @property
    def header_icon(self) -> str:
        return self.purpose.icon
