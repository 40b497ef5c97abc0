"""The information clause at the form for accessible versions (GDPR, article 13)."""

from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.text import normalize_newlines
from django.utils.translation import gettext
from wagtail.models import Locale, Site
from wagtail.rich_text import get_text_for_indexing

from wagtail_newsroom.news.conf import setting
from wagtail_newsroom.news.models.pages.localised import localised
from wagtail_newsroom.news.models.snippets.settings import NewsroomSettings, name_of, site_texts


@dataclass(frozen=True)
class Clause:
    """What people are told about their data. ``html``: rich text as it is stored, where a clause was chosen."""

    title: str
    text: str
    html: str = ""
    name: str = ""


def request_clause(site: Site | None, language: str) -> Clause:
    """The clause chosen in the site's settings, in ``language``; without one, a clause made from the site's facts.

    To be called with ``language`` active.
    """
    facts = NewsroomSettings.for_site(site) if site is not None else NewsroomSettings()
    locale = Locale.objects.filter(language_code=language).first()
    if facts.access_clause is not None:
        chosen = localised([facts.access_clause], locale.pk if locale else facts.access_clause.locale_id)[0]
        text = "\n".join(" ".join(line.split()) for line in get_text_for_indexing(chosen.text).splitlines())
        return Clause(chosen.title, text.strip(), chosen.text, str(chosen)[:250])
    texts = site_texts(site, language)
    context = {
        "organisation": name_of(site, texts),
        "address": ", ".join(line.strip() for line in texts.address.splitlines() if line.strip()),
        "email": facts.email or facts.accessible_formats_email,
        "phone": facts.phone,
        "days": setting("ACCESS_REQUEST_DATA_DAYS"),
    }
    text = normalize_newlines(render_to_string("newsroom/components/request_clause.txt", context)).strip()
    title = gettext("Your personal data")
    return Clause(title, text, name=title)
