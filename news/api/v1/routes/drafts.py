"""The drafts that a front end may read."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import F
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from ninja import Field

from wagtail_newsroom.news.api.v1.answering import Answer
from wagtail_newsroom.news.api.v1.app import answer_json, operation
from wagtail_newsroom.news.api.v1.cursors import ID_DOWN, Key, fingerprint, read_cursor, sliced
from wagtail_newsroom.news.api.v1.parameters import Cursor, Flag, Limit, Parameters, read_parameters
from wagtail_newsroom.news.api.v1.previewing import NEEDED, preview_of
from wagtail_newsroom.news.api.v1.problems import ProblemError
from wagtail_newsroom.news.api.v1.routes.items import neighbours
from wagtail_newsroom.news.api.v1.schemas.common import Listing
from wagtail_newsroom.news.api.v1.schemas.drafts import DraftSummary
from wagtail_newsroom.news.publishing.sharing.access import FrontEndAccess
from wagtail_newsroom.news.registry.changes import change_word

LATEST_FIRST = (Key("latest_revision_created_at", "moment", descending=True), ID_DOWN)


class DraftParameters(Parameters):
    """What the list of drafts takes."""

    limit: Limit = Field(20, description="Drafts in one answer.")
    cursor: Cursor = Field("", description="From `next` or `prev` of an answer.")
    count: Flag = Field(True, description="Whether all drafts are counted.")


def add_routes() -> None:
    """Give the drafts their list."""
    operation(
        "/drafts/",
        name="list_drafts",
        summary="List the drafts that a front end may read",
        answers=Listing[DraftSummary],
        takes=DraftParameters,
        tag="drafts",
        security=NEEDED,
    )(list_drafts)


def list_drafts(request: HttpRequest) -> HttpResponseBase:
    """The drafts of the site, the latest first, for the token of a front end."""
    asked = read_parameters(request, DraftParameters)
    question = fingerprint("drafts")
    edge = read_cursor(asked.cursor, question, LATEST_FIRST)
    opened = preview_of(request)
    if not isinstance(opened, FrontEndAccess):
        raise ProblemError(401, "preview_refused", _("Only the token of a front end lists drafts."))
    answer, pages = Answer(request), opened.pages()
    rows = pages.order_by().values(
        "id", "translation_key", "draft_title", "url_path", "live", "latest_revision_created_at", "content_type_id",
        language=F("locale__language_code"),
    )  # fmt: skip
    page = sliced(rows, LATEST_FIRST, edge, asked.limit, question)
    content = {
        "items": [_summary(row, answer) for row in page.rows],
        "count": pages.count() if asked.count else None,
        **neighbours(request, answer, page),
    }
    return answer_json(request, content)


def _summary(row: dict[str, Any], answer: Answer) -> dict[str, Any]:
    model = ContentType.objects.get_for_id(row["content_type_id"]).model_class()
    return {
        "id": row["id"],
        "key": str(row["translation_key"]),
        "type": change_word(model) if model else "page",
        "locale": row["language"],
        "title": row["draft_title"],
        "path": answer.path_of(row["url_path"]),
        "is_public": row["live"],
        "latest_revision_at": row["latest_revision_created_at"],
    }
