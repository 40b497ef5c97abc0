"""The content model: what editors publish. Facts only; acts live in ``publishing``."""

from news.models.attachments import Attachment, AttachmentIndexPage, AttachmentMixin
from news.models.events import EventIndexPage, EventOrganiser, EventPage, EventStop
from news.models.news import NewsIndexPage, NewsPage
from news.models.people import InformationClause, Organisation, Person
from news.models.places import Venue
from news.models.settings import NewsroomSettings, SiteTexts
from news.models.shared import (
    Correction,
    NewsroomPage,
    PageAttachment,
    PageContact,
    RelatedPage,
)
from news.models.topics import Project, Topic

__all__ = [
    "Attachment",
    "AttachmentIndexPage",
    "AttachmentMixin",
    "Correction",
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
    "PageAttachment",
    "PageContact",
    "Person",
    "Project",
    "RelatedPage",
    "SiteTexts",
    "Topic",
    "Venue",
]
