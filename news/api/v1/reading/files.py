"""Files that items offer: which version the public gets of each, and what is told of it.

Public: other apps may import from here.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from wagtail.documents import get_document_model
from wagtail.models import Page

from wagtail_newsroom.news.api.v1.answering import Answer
from wagtail_newsroom.news.api.v1.gathering import Found, Wanted
from wagtail_newsroom.news.api.v1.reading.closing import closed_forms
from wagtail_newsroom.news.enums import AttachmentKind
from wagtail_newsroom.news.models.files.attachments import attachment_line
from wagtail_newsroom.news.models.files.form_closing import offered_as_form
from wagtail_newsroom.news.models.files.versions import choose_versions
from wagtail_newsroom.news.queries.prepared import PreparedQueries
from wagtail_newsroom.news.switches import ACCESS_REQUESTS, REGISTRATION, is_on
from wagtail_newsroom.news.uses import used_by
from wagtail_newsroom.news.visibility import (
    files_of_rows,
    has_versions,
    hidden_collections,
    public_pages,
    shown_anywhere,
    versions_of,
)
from wagtail_newsroom.news.wording import events as event_wording
from wagtail_newsroom.news.wording import files as file_wording

# Long, and told by nobody.
UNREAD = ("text", "hidden")
ARCHIVED = urlencode({"version": "archival"})
_QUERIES = PreparedQueries()


def files(ids: set[int], answer: Answer, wanted: Wanted) -> dict[int, dict[str, Any]]:
    """The file that the public gets for each of the documents ``ids``, by the ids that were asked for.

    What names a document is public itself, and so shows it; its collection and its versions are asked here. One query; two
    more where one of them is a form, has a version that waits for its page, or belongs to another file. An item takes
    what is found through :func:`as_used`.
    """
    answer.tags.update(f"attachment:{pk}" for pk in ids)
    known = _Versions("named", lambda now, some: Q(pk__in=some), ids, answer)
    if known.have_releases():
        model = get_document_model()
        shown = shown_anywhere(model, public_pages(Page.objects.all()))
        known = _Versions(None, lambda now, some: Q(pk__in=some) | shown, ids, answer)
    current = known.current(ids)
    return {pk: known.facts(document, answer) for pk, document in _told(current, answer).items()}


def these_files(ids: set[int], answer: Answer) -> dict[int, dict[str, Any]]:
    """As :func:`files`, of very these versions, as far as they are public: for lists of files and for the file itself."""
    answer.tags.update(f"attachment:{pk}" for pk in ids)
    known = _shown_here(ids, answer)
    public = {pk: known.public[pk] for pk in ids if pk in known.public}
    return {pk: known.facts(document, answer) for pk, document in _told(public, answer).items()}


def shown_here(answer: Answer) -> Q:
    """Condition on documents: something public on the site of ``answer`` shows them."""
    pages, model = answer.public(Page.objects.all()), get_document_model()
    return Q(pk__in=_of_rows(answer)) | used_by(pages, model, nearly_all=True)


def _of_rows(answer: Answer) -> frozenset[Any]:
    """Documents that something shows which is no page: asked once an answer."""
    pages, model = answer.public(Page.objects.all()), get_document_model()
    found: frozenset[Any] = answer.once("files of rows", lambda: frozenset(files_of_rows(model, pages, answer.site)))
    return found


def _shown_here(ids: Iterable[int], answer: Answer) -> "_Versions":
    key = (answer.site.pk, answer.tree, _of_rows(answer))
    return _Versions(key, lambda now, some: shown_here(answer.at(now)), ids, answer)


def as_used(found: Found, pk: int | None, *, label: str = "", closed: bool | None = None) -> dict[str, Any] | None:
    """The file of the document ``pk`` as the item that is read just now offers it, in the item's language.

    ``label``: the words of its link there; ``closed``: what an event says of a form of its own. ``None`` where the public
    may not read the file.
    """
    told = found.get("document", pk)
    if told is None:
        return None
    item = in_language(told, found.answer, found.answer.language_of(found.locale_id), label)
    return item if closed is None else {**item, "closed": closed}


def in_language(told: Mapping[str, Any], answer: Answer, language: str, label: str = "") -> dict[str, Any]:
    """What :func:`files` found, with the words and addresses of ``language``."""
    document = told["document"]
    kind = told["kind"]
    with translation.override(language):
        ask, versions = answer.once(f"addresses of files {language}", _addresses)
        shown = {
            "locale": language,
            "accessibility_findings": [
                {"code": code, "name": file_wording.finding_name(code)} for code in told["accessibility_findings"]
            ],
            "alternative_format_url": answer.absolute(ask % document.pk) if ask else None,
            "versions_url": answer.absolute(versions % document.pk) if versions and told["versions_url"] else None,
            "display": {
                "attachment_line": attachment_line(document, told["file_size"]),
                "kind": str(AttachmentKind(kind).label) if kind else "",
                "outdated": event_wording.outdated(told["valid_until"], answer.today),
            },
        }
    item = {name: value for name, value in told.items() if name != "document"}
    return {**item, **shown, "title": label or told["title"]}


class _Versions:
    """The documents ``ids`` with all their versions. ``shown``: from a moment and ids, which of them something shows.

    ``key``: stands for all that ``shown`` depends on besides; ``None``: it will not be asked again. One query.
    """

    def __init__(
        self,
        key: Hashable | None,
        shown: Callable[[dt.datetime, Sequence[int]], Q],
        ids: Iterable[int],
        answer: Answer,
    ) -> None:
        model = get_document_model()
        columns = [field for field in model._meta.concrete_fields if field.name not in UNREAD]
        names = [field.attname for field in columns]

        def build(now: dt.datetime, some: Sequence[int]) -> QuerySet[Any]:
            rows = versions_of(model, some, shown(now, some))
            return rows.annotate(may_close=ExpressionWrapper(offered_as_form(), output_field=BooleanField())).values(
                *names, "is_public", "may_close"
            )

        kept = None if key is None else (key, model, hidden_collections(), is_on(REGISTRATION))
        asked = sorted(ids)
        rows = _QUERIES.rows(kept, build, answer.now, asked) if kept else list(build(answer.now, asked))
        self.by_id = {}
        for row in sorted(rows, key=lambda row: (row.get("number", 0), row["id"])):
            document = model.from_db(None, names, [row[name] for name in names])
            document.is_public, document.may_close = bool(row["is_public"]), bool(row["may_close"])
            self.by_id[document.pk] = document
        self.public = {pk: document for pk, document in self.by_id.items() if document.is_public}

    def have_releases(self) -> bool:
        """Whether a file has several of them: which is in force is said by pages that this answer does not read."""
        releases = defaultdict(set)
        for row in self.by_id.values():
            releases[getattr(row, "version_group", row.pk)].add(getattr(row, "release", None))
        return any(len(found) > 1 for found in releases.values())

    def current(self, ids: Iterable[int]) -> dict[int, Any]:
        """The public version that a visitor gets for each of ``ids``."""
        asked = [self.by_id[pk] for pk in ids if pk in self.by_id]
        if not has_versions(get_document_model()):
            return {row.pk: row for row in asked if row.pk in self.public}
        current, readable = choose_versions(asked, self.public.values())
        return {pk: row for pk, row in current.items() if row.pk in readable}

    def facts(self, document: Any, answer: Answer) -> dict[str, Any]:
        """What is told of one version in every language; ``document`` is the row itself, for :func:`in_language`."""
        group = getattr(document, "version_group", None)
        others = [row for row in self.public.values() if group is not None and row.version_group == group]
        older = [row for row in others if row.number < document.number]
        newer = [row for row in others if row.number > document.number]
        kind = getattr(document, "kind", None)
        path = _path(document, archived=bool(newer))
        return {
            "id": document.pk,
            "key": str(group) if group else None,
            "type": "attachment",
            "title": document.title,
            "url": answer.absolute(path),
            "path": path,
            "kind": kind if kind in AttachmentKind.values else None,
            "content_type": document.content_type,
            "file_size": _size(document),
            "filename": document.filename,
            "pages": getattr(document, "pages", None),
            "language": getattr(document, "language", None) or None,
            "issued_on": getattr(document, "issued_on", None),
            "valid_from": getattr(document, "valid_from", None),
            "valid_until": getattr(document, "valid_until", None),
            "belongs_to": document.regulations,
            "accessibility": getattr(document, "verdict", None) or None,
            "accessibility_findings": getattr(document, "findings", None) or [],
            "alternative_format_url": None,
            "version": getattr(document, "number", None),
            "change_note": getattr(document, "change_note", None) or None,
            "supersedes": _link(older[-1], answer, archived=True) if older else None,
            "superseded_by": _link(newer[0], answer, archived=len(newer) > 1) if newer else None,
            "versions_url": len(others) > 1 or None,
            "closed": getattr(document, "form_closed", False),
            "created_at": document.created_at,
            "published_at": getattr(document, "public_since", None),
            "document": document,
        }


def _told(documents: dict[int, Any], answer: Answer) -> dict[int, Any]:
    """``documents`` with what other rows say of them: ``form_closed``, and the ``regulations`` that they belong to."""
    answer.tags.update(f"attachment:{document.pk}" for document in documents.values())
    each = {document.pk: document for document in documents.values()}.values()
    closed = closed_forms([document for document in each if document.may_close], answer)
    regulations = _regulations({getattr(document, "belongs_to_id", None) for document in each} - {None}, answer)
    for document in each:
        document.form_closed = document.pk in closed
        document.regulations = regulations.get(getattr(document, "belongs_to_id", None) or 0)
    return documents


def _regulations(ids: set[Any], answer: Answer) -> dict[int, dict[str, Any]]:
    """Links to the documents ``ids``, which no page need show: those that the public may read on this site."""
    if not ids:
        return {}
    current = _shown_here(ids, answer).current(ids)
    answer.tags.update(f"attachment:{pk}" for pk in ids)
    return {pk: _link(document, answer) for pk, document in current.items()}


def _link(document: Any, answer: Answer, *, archived: bool = False) -> dict[str, Any]:
    return {"id": document.pk, "title": document.title, "url": answer.absolute(_path(document, archived=archived))}


def _path(document: Any, *, archived: bool = False) -> str:
    """Where the file is. The plain address of a version that was replaced leads on to the newer one."""
    address: str = document.url
    return f"{address}{'&' if '?' in address else '?'}{ARCHIVED}" if archived else address


def _size(document: Any) -> int | None:
    """In bytes. Wagtail notes it when a form stores the file; of other files the storage knows it. Nothing is written."""
    try:
        return document.file.size if document.file_size is None else int(document.file_size)
    except Exception:  # noqa: BLE001  (whatever a storage raises for a file that is gone)
        return None


def _addresses() -> tuple[str, str]:
    """Patterns, for an id, of the form for accessible versions and of the list of versions; empty without such pages."""
    ask = _pattern("newsroom_request", kind="file", item_id=0) if is_on(ACCESS_REQUESTS) else ""
    return ask, _pattern("newsroom_versions", document_id=0)


def _pattern(name: str, **arguments: Any) -> str:
    try:
        address = reverse(name, kwargs=arguments)
    except NoReverseMatch:
        return ""
    before, _zero, after = address.replace("%", "%%").rpartition("/0/")
    return f"{before}/%d/{after}"
