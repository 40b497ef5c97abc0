"""What the agency's site answers beside its pages."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse

from news.models import NewsPage


def feed(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "feed.xml", {"pages": published()}, content_type="application/rss+xml")


def sitemap(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "sitemap.xml", {"pages": published()}, content_type="application/xml")


def manifest(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"name": "The agency", "start_url": "/"}, content_type="application/manifest+json")


def prices(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"leaflet": 0, "atlas": 40})


def published() -> list[NewsPage]:
    return list(NewsPage.objects.live().order_by("path"))
