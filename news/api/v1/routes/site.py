"""What stands on every page of the site."""

from django.http import HttpRequest, HttpResponseBase

from wagtail_newsroom.news.api.v1.answering import Answer
from wagtail_newsroom.news.api.v1.app import answer_json, operation
from wagtail_newsroom.news.api.v1.parameters import Parameters, read_parameters
from wagtail_newsroom.news.api.v1.reading.site import read_site
from wagtail_newsroom.news.api.v1.schemas.site import SiteAnswer


def add_routes() -> None:
    """Register the operation."""
    operation(
        "/site/",
        name="get_site",
        summary="Who publishes the site, its languages, menus, topics and feeds",
        answers=SiteAnswer,
        tag="site",
    )(show_site)


def show_site(request: HttpRequest) -> HttpResponseBase:
    """The site that the host of the request names."""
    read_parameters(request, Parameters)
    answer = Answer(request)
    return answer_json(request, read_site(answer), tags=answer.tags)
