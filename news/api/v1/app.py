"""The API itself: how every operation is asked and answered, and the document that describes it."""

import hashlib
import json
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import URLPattern, URLResolver, reverse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import ValidationError

from wagtail_newsroom.news.api.v1.parameters import Parameters, documented
from wagtail_newsroom.news.api.v1.previewing import SECURITY_SCHEMES, with_previews
from wagtail_newsroom.news.api.v1.problems import MEDIA_TYPE as PROBLEM
from wagtail_newsroom.news.api.v1.problems import Problem, ProblemError, bad_value, problem
from wagtail_newsroom.news.caching import PUBLIC, keep

READS = ("GET", "HEAD", "OPTIONS")
DESCRIPTION = """Published news, events, galleries and files of this site. Read-only and anonymous.

* **Nothing is untyped.** Blocks of a text are a union that is told apart by `type`. The union is open: skip a block whose
  type you do not know, the same for `extra`.
* **Additive.** Within v1 fields and types are added and never changed. Ignore what you do not know.
* **Drafts** take a preview token, at any address: `Authorization: Preview <token>` or `?preview=<token>`. A token that opens
  nothing is answered 401; what it opens, nobody may keep.
* **Errors** are problem documents (RFC 9457) that name each wrong parameter. What is not public does not exist.
"""

api = NinjaAPI(
    title="Wagtail Newsroom",
    version="1",
    description=DESCRIPTION,
    urls_namespace="newsroom_api_v1",
    openapi_url=None,
    docs_url=None,
)


@api.exception_handler(ProblemError)
def _answer_problem(request: HttpRequest, error: ProblemError) -> HttpResponse:
    return problem(error)


JSON = "application/json"
# What operations answer with that do not answer with JSON, by their names.
_media_types: dict[str, str] = {}


@api.exception_handler(ValidationError)
def _answer_bad_address(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """A part of the address is no id: Ninja reads these."""
    name = str(error.errors[0]["loc"][-1])
    text = _("“%(name)s” in the address has a form that it cannot have. Take the address from a list.") % {"name": name}
    return problem(bad_value(name, text))


def operation(
    path: str,
    *,
    name: str,
    summary: str,
    answers: Any,
    tag: str,
    takes: type[Parameters] = Parameters,
    media_type: str = JSON,
    status: int = 200,
    problems: tuple[int, ...] = (),
    **extra: Any,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register a read at ``path`` below the mount point, answering ``status`` with ``answers``.

    ``name``: its stable ``operationId``; ``takes``: its parameters, which the view reads with ``read_parameters``;
    ``problems``: statuses with which it alone answers.
    """
    _media_types[name] = media_type
    more = {"parameters": documented(takes), **extra}
    return api.get(
        path,
        operation_id=name,
        summary=summary,
        tags=[tag],
        url_name=name,
        openapi_extra=more,
        response={status: answers, **dict.fromkeys((400, 401, 404, 406, *problems, 422, 429), Problem)},
    )


class Encoder(DjangoJSONEncoder):
    """Moments in UTC to the second; keys and the rest as Django writes them."""


def answer_json(
    request: HttpRequest, content: Any, *, tags: set[str] | None = None, modified: Any = None
) -> HttpResponseBase:
    """Write ``content`` with its validators; 304 where the visitor has it already. ``modified``: an aware moment."""
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":"), cls=Encoder).encode()
    return answer_bytes(request, body, JSON, tags=tags, modified=modified)


def answer_bytes(
    request: HttpRequest, body: bytes, media_type: str, *, tags: set[str] | None = None, modified: Any = None
) -> HttpResponseBase:
    """As :func:`answer_json`, of a body that is written already.

    What says what it was made of (``tags``) may be kept ready; a search may not: the index is written after what it finds.
    """
    if tags is not None and "q" not in request.GET:
        keep(request)
    response = HttpResponse(body, content_type=media_type)
    etag = quote_etag(hashlib.sha256(body).hexdigest()[:32])
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = PUBLIC
    if tags:
        response.headers["Surrogate-Key"] = " ".join(sorted(tags))
    if modified is not None:
        response.headers["Last-Modified"] = http_date(modified.timestamp())
    return get_conditional_response(request, etag=etag, response=response) or response


def gate(view: Callable[..., HttpResponseBase], media_type: str = JSON) -> Callable[..., HttpResponseBase]:
    """What holds before and after every operation: methods, ``Accept``, headers. Ninja knows neither HEAD nor OPTIONS."""

    @wraps(view)
    def gated(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method not in READS:
            response: HttpResponseBase = problem(
                ProblemError(405, "method_not_allowed", _("This API is read-only: ask with GET."))
            )
            response.headers["Allow"] = ", ".join(READS)
        elif request.method == "OPTIONS":
            response = HttpResponse(status=204, headers={"Allow": ", ".join(READS), "Cache-Control": PUBLIC})
        elif not request.accepts(media_type):
            detail = _("This address answers with %(type)s. Ask for that, or leave “Accept” out.")
            response = problem(ProblemError(406, "not_acceptable", detail % {"type": media_type}))
        else:
            method, request.method = request.method, "GET"
            try:
                response = view(request, *args, **kwargs)
            except ProblemError as error:  # outside of Ninja, at the root of a site
                response = problem(error)
            finally:
                request.method = method
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response

    return gated


@lru_cache(maxsize=8)
def document(mount: str) -> bytes:
    """The OpenAPI document of the API that stands at ``mount``, as it is sent. The same for as long as the process runs."""
    schema = api.get_openapi_schema(path_prefix=mount.lstrip("/"))
    for methods in schema["paths"].values():
        for described in methods.values():
            _name_media_types(described)
    schema["components"]["securitySchemes"] = SECURITY_SCHEMES
    return json.dumps(schema, ensure_ascii=False, separators=(",", ":")).encode()


def _name_media_types(described: dict[str, Any]) -> None:
    """Ninja writes one media type for all answers."""
    for status, response in described["responses"].items():
        if JSON in response.get("content", {}):
            media_type = PROBLEM if int(status) >= 400 else _media_types[described["operationId"]]
            response["content"] = {media_type: response["content"][JSON]}


def show_document(request: HttpRequest) -> HttpResponseBase:
    """The OpenAPI 3.1 document."""
    keep(request)
    return answer_bytes(request, document(reverse("newsroom_api_v1:api-root")), JSON)


def show_docs(request: HttpRequest) -> HttpResponseBase:
    """A page to read the document and to try it: Swagger UI, from this server."""
    page = api.docs.render_page(request, api)
    page.headers["Cache-Control"] = PUBLIC
    return page


def gated_patterns(patterns: list[URLPattern | URLResolver]) -> list[URLPattern | URLResolver]:
    """``patterns`` of the API with the gate in front of each."""
    return [
        URLPattern(
            each.pattern,
            gate(with_previews(each.callback), _media_types.get(each.name or "", JSON)),
            each.default_args,
            each.name,
        )
        if isinstance(each, URLPattern)
        else each
        for each in patterns
    ]
