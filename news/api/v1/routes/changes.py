"""What changed since a cursor: how a front end, or a copy of the site, stays right without asking for everything."""

import re
from typing import Annotated

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from ninja import Field

from wagtail_newsroom.news.api.v1.answering import Answer
from wagtail_newsroom.news.api.v1.app import answer_json, operation
from wagtail_newsroom.news.api.v1.parameters import Digits, Parameters, read_parameters
from wagtail_newsroom.news.api.v1.problems import ProblemError, bad_value
from wagtail_newsroom.news.api.v1.schemas.changes import Changes
from wagtail_newsroom.news.publishing.changes.events import MOST, Events, FullSyncError, events_after, latest_cursor

# None, or as far as the database counts.
CURSOR = r"[0-9]{0,18}"


class ChangesParameters(Parameters):
    """Where to read on, and how far."""

    since: Annotated[str, Field(max_length=60, json_schema_extra={"format": "cursor"})] = Field(
        "", description="`cursor` of the answer before. Without it only the present cursor is told, to begin with."
    )
    limit: Annotated[int, Field(ge=1, le=MOST), Digits] = Field(100, description="Events in one answer.")


def add_routes() -> None:
    """Give the log of changes its address."""
    operation(
        "/changes/",
        name="list_changes",
        summary="What changed since a cursor",
        answers=Changes,
        takes=ChangesParameters,
        tag="changes",
        problems=(410,),
    )(list_changes)


def list_changes(request: HttpRequest) -> HttpResponseBase:
    """Changes after ``since``; 410 with the code ``full_sync`` where these are not kept any more."""
    asked = read_parameters(request, ChangesParameters)
    if not re.fullmatch(CURSOR, asked.since):
        text = _("“%(name)s” is the “cursor” of an earlier answer. Take it from there, or leave it out to begin.")
        raise bad_value("since", text % {"name": "since"})
    answer = Answer(request)
    if not asked.since:
        found = Events([], latest_cursor(), more=False)
    else:
        try:
            found = events_after(int(asked.since), answer.site, asked.limit)
        except FullSyncError as error:
            text = _(
                "What changed after this cursor is not kept any more. Ask for a new cursor without “since”, read "
                "everything, then go on from the cursor."
            )
            raise ProblemError(410, "full_sync", text) from error
    content = {"cursor": str(found.cursor), "more": found.more, "events": found.events}
    return answer_json(request, content)
