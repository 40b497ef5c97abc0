"""``llms.txt`` at the root of a site::

    path("llms.txt", include("wagtail_newsroom.news.api.v1.llms_urls"))

It is the same as the delivery API's, whose addresses have to be there too.
"""

from django.urls import path

from wagtail_newsroom.news.api.v1.app import gate
from wagtail_newsroom.news.api.v1.routes.items import readings
from wagtail_newsroom.news.api.v1.routes.markdown import TEXT, llms_view

urlpatterns = [path("", gate(llms_view(readings()), TEXT), name="newsroom_llms")]
