"""Every parameter that may stand in an address, discovered from what is registered, and the odd values put into it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.test import Client
from hypothesis import strategies as st
from wagtail.models import Page

from tests.trust.admin_doors import Planted, admin_doors
from tests.trust.delivery_doors import operations, query_names
from tests.trust.doors import V2, V3, address_of, v2_endpoints
from tests.trust.planting import page_types

# What people and robots put where a number, a day, a word is asked for.
ODD = (
    "abc", "9" * 35, "-1", "\0", '"', '"\\"', "", "1e5", "9223372036854775808", "-9223372036854775809", "nan", "٣", "'",
    "%", "%s", "2027-02-30", "99999-01-01", "0000-00-00", "24:61", "true", "null", "[]", "{}", "root", "*", "a b",
    "\ud7ff", "a" * 300, "NOT AND OR (", "a:b", "1,2,x", "..", "<script>", "\u202e", "1_0", " 1", "+1", "0x10", "12:00+99:99",
)  # fmt: skip
# Parameters of Wagtail's v3 that its own schema names.
V3_PARAMETERS = (
    "type", "ancestor_of", "child_of", "descendant_of", "translation_of", "locale", "site", "order", "search",
    "search_operator", "limit", "offset", "rich_text_format", "version", "id", "html_path",
)  # fmt: skip
# Parameters of lists, choosers and reports of the admin that no form names.
ADMIN_PARAMETERS = (
    "q", "p", "ordering", "order", "search", "term", "id", "collection_id", "tag", "locale", "page_type", "next",
    "user_perms", "can_choose_root", "target_pages", "match_subclass", "multiple", "link_text", "link_url", "o",
    "content_type", "object_type", "export", "usage", "action", "user", "page", "ids", "_w_filter_fragment",
)  # fmt: skip
# A page that breaks on purpose, and the way out.
NO_LISTS = ("/admin/failwhale/", "/admin/logout/")
ENDS_OF_RANGES = ("", "_from", "_to", "_after", "_before", "_min", "_max", "_0", "_1")


@dataclass(frozen=True)
class Question:
    """A parameter of an address; ``beside``: what else has to be asked for it to count."""

    address: str
    name: str
    beside: tuple[tuple[str, str], ...] = field(default=())

    def with_values(self, *values: str) -> str:
        return f"{self.address}?{urlencode([*self.beside, *((self.name, value) for value in values)])}"


def values() -> st.SearchStrategy[str]:
    """Known oddities, half of the time, and whatever else text can be."""
    return (
        st.sampled_from(ODD) | st.text(st.characters(exclude_categories=["Cs"]), max_size=60) | st.integers().map(str)
    )


def public_questions(pages: Iterable[Page]) -> list[Question]:
    """Parameters of all APIs, of all types, of the lists and their feeds."""
    return [*_of_delivery(), *_of_v2(), *_of_v3(), *_of_lists(pages)]


def _of_delivery() -> Iterator[Question]:
    for path in operations():
        address = path.replace("{id}", "1").replace("{slug}", "zwykle").replace("{key}", "zwykle")
        yield from (Question(address, name) for name in query_names(path))


def _of_v2() -> Iterator[Question]:
    for name, endpoint in v2_endpoints().items():
        kinds: list[tuple[type[Any], tuple[tuple[str, str], ...]]] = [(endpoint.model, ())]
        if issubclass(endpoint.model, Page):
            kinds += [(model, (("type", model._meta.label),)) for model in page_types()]
        for model, beside in kinds:
            fields = endpoint.get_available_fields(model, db_fields_only=True)
            for parameter in sorted({*endpoint.known_query_parameters, *fields}):
                yield Question(f"{V2}/{name}/", parameter, beside)
                yield Question(f"{V2}/{name}/", parameter, (*beside, ("search", "zwykle")))
        for parameter in ("id", "html_path", "site", "fields"):
            yield Question(f"{V2}/{name}/find/", parameter)


def _of_v3() -> Iterator[Question]:
    endpoint = v2_endpoints()["pages"]
    for model in (Page, *page_types()):
        beside = () if model is Page else (("type", model._meta.label),)
        fields = endpoint.get_available_fields(model, db_fields_only=True)
        yield from (Question(f"{V3}/pages/", name, beside) for name in sorted({*V3_PARAMETERS, *fields}))
    yield from (Question(f"{V3}/pages/find/", name) for name in V3_PARAMETERS)


def _of_lists(pages: Iterable[Page]) -> Iterator[Question]:
    for page in pages:
        if not (address := address_of(page)):
            continue
        names = ("page", "kind", "topic", "year", "when", "valid", "sessions", "q", "photo")
        for each in [address, *(f"{address}{name}" for name in getattr(page, "files", {}))]:
            yield from (Question(each, name) for name in names)


def admin_addresses(planted: Planted) -> list[str]:
    """Every list, chooser, report and form of the admin, of each type."""
    doors = admin_doors(planted, limit=1).items()
    found = [each for door, addresses in doors for each in addresses if not each.startswith(NO_LISTS)]
    return list(dict.fromkeys(found))


def admin_parameters(boss: Client, address: str) -> list[str]:
    """What may be asked at ``address``: what its forms name, and what Wagtail reads besides."""
    return list(dict.fromkeys([*_named_by_forms(boss.get(address)), *ADMIN_PARAMETERS]))


def _named_by_forms(response: Any) -> Iterator[str]:
    context = response.context or {}
    for key in ("filters", "filterset", "filter_form", "search_form"):
        shown = context.get(key) if key in context else None
        form = getattr(shown, "form", shown)
        for name in getattr(form, "fields", {}):
            yield from (f"{name}{end}" for end in ENDS_OF_RANGES)
