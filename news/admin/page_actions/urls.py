"""Addresses of the newsroom's forms about a page, below the admin's own."""

from django.urls import path

from wagtail_newsroom.news.admin.page_actions.agenda_changes import AgendaChangesView
from wagtail_newsroom.news.admin.page_actions.changes import ChangeView
from wagtail_newsroom.news.admin.page_actions.copies import CreatedView, CreateFromView, ReportView
from wagtail_newsroom.news.admin.page_actions.replacing import ReplaceFileView
from wagtail_newsroom.news.admin.page_actions.retiring import BringBackView, RetireView

page_action_urls = [
    path("newsroom/pages/<int:pk>/change/<slug:action>/", ChangeView.as_view(), name="newsroom_change"),
    path("newsroom/pages/<int:pk>/create-from/", CreateFromView.as_view(), name="newsroom_create_from"),
    path("newsroom/pages/<int:pk>/report/", ReportView.as_view(), name="newsroom_create_report"),
    path(
        "newsroom/pages/<int:pk>/agenda-changes/",
        AgendaChangesView.as_view(),
        name="newsroom_agenda_changes",
    ),
    path("newsroom/pages/<int:pk>/bring-back/", BringBackView.as_view(), name="newsroom_bring_back"),
    path("newsroom/retire/", RetireView.as_view(), name="newsroom_retire"),
    path("newsroom/files/<int:document_id>/replace/", ReplaceFileView.as_view(), name="newsroom_replace_file"),
    path("newsroom/created/", CreatedView.as_view(), name="newsroom_created"),
]
