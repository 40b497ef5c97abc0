"""Addresses of bringing in, below the admin's own."""

from django.urls import path

from wagtail_newsroom.news.admin.intake.event_review import EventReviewView
from wagtail_newsroom.news.admin.intake.news_review import NewsReviewView
from wagtail_newsroom.news.admin.intake.purposes import PURPOSES
from wagtail_newsroom.news.admin.intake.views import ChangePurposeView, IntakeView, OriginalView

intake_urls = [
    *(
        path(f"newsroom/intake/{name}/", IntakeView.as_view(purpose_name=name), name=purpose.bring)
        for name, purpose in PURPOSES.items()
    ),
    path("newsroom/intake/event/<int:original_id>/", EventReviewView.as_view(), name="newsroom_review_event"),
    path("newsroom/intake/news/<int:original_id>/", NewsReviewView.as_view(), name="newsroom_review_news"),
    path(
        "newsroom/intake/original/<int:original_id>/purpose/",
        ChangePurposeView.as_view(),
        name="newsroom_change_purpose",
    ),
    path("newsroom/intake/original/<int:original_id>/", OriginalView.as_view(), name="newsroom_original"),
]
