"""The content model: what editors publish. Facts only; what is done with them is in ``publishing``.

Public: other apps may import from here, and subclass the page types and mixins.
"""

from wagtail_newsroom.news.models.delivery.change_records import ChangeRecord
from wagtail_newsroom.news.models.delivery.page_moments import PageMoment
from wagtail_newsroom.news.models.delivery.related_rows import RelatedRow
from wagtail_newsroom.news.models.delivery.tokens import DeliveryToken
from wagtail_newsroom.news.models.delivery.webhooks import DeliveryState, Webhook, WebhookDelivery
from wagtail_newsroom.news.models.events.agenda_changes import AgendaChange, ChangeKind
from wagtail_newsroom.news.models.events.events import EventIndexPage, EventOrganiser, EventPage, EventStop
from wagtail_newsroom.news.models.files.attachments import Attachment, AttachmentIndexPage, AttachmentMixin
from wagtail_newsroom.news.models.files.downloads import DownloadCount
from wagtail_newsroom.news.models.files.originals import Original, OriginalPurpose
from wagtail_newsroom.news.models.pages.localised import localised_pages
from wagtail_newsroom.news.models.pages.missed_searches import LONGEST_MISSED, MissedSearch, MissedSearchCount
from wagtail_newsroom.news.models.pages.news import NewsIndexPage, NewsPage
from wagtail_newsroom.news.models.pages.pages import ListPage, ManagedPageMixin, PageFilesMixin, link_to_list
from wagtail_newsroom.news.models.pages.retirements import Retirement
from wagtail_newsroom.news.models.pages.rows import (
    Correction,
    PageAttachment,
    PageContact,
    RelatedPage,
    Row,
    rows_from_data,
)
from wagtail_newsroom.news.models.pages.searching import SearchPageMixin
from wagtail_newsroom.news.models.pages.shared import NewsroomPage
from wagtail_newsroom.news.models.pages.views import PageViewCount
from wagtail_newsroom.news.models.snippets.people import InformationClause, Organisation, Person
from wagtail_newsroom.news.models.snippets.places import Venue
from wagtail_newsroom.news.models.snippets.settings import NewsroomSettings, SiteTexts
from wagtail_newsroom.news.models.snippets.topics import Project, Topic
from wagtail_newsroom.news.models.workflow.access_requests import AccessRequest
from wagtail_newsroom.news.models.workflow.bundles import Bundle, BundlePage, BundleState
from wagtail_newsroom.news.models.workflow.draft_links import DraftLink, DraftRemark
from wagtail_newsroom.news.models.workflow.moderation import ApprovalTask, Deputy
from wagtail_newsroom.news.models.workflow.preflight import PreflightOverride
from wagtail_newsroom.news.models.workflow.preview_tokens import FrontEndToken, PagePreview
from wagtail_newsroom.news.models.workflow.reviews import PageReview
from wagtail_newsroom.news.models.workflow.schedule_runs import ScheduledAction, ScheduleFailure, SchedulerHeartbeat

__all__ = [
    "LONGEST_MISSED",
    "AccessRequest",
    "AgendaChange",
    "ApprovalTask",
    "Attachment",
    "AttachmentIndexPage",
    "AttachmentMixin",
    "Bundle",
    "BundlePage",
    "BundleState",
    "ChangeKind",
    "ChangeRecord",
    "Correction",
    "DeliveryState",
    "DeliveryToken",
    "Deputy",
    "DownloadCount",
    "DraftLink",
    "DraftRemark",
    "EventIndexPage",
    "EventOrganiser",
    "EventPage",
    "EventStop",
    "FrontEndToken",
    "InformationClause",
    "ListPage",
    "ManagedPageMixin",
    "MissedSearch",
    "MissedSearchCount",
    "NewsIndexPage",
    "NewsPage",
    "NewsroomPage",
    "NewsroomSettings",
    "Organisation",
    "Original",
    "OriginalPurpose",
    "PageAttachment",
    "PageContact",
    "PageFilesMixin",
    "PageMoment",
    "PagePreview",
    "PageReview",
    "PageViewCount",
    "Person",
    "PreflightOverride",
    "Project",
    "RelatedPage",
    "RelatedRow",
    "Retirement",
    "Row",
    "ScheduleFailure",
    "ScheduledAction",
    "SchedulerHeartbeat",
    "SearchPageMixin",
    "SiteTexts",
    "Topic",
    "Venue",
    "Webhook",
    "WebhookDelivery",
    "link_to_list",
    "localised_pages",
    "rows_from_data",
]
