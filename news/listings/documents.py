"""The files that a public page offers, wherever they stand on it: which version of each a visitor gets, in one query."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from wagtail.documents import get_document_model

from wagtail_newsroom.news.models.files.attachments import shown_documents
from wagtail_newsroom.news.models.files.form_closing import offered_as_form
from wagtail_newsroom.news.models.files.versions import choose_versions
from wagtail_newsroom.news.queries.instances import columns_of, made_of
from wagtail_newsroom.news.queries.prepared import PreparedQueries
from wagtail_newsroom.news.switches import REGISTRATION, is_on
from wagtail_newsroom.news.visibility import has_versions, hidden_collections, versions_of

# Long, and shown nowhere.
UNREAD = ("text", "hidden")
_QUERIES = PreparedQueries()


class OfferedDocuments:
    """The documents ``ids``, which a public page names at ``now`` (aware), and what a visitor gets of each.

    ``by_id``: they and all their versions; each of the asked ones knows what it is ``offered_as``, which
    ``shown_documents`` goes by. What names a document is public itself, and so shows it; only of a file with a version
    that waited for its page it is asked what else is public. One query.
    """

    def __init__(self, ids: Iterable[int], now: dt.datetime) -> None:
        asked = sorted(set(ids))
        model = get_document_model()
        key = (model, hidden_collections(), is_on(REGISTRATION))
        rows = _QUERIES.rows(key, _versions, now, asked) if asked else []
        rows.sort(key=lambda row: (row.get("number", 0), row["id"]))
        self.by_id: dict[int, Any] = {row["id"]: made_of(model, row, without=UNREAD) for row in rows}
        for row in rows:
            self.by_id[row["id"]].may_close = bool(row["may_close"])
        public = [self.by_id[row["id"]] for row in rows if row["is_public"]]
        documents = [self.by_id[pk] for pk in asked if pk in self.by_id]
        shown = _shown(documents, public, self.by_id.values())
        for document in documents:
            document.offered_as = shown.get(document.pk)

    def tell(self, documents: Iterable[Any]) -> None:
        """Tell other objects of these documents what they are offered as."""
        for document in documents:
            known = self.by_id.get(document.pk)
            document.offered_as = known.offered_as if known is not None else None


def _shown(documents: list[Any], public: list[Any], versions: Iterable[Any]) -> dict[int, Any]:
    if _have_releases(versions):
        return shown_documents(documents)
    if not has_versions(get_document_model()):
        return {document.pk: document for document in documents if document in public}
    current, readable = choose_versions(documents, public)
    return {pk: document for pk, document in current.items() if document.pk in readable}


def _have_releases(documents: Iterable[Any]) -> bool:
    """Whether a file has several of them: which is in force is said by other pages too."""
    releases = defaultdict(set)
    for document in documents:
        releases[getattr(document, "version_group", document.pk)].add(getattr(document, "release", None))
    return any(len(found) > 1 for found in releases.values())


def _versions(now: dt.datetime, ids: Sequence[int]) -> QuerySet[Any]:
    model = get_document_model()
    rows = versions_of(model, ids, Q(pk__in=ids))
    may_close = ExpressionWrapper(offered_as_form(), output_field=BooleanField())
    return rows.annotate(may_close=may_close).values(*columns_of(model, without=UNREAD), "is_public", "may_close")
