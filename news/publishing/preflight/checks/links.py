"""Links inside the site that lead nowhere, or to what readers will not see; and odd addresses elsewhere."""

from collections.abc import Iterator
from typing import Any

from django.db.models import DateTimeField, Value
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from wagtail_newsroom.news.naming import UNSEEN
from wagtail_newsroom.news.publishing.preflight.checks.walk import Reference, references, unseen_in, web_links
from wagtail_newsroom.news.registry.contracts import Finding, Severity
from wagtail_newsroom.news.visibility import public_pages, restricted_collections
from wagtail_newsroom.news.wording import dates


def check_links(page: Page) -> Iterator[Finding]:
    """Broken links block, hidden targets are told by name. As many queries for one link as for a hundred."""
    found = references(page)
    if found:
        yield from _pages([reference for reference in found if reference.model is Page and reference.pk != page.pk])
        hidden = set(restricted_collections())
        for kind in {reference.model for reference in found} - {Page}:
            yield from _files(kind, [reference for reference in found if reference.model is kind], hidden)
    yield from _addresses(page)


def _pages(found: list[Reference]) -> Iterator[Finding]:
    if not found:
        return
    targets = Page.objects.filter(pk__in={reference.pk for reference in found})
    titles = dict(targets.values_list("pk", "draft_title"))
    public = set(public_pages(targets).values_list("pk", flat=True))
    unseen = unseen_in(found)
    for reference in found:
        if reference.pk not in titles:
            yield _gone(reference, _("A link leads to a page that was deleted. Choose another page, or take it away."))
        elif reference.pk not in public:
            yield Finding(
                "page_hidden",
                Severity.WARN,
                _(
                    "Readers will not see “%(title)s”: it is not published, or not for everybody. Publish it, or take the link away."
                )
                % {"title": UNSEEN if reference in unseen else titles[reference.pk]},
                reference.field,
            )


def _files(model: Any, found: list[Reference], hidden: set[int]) -> Iterator[Finding]:
    rows = model._default_manager.filter(pk__in={reference.pk for reference in found})
    withdrawn = "withdrawn_at" if hasattr(model, "withdrawn_at") else Value(None, output_field=DateTimeField())
    facts = rows.values_list("pk", "title", "collection", withdrawn)
    known = {pk: (title, collection, gone) for pk, title, collection, gone in facts}
    unseen = unseen_in(found)
    for reference in found:
        if reference.pk not in known:
            yield _gone(reference, _("A file or a photo of this page was deleted. Choose another, or take it away."))
            continue
        title, collection, withdrawn_at = known[reference.pk]
        title = UNSEEN if reference in unseen else title
        if withdrawn_at is not None:
            message = _(
                "The consent to publish the photo “%(title)s” was withdrawn on %(day)s. Take it away, or choose another."
            ) % {"title": title, "day": dates.plain_date(timezone.localdate(withdrawn_at))}
            yield Finding("photo_withdrawn", Severity.BLOCK, message, reference.field)
        elif collection in hidden:
            yield Finding(
                "file_hidden",
                Severity.WARN,
                _(
                    "Readers will not see “%(title)s”: it lies in a private collection. Move it to another one, or choose another file."
                )
                % {"title": title},
                reference.field,
            )


def _gone(reference: Reference, message: str) -> Finding:
    return Finding("link_broken", Severity.BLOCK, message, reference.field)


def _addresses(page: Page) -> Iterator[Finding]:
    for link in web_links(page):
        if not link.url.strip() or link.url.strip() == "#":
            yield Finding(
                "link_empty",
                Severity.BLOCK,
                _("A link has no address. Give it one, or take the link away."),
                link.field,
            )
        elif link.url.lower().startswith("http://"):
            yield Finding(
                "link_insecure",
                Severity.WARN,
                _("The address %(url)s starts with http://, which browsers warn about. Try it with https://.")
                % {"url": link.url},
                link.field,
            )
