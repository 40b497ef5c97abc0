"""What answers for consultations: the rows of their list, a file below each, and the address of one that was retired."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from wagtail.models import Page

from tests.third_party.models import ConsultationIndexPage, ConsultationPage
from wagtail_newsroom.news.listings.filters import paginate, site_of
from wagtail_newsroom.news.views.retired import serve_retired
from wagtail_newsroom.news.visibility import public_pages


def consultation_listing(page: ConsultationIndexPage, request: HttpRequest) -> dict[str, Any]:
    """Context of the list: ``items``, latest first."""
    pages = public_pages(ConsultationPage.objects.filter(path__startswith=page.path), site_of(request))
    return {"items": paginate(request, pages.select_related("lead_image").order_by("-date", "-pk"))}


def serve_question(page: ConsultationPage, request: HttpRequest) -> HttpResponse:
    """``question.txt``: the question alone."""
    return HttpResponse(page.question, content_type="text/plain; charset=utf-8")


def serve_ended(page: ConsultationPage, request: HttpRequest, retirement: Any) -> HttpResponseBase:
    """As the newsroom answers for a retired page; archives are told what it was."""
    answer = serve_retired(page, request, retirement)
    answer.headers["X-Consultation"] = "ended"
    return answer


def keep_own_look(page: Page, request: HttpRequest) -> None:
    """Drafts of consultations are seen here alone, whatever front end shows the rest."""
