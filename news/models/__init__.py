"""The content model: what editors publish. Facts only; acts live in ``publishing``."""

from news.models.attachments import Attachment, AttachmentIndexPage, AttachmentMixin
from news.models.bundles import Bundle, BundlePage, BundleState
from news.models.downloads import DownloadCount
from news.models.draft_links import DraftLink, DraftRemark
from news.models.events import EventIndexPage, EventOrganiser, EventPage, EventStop
from news.models.moderation import ApprovalTask, Deputy
from news.models.news import NewsIndexPage, NewsPage
from news.models.originals import Original, OriginalPurpose
from news.models.people import InformationClause, Organisation, Person
from news.models.places import Venue
from news.models.preflight import PreflightOverride
from news.models.programme_changes import ChangeKind, ProgrammeChange
from news.models.requests import AccessRequest
from news.models.retirements import Retirement
from news.models.reviews import PageReview
from news.models.rows import Correction, PageAttachment, PageContact, RelatedPage
from news.models.schedule_runs import ScheduledAct, ScheduleFailure, SchedulerBeat
from news.models.settings import NewsroomSettings, SiteTexts
from news.models.shared import NewsroomPage
from news.models.topics import Project, Topic

__all__ = [
    "AccessRequest",
    "ApprovalTask",
    "Attachment",
    "AttachmentIndexPage",
    "AttachmentMixin",
    "Bundle",
    "BundlePage",
    "BundleState",
    "ChangeKind",
    "Correction",
    "Deputy",
    "DownloadCount",
    "DraftLink",
    "DraftRemark",
    "EventIndexPage",
    "EventOrganiser",
    "EventPage",
    "EventStop",
    "InformationClause",
    "NewsIndexPage",
    "NewsPage",
    "NewsroomPage",
    "NewsroomSettings",
    "Organisation",
    "Original",
    "OriginalPurpose",
    "PageAttachment",
    "PageContact",
    "PageReview",
    "Person",
    "PreflightOverride",
    "ProgrammeChange",
    "Project",
    "RelatedPage",
    "Retirement",
    "ScheduleFailure",
    "ScheduledAct",
    "SchedulerBeat",
    "SiteTexts",
    "Topic",
    "Venue",
]
