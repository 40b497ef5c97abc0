"""Tags and filters of the visitors' pages."""

import re
from collections.abc import Container, Iterable
from typing import Any

from django import template
from django.conf import settings
from django.utils import timezone
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_info
from wagtail.coreutils import get_supported_content_language_variant
from wagtail.models import Locale, Page, Site

from wagtail_newsroom.news import registry
from wagtail_newsroom.news.blocks.once import first_time
from wagtail_newsroom.news.conf import dark_selector
from wagtail_newsroom.news.listings.publisher import publisher_of
from wagtail_newsroom.news.models import SearchPageMixin
from wagtail_newsroom.news.models.files.attachments import AttachmentRow, attachment_row, shown_documents
from wagtail_newsroom.news.models.files.form_closing import mark_closed_forms
from wagtail_newsroom.news.models.snippets.settings import name_of
from wagtail_newsroom.news.once import one_answer
from wagtail_newsroom.news.site_tree import children_of, is_unexpired, top_pages, tree_of
from wagtail_newsroom.news.switches import is_on
from wagtail_newsroom.news.visibility import is_withdrawn, public_pages, restricted_collections
from wagtail_newsroom.news.wording import dates

register = template.Library()

# Words of one letter, and a few short ones, that Polish typography keeps with the word after them.
LONE_WORDS = re.compile(r"(?<![\w&;])([aiouwzAIOUWZ]|we|ze|na|do|po|od|za|ze|We|Ze|Na|Do|Po|Od|Za) +(?=\S)")

# What stands before a number or a name and never alone: “godz. 9:30”, “ul. Długa”, “12 marca”.
ABBREVIATIONS = re.compile(r"\b(godz\.|ul\.|al\.|pl\.|nr|str\.|prof\.|dr) +(?=\w)")
DAYS = re.compile(
    r"\b(\d{1,2}) +(?=(?:stycznia|lutego|marca|kwietnia|maja|czerwca|lipca|sierpnia|września|października|listopada|grudnia)\b)"
)
DASHES = re.compile(r"(?<=\S) (?=[–—] )")
TAGS = re.compile(r"(<[^>]*>)")


def _keep_together(text: str) -> str:
    """Put a non-breaking space after short words, abbreviations and days of the month, where the page is Polish."""
    if not (get_language() or "").startswith("pl"):
        return text
    for pattern in (LONE_WORDS, ABBREVIATIONS, DAYS):
        text = pattern.sub("\\1\u00a0", text)
    return DASHES.sub("\u00a0", text)


@register.filter(needs_autoescape=True)
def typo(text: Any, autoescape: bool = True) -> SafeString:
    """Keep short words with the next one, so that no “w” or “i” hangs at the end of a line."""
    return mark_safe(_keep_together(conditional_escape(text) if autoescape else str(text)))


@register.filter
def typo_html(html: Any) -> SafeString:
    """As :func:`typo`, for the text between the tags of HTML that is safe already (rich text)."""
    parts = TAGS.split(str(html))
    return mark_safe("".join(part if part.startswith("<") else _keep_together(part) for part in parts))


@register.filter
def plain_date(day: Any) -> str:
    """“12 marca 2021”; empty for nothing."""
    return dates.plain_date(day) if day else ""


@register.filter
def plain_time(hour: Any) -> str:
    """“9:30”; empty for nothing."""
    return dates.plain_time(hour) if hour else ""


@register.filter
def weekday(day: Any) -> str:
    """“piątek”; empty for nothing."""
    return dates.weekday(day) if day else ""


def _once(context: template.Context, name: str, make: Any) -> Any:
    """Compute a fact once for a request, not once for every tag."""
    request = context.get("request")
    if request is None:
        return make()
    known = request.__dict__.setdefault("_newsroom", {})
    if name not in known:
        with one_answer(request):
            known[name] = make()
    return known[name]


def _site(context: template.Context) -> Site | None:
    request = context.get("request")
    return Site.find_for_request(request) if request is not None else Site.objects.filter(is_default_site=True).first()


def _home(context: template.Context) -> Page | None:
    """The home page in the language of the visit; in the site's first one where it has expired."""
    return _once(context, f"home {get_language()}", lambda: _find_home(_site(context)))


def _find_home(site: Site | None) -> Page | None:
    if site is None:
        return None
    homes = {home.locale.language_code: home for home in tree_of(site).homes if home.locale_id}
    home = homes.get(_content_language(homes))
    return home if home is not None and home.live and is_unexpired(home) else site.root_page


def _content_language(known: Container[str]) -> str:
    """The language of content that is read: the active one, else the site's own."""
    for code in (get_language() or "", settings.LANGUAGE_CODE):
        try:
            found = get_supported_content_language_variant(code)
        except LookupError:
            continue
        if found in known:
            return found
    return ""


