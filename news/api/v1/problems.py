"""Errors as RFC 9457 problem documents: each names the parameter, the cause and the remedy."""

import json
from http import HTTPStatus
from typing import Literal

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Field, Schema

from wagtail_newsroom.news.caching import PRIVATE, PUBLIC

MEDIA_TYPE = "application/problem+json"

Code = Literal[
    "bad_value",
    "bad_query",
    "full_sync",
    "method_not_allowed",
    "not_acceptable",
    "not_found",
    "preview_refused",
    "too_many_requests",
    "unknown_parameter",
]


class ParameterProblem(Schema):
    """What is wrong with one parameter."""

    parameter: str = Field(description="Its name, as it was sent.", examples=["kind"])
    code: Code
    detail: str = Field(
        description="Cause and remedy, in the reader's language.", examples=["“kind” is one of: news, report."]
    )


class Problem(Schema):
    """A problem document (RFC 9457)."""

    type: str = Field(description="Always about:blank: `code` says what it is.", examples=["about:blank"])
    title: str = Field(examples=["Not Found"])
    status: int = Field(examples=[404])
    detail: str = Field(examples=["There is nothing public at this address."])
    code: Code = Field(description="A stable word for what happened.")
    errors: list[ParameterProblem] = Field(description="Each parameter that is wrong; empty where it is none of them.")


class ProblemError(Exception):
    """Raised anywhere while an answer is made; becomes a problem document."""

    def __init__(
        self,
        status: int,
        code: Code,
        detail: str,
        errors: list[ParameterProblem] | None = None,
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status, self.code, self.detail, self.errors = status, code, detail, errors or []
        self.headers = headers or {}


def not_found() -> ProblemError:
    """The same for what does not exist and for what is not public."""
    return ProblemError(404, "not_found", _("There is nothing public at this address."))


def bad_value(parameter: str, detail: str) -> ProblemError:
    """One parameter has a value that it cannot have."""
    return bad_values([ParameterProblem(parameter=parameter, code="bad_value", detail=detail)])


def bad_values(errors: list[ParameterProblem]) -> ProblemError:
    """Parameters that are not known (400), or that have values which they cannot have (422)."""
    is_unknown = any(each.code == "unknown_parameter" for each in errors)
    code: Code = "unknown_parameter" if is_unknown else "bad_value"
    return ProblemError(400 if is_unknown else 422, code, " ".join(each.detail for each in errors), errors)


def problem(error: ProblemError) -> HttpResponse:
    """Write ``error`` as an answer. That something is missing may be kept as long as what is there."""
    body = {
        "type": "about:blank",
        "title": HTTPStatus(error.status).phrase,
        "status": error.status,
        "detail": error.detail,
        "code": error.code,
        "errors": [each.dict() for each in error.errors],
    }
    response = HttpResponse(json.dumps(body, ensure_ascii=False), status=error.status, content_type=MEDIA_TYPE)
    response.headers["Cache-Control"] = PUBLIC if error.status == 404 else PRIVATE
    response.headers["X-Robots-Tag"] = "noindex"
    for name, value in error.headers.items():
        response.headers[name] = value
    return response
