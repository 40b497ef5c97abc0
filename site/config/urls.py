"""Addresses of the reference site."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from config.views import robots_txt
from wagtail_newsroom.news.api.v2 import api_router
from wagtail_newsroom.news.api.v3 import preview_urls
from wagtail_newsroom.news.feeds.sitemap import sitemap
from wagtail_newsroom.news.views.files.media import serve_media

urlpatterns = [
    path(f"{settings.ADMIN_PREFIX.lstrip('/')}two-factor/", include("home.two_factor.urls")),
    path(settings.ADMIN_PREFIX.lstrip("/"), include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("api/v1/", include("wagtail_newsroom.news.api.v1.urls")),
    path("llms.txt", include("wagtail_newsroom.news.api.v1.llms_urls")),
    path("api/v2/", api_router.urls),
    path("api/v3-preview/", preview_urls()),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("robots.txt", robots_txt, name="robots_txt"),
    path("media/<path:path>", serve_media, name="serve_media"),
]

# Wagtail answers whatever is left, so this stays last.
urlpatterns += i18n_patterns(
    path("", include("wagtail_newsroom.news.urls")), path("", include(wagtail_urls)), prefix_default_language=False
)

handler400 = "wagtail_newsroom.news.views.refusals.bad_request"