@register.simple_tag(takes_context=True)
def newsroom_identity(context: template.Context) -> dict[str, Any]:
    """Who publishes this site, in the language of the visit."""
    return _once(context, "identity", lambda: _identity(context))


def _identity(context: template.Context) -> dict[str, Any]:
    site = _site(context)
    publisher = publisher_of(site)
    facts, texts = publisher.facts, publisher.texts_in(get_language() or "")
    return {
        "name": name_of(site, texts),
        "tagline": texts.tagline,
        "address": texts.address,
        "opening_hours": texts.opening_hours,
        "footer_text": texts.footer_text,
        "email": facts.email,
        "phone": facts.phone,
        "logo": publisher.logo if may_show(context, publisher.logo) else None,
        "bip_url": facts.bip_url,
        "accessible_formats_email": facts.accessible_formats_email,
        "social": facts.social,
    }


@register.simple_tag(takes_context=True)
def main_menu(context: template.Context) -> list[dict[str, Any]]:
    """Entries of the main menu: the public children of the home page that are shown in menus."""
    home = _home(context)
    if home is None:
        return []
    page = context.get("page")
    path = getattr(page, "path", "") or ""
    return [
        {"title": entry.title, "url": url, "current": path.startswith(entry.path)}
        for entry, url in _entries(context, home)
        if entry.show_in_menus
    ]


def _entries(context: template.Context, home: Page) -> list[tuple[Page, str]]:
    """The public pages right below the home page, in their order, each with its address."""

    def make() -> list[tuple[Page, str]]:
        site = _site(context)
        pages = children_of(home, site) if site is not None else []
        return [(page, page.get_url(context.get("request"))) for page in pages]

    return _once(context, f"entries {home.pk}", make)


@register.simple_tag(takes_context=True)
def site_map(context: template.Context) -> list[dict[str, Any]]:
    """All public pages right below the home page: those of the menu first, then the others."""
    home = _home(context)
    if home is None:
        return []
    entries = sorted(_entries(context, home), key=lambda entry: not entry[0].show_in_menus)
    return [{"title": entry.title, "url": url} for entry, url in entries]


@register.simple_tag
def document_rows(documents: Any) -> list[AttachmentRow]:
    """Describe the documents that the public may read, each in its current version, in their order."""
    documents = [document for document in documents if document is not None]
    shown = shown_documents(documents)
    mark_closed_forms(shown.values(), timezone.now())
    return [attachment_row(shown[document.pk]) for document in documents if document.pk in shown]


@register.simple_tag(takes_context=True)
def home_link(context: template.Context) -> str:
    """Address of the home page in the language of the visit."""
    home = _home(context)
    return (home.get_url(context.get("request")) if home is not None else None) or "/"


@register.simple_tag(takes_context=True)
def language_links(context: template.Context) -> list[dict[str, Any]]:
    """The other languages of this page: its public translation (``same``), else that language's home page."""
    return _once(context, "languages", lambda: _language_links(context))


def _language_links(context: template.Context) -> list[dict[str, Any]]:
    page, home, site = context.get("page"), _home(context), _site(context)
    if home is None or site is None:
        return []
    current = (get_language() or settings.LANGUAGE_CODE).split("-")[0]
    tree = tree_of(site)
    found = {each.locale.language_code: each for each in tree.homes if each.locale_id and tree.is_public(each)}
    if isinstance(page, Page) and page.pk and page.translation_key != home.translation_key:
        found.update({other.locale.language_code: other for other in _translations(page, site)})
    names = [code for code, _name in settings.LANGUAGES if code.split("-")[0] != current and code in found]
    return [
        {
            "code": code,
            "name": str(get_language_info(code)["name_local"]).capitalize(),
            "url": found[code].get_url(context.get("request")) or "/",
            "full_url": found[code].get_full_url(context.get("request")) or "",
            "same": isinstance(page, Page) and found[code].translation_key == page.translation_key,
        }
        for code in names
    ]


def _translations(page: Page, site: Site) -> Iterable[Page]:
    """The public pages that are ``page`` in some language, itself included."""
    if (known := getattr(page, "known_translations", None)) is not None:
        return list(known)
    tops = top_pages(site)
    if any(top.pk == page.pk for top in tops):
        tree = tree_of(site)
        return [top for top in tops if top.translation_key == page.translation_key and tree.is_public(top)]
    return public_pages(Page.objects.filter(translation_key=page.translation_key).select_related("locale"))


@register.simple_tag(takes_context=True)
def search_address(context: template.Context) -> str:
    """Address of the page on which the site is searched in the language of the visit; empty where there is none."""
    return _once(context, f"search {get_language()}", lambda: _search_address(context))


