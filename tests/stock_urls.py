"""The site's addresses with what Wagtail gives by itself beside them, at ``/stock/``: what ours is measured against.

That is its v2 API as it comes, and a page in the plainest template that shows title and text of a story.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template import engines
from django.urls import path
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.views import PagesAPIViewSet
from wagtail.documents.api.v2.views import DocumentsAPIViewSet
from wagtail.images.api.v2.views import ImagesAPIViewSet
from wagtail.models import Page, Site

from config.urls import urlpatterns as own

PLAIN = """{% load wagtailcore_tags %}<!DOCTYPE html><html lang="pl"><head><title>{{ page.title }}</title></head>
<body><nav>{% for each in menu %}<a href="{% pageurl each %}">{{ each.title }}</a>{% endfor %}</nav>
<h1>{{ page.title }}</h1>{{ page.body }}</body></html>"""

stock = WagtailAPIRouter("stock")
stock.register_endpoint("pages", PagesAPIViewSet)
stock.register_endpoint("images", ImagesAPIViewSet)
stock.register_endpoint("documents", DocumentsAPIViewSet)


def plain_page(request: HttpRequest, pk: int) -> HttpResponse:
    """A page as a site of a few lines would show it."""
    page = get_object_or_404(Page.objects.live().public(), pk=pk).specific
    site = Site.find_for_request(request)
    menu = site.root_page.get_children().live().in_menu() if site else []
    template = engines["django"].from_string(PLAIN)
    return HttpResponse(template.render({"page": page, "menu": menu}, request))


urlpatterns = [path("stock/plain/<int:pk>/", plain_page), path("stock/", stock.urls), *own]
