"""Where a page is used, as far as somebody may know."""

from dataclasses import dataclass, field
from typing import Any

from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page, ReferenceIndex
from wagtail.snippets.models import get_snippet_models

from wagtail_newsroom.news.visibility import public_pages


@dataclass(frozen=True)
class Use:
    """A page or a list entry that refers to the page, by name; ``url``: its form, where the person may edit it."""

    title: str
    kind: str
    url: str


@dataclass(frozen=True)
class Usage:
    """``shown``: what the person may see; ``hidden``: how many more there are."""

    shown: list[Use] = field(default_factory=list)
    hidden: int = 0

    @property
    def count(self) -> int:
        return len(self.shown) + self.hidden


def usage_of(page: Any, user: Any) -> Usage:
    """Find what refers to ``page``: other pages, published or not, and snippets. Notes about pages do not count."""
    finder = AdminURLFinder(user)
    shown: list[Use] = []
    hidden = 0
    kinds: Any = (Page, *get_snippet_models())
    sources: Any = ReferenceIndex.get_references_to(page).group_by_source_object()
    for source, _references in sources:
        if not isinstance(source, kinds):
            continue
        is_page = hasattr(source, "get_admin_display_title")
        if is_page and source.pk == page.pk:
            continue
        url = finder.get_edit_url(source) or ""
        if url or (is_page and public_pages(Page.objects.filter(pk=source.pk)).exists()):
            title = source.get_admin_display_title() if url and is_page else str(source)
            kind = source.page_type_display_name if is_page else source._meta.verbose_name
            shown.append(Use(title, str(kind), url))
        else:
            hidden += 1
    return Usage(shown, hidden)