def _search_address(context: template.Context) -> str:
    home = _home(context)
    entries = _entries(context, home) if home is not None else []
    found = (url for page, url in entries if issubclass(page.specific_class or Page, SearchPageMixin))
    return next(found, "") or ""


@register.simple_tag(takes_context=True)
def breadcrumbs(context: template.Context) -> list[dict[str, str]]:
    """The pages above this one, from the home page down; empty on the home page itself."""
    return _once(context, "breadcrumbs", lambda: _breadcrumbs(context))


def _breadcrumbs(context: template.Context) -> list[dict[str, str]]:
    page, site = context.get("page"), _site(context)
    if not isinstance(page, Page) or not page.pk or site is None:
        return []
    home = _home(context)
    if home is None or not page.path.startswith(home.path) or page.pk == home.pk:
        return []
    above = _above(page, home, site)
    return [{"title": entry.title, "url": entry.get_url(context.get("request")) or "/"} for entry in above]


def _above(page: Page, home: Page, site: Site) -> Iterable[Page]:
    """The public pages above ``page``, from ``home`` down."""
    if page.depth > home.depth + 2:
        return public_pages(page.get_ancestors().filter(depth__gte=home.depth))
    known = [*([home] if tree_of(site).is_public(home) else []), *children_of(home, site)]
    return [each for each in known if each.pk != page.pk and page.path.startswith(each.path)]


@register.simple_tag(takes_context=True)
def may_show(context: template.Context, image: Any) -> bool:
    """Tell whether an image may stand on a public page: it exists, is not withdrawn, and its collection is unrestricted."""
    if not image or is_withdrawn(image):
        return False
    return image.collection_id not in _once(context, "restricted", lambda: set(restricted_collections()))


@register.simple_tag
def nearby_pages(items: Any) -> list[int | None]:
    """Numbers of the pages of a list that are offered beside ``items``, one of its pages: the first, the last, those next to
    it; ``None`` for a gap."""
    last, here = items.paginator.num_pages, items.number
    numbers = sorted({1, last, *range(max(1, here - 1), min(last, here + 1) + 1)})
    found: list[int | None] = []
    for number in numbers:
        if found and number - (found[-1] or 0) > 1:
            found.append(None)
        found.append(number)
    return found


@register.simple_tag
def card_template(item: Any) -> str:
    """Template that shows ``item`` in a list: that of its type's card, or of the nearest type above it."""
    found = registry.card_of(type(item))
    return found[1].template if found else "newsroom/components/news_card.html"


@register.simple_tag
def registered_stylesheets() -> list[str]:
    """Stylesheets that other apps bring to the newsroom's pages."""
    return registry.stylesheets()


@register.simple_tag
def registered_scripts() -> list[str]:
    """Scripts that other apps bring to the newsroom's pages."""
    return registry.scripts()


@register.simple_tag(takes_context=True)
def not_shown_yet(context: template.Context, thing: Any) -> bool:
    """Tell whether this page has not shown ``thing`` (a gallery, say) so far; from now on it has."""
    return first_time(context.get("request"), thing)


@register.simple_tag(takes_context=True)
def page_to_ask_about(context: template.Context) -> Any:
    """The page that the form for accessible versions is asked for from here; ``None`` for one that is not public.

    Only somebody with a session reads a page that is restricted: the others cost no query.
    """
    page, request = context.get("page"), context.get("request")
    if not isinstance(page, Page) or not page.pk or not page.live:
        return None
    if request is not None and settings.SESSION_COOKIE_NAME in request.COOKIES:
        return page if public_pages(Page.objects.filter(pk=page.pk)).exists() else None
    return page


@register.simple_tag
def lang_attr(page: Any) -> str:
    """Language of ``page`` as the value of a ``lang`` attribute; the site's default where it has none."""
    locale = getattr(page, "locale", None)
    return locale.language_code if isinstance(locale, Locale) else settings.LANGUAGE_CODE


@register.simple_tag(takes_context=True)
def newsroom_userbar(context: template.Context) -> str:
    """Wagtail's user bar, for people with a session only: asking who a visitor is would vary the page by cookie."""
    request = context.get("request")
    if request is None or settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return ""
    from wagtail.admin.templatetags.wagtailuserbar import wagtailuserbar

    return wagtailuserbar(context)


@register.simple_tag
def newsroom_dark_selector() -> str:
    """The selector by which the host says that its pages are dark; empty where its ``color-scheme`` says it."""
    return dark_selector()


@register.simple_tag
def part_is_on(part: str) -> bool:
    """Whether the host uses a part of the newsroom: ``ACCESS_REQUESTS``, ``REGISTRATION``, ``SHARING``, ``BUNDLES``."""
    return is_on(part)
