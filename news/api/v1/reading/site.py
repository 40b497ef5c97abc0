"""What stands on every page of a site: who publishes it, its languages with their menus, topics and feeds."""

from typing import Any

from django.db.models import Q
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.translation import get_language_info
from wagtail.models import Page

from wagtail_newsroom.news import registry
from wagtail_newsroom.news.api.v1.answering import Answer, Root
from wagtail_newsroom.news.api.v1.gathering import Wanted, gather
from wagtail_newsroom.news.api.v1.reading.images import as_used
from wagtail_newsroom.news.api.v1.reading.languages import in_own_language
from wagtail_newsroom.news.api.v1.reading.rows import TopicReading
from wagtail_newsroom.news.api.v1.reading.sources import SOURCES
from wagtail_newsroom.news.feeds.offered import FEEDS
from wagtail_newsroom.news.listings.words import model_of_type, word_of_type
from wagtail_newsroom.news.models.pages.pages import PageFilesMixin
from wagtail_newsroom.news.models.snippets.settings import NewsroomSettings, name_of, site_texts
from wagtail_newsroom.news.switches import ACCESS_REQUESTS, is_on

FACTS = ("email", "phone", "accessible_formats_email", "bip_url")


def read_site(answer: Answer) -> dict[str, Any]:
    """The site of the answer. The number of queries depends on its languages alone."""
    answer.tags.add("site")
    facts = NewsroomSettings.for_site(answer.site)
    wanted = Wanted()
    wanted.add("image", facts.logo_id)
    found = gather(wanted, answer, SOURCES)
    pages, topics = _pages(answer), _topics(answer)
    languages = [_language(root, pages, topics, answer) for root in answer.tree.roots if root.id in pages]
    name = languages[0]["organisation"] if languages else str(answer.site)
    return {
        "name": name,
        "url": answer.base,
        "language": answer.language_of(0),
        "languages": languages,
        "logo": as_used(found.get("image", facts.logo_id), alt=name),
        **{field: getattr(facts, field) for field in FACTS},
        "social": facts.social,
        "banner": None,
    }


def _pages(answer: Answer) -> dict[int, list[dict[str, Any]]]:
    """The public home pages by their ids, each with the public pages right below it behind it, in their order."""
    near = Q(pk__in=[root.id for root in answer.tree.roots])
    for root in answer.tree.roots:
        near |= Q(path__startswith=root.path, depth=len(root.path) // Page.steplen + 1)
    rows = answer.public(Page.objects.filter(near)).order_by("path")
    found: dict[int, list[dict[str, Any]]] = {}
    for row in rows.values("pk", "path", "title", "url_path", "show_in_menus", "content_type_id"):
        answer.tags.add(f"{word_of_type(row['content_type_id'])}:{row['pk']}")
        for root in answer.tree.roots:
            if row["path"] == root.path:
                found[root.id] = [row]
            elif row["path"].startswith(root.path) and root.id in found:
                found[root.id].append(row)
    return found


def _topics(answer: Answer) -> list[dict[str, Any]]:
    """The topics that public items have, in all languages."""
    rows = TopicReading().pages(answer).order_by("name", "pk")
    topics = [
        {"id": pk, "key": str(key), "locale_id": locale_id, "name": name, "slug": slug, "chosen": True}
        for pk, key, locale_id, name, slug in rows.values_list("pk", "translation_key", "locale_id", "name", "slug")
    ]
    answer.tags.update(f"topic:{topic['id']}" for topic in topics)
    return topics


def _language(
    root: Root, pages: dict[int, list[dict[str, Any]]], topics: list[dict[str, Any]], answer: Answer
) -> dict[str, Any]:
    home, *below = pages[root.id]
    texts = site_texts(answer.site, root.language)
    organisation = name_of(answer.site, texts)
    own = sorted(in_own_language(topics, root.locale_id), key=lambda topic: str(topic["name"]))
    with translation.override(root.language):
        ask = _ask_url(answer)
    return {
        "code": root.language,
        "name": str(get_language_info(root.language)["name_local"]).capitalize(),
        "prefix": root.prefix,
        "home": _place(home, answer),
        "organisation": organisation,
        "tagline": texts.tagline,
        "address": texts.address,
        "opening_hours": texts.opening_hours,
        "footer_text": texts.footer_text,
        "pages": [{**_place(page, answer), "in_menu": page["show_in_menus"]} for page in below],
        "topics": [{name: topic[name] for name in ("id", "key", "name", "slug")} for topic in own],
        "feeds": [feed for page in below for feed in _feeds(page, texts.feeds_title or organisation, answer)],
        "access_request_url": ask,
    }


def _place(page: dict[str, Any], answer: Answer) -> dict[str, Any]:
    path = answer.path_of(page["url_path"])
    return {"id": page["pk"], "title": page["title"], "path": path, "url": answer.absolute(path)}


def _feeds(page: dict[str, Any], publisher: str, answer: Answer) -> list[dict[str, Any]]:
    """What can be subscribed to of a list."""
    model = model_of_type(page["content_type_id"])
    if model is None or not issubclass(model, PageFilesMixin):
        return []
    url = answer.absolute(answer.path_of(page["url_path"]))
    files = registry.page_files(model)
    return [
        {"title": f"{publisher} – {page['title']}", "media_type": media_type, "url": f"{url}{name}"}
        for name, media_type in FEEDS.items()
        if name in files
    ]


def _ask_url(answer: Answer) -> str | None:
    if not is_on(ACCESS_REQUESTS):
        return None
    try:
        return answer.absolute(reverse("newsroom_request"))
    except NoReverseMatch:
        return None
