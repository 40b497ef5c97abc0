"""Addresses of bringing in, below the admin's own."""

from django.urls import path

from news.admin.intake.event_review import EventReviewView
from news.admin.intake.news_review import NewsReviewView
from news.admin.intake.purposes import PURPOSES
from news.admin.intake.views import BringView, ChangePurposeView, OriginalView

intake_urls = [
    *(
        path(f"newsroom/intake/{name}/", BringView.as_view(purpose_name=name), name=purpose.bring)
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
