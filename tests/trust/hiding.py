"""Every way of hiding a page, a file or a row; and one tree in which all of them stand side by side.

Whatever is hidden holds a word that begins with :data:`WORD` and says how it is hidden: a leak says whose it is.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Collection, CollectionViewRestriction, Locale, Page, PageViewRestriction, Site

from home.models import HomePage, StandardPage
from tests.factories import (
    EventIndexPageFactory,
    GalleryIndexPageFactory,
    NewsIndexPageFactory,
    make_attachment,
    make_photo,
)
from tests.soak import sample
from tests.trust.delivery_doors import V1
from tests.trust.doors import (
    V2,
    V3,
    Answer,
    address_of,
    all_doors,
    ask,
    ask_all,
    doors_of_type,
    doors_to,
    own_addresses,
    v2_endpoints,
)
from tests.trust.planting import Planter, World, page_types
from wagtail_newsroom.galleries.models import GalleryPage
from wagtail_newsroom.galleries.publishing.sizes import prepare_sizes
from wagtail_newsroom.news.models import (
    EventPage,
    NewsPage,
    NewsroomSettings,
    Organisation,
    Project,
    SearchPageMixin,
    Topic,
)
from wagtail_newsroom.news.publishing.schedule.due import run_due
from wagtail_newsroom.news.publishing.sharing.links import share_draft
from wagtail_newsroom.news.publishing.updates.retiring import retire_page

WORD = "zqtajne"
CHANGES, REDIRECTS = f"{V1}/changes/", f"{V1}/redirects/"
Hide = Callable[[Planter, type[Page]], Page]
Doors = Callable[[Page], list[tuple[str, str]]]


# Ways of hiding one page


def draft(planter: Planter, model: type[Page]) -> Page:
    return planter.page(model, live=False)


def scheduled(planter: Planter, model: type[Page]) -> Page:
    page = planter.page(model, live=False)
    page.go_live_at = timezone.now() + dt.timedelta(days=2)
    page.save_revision().publish()
    assert page.revisions.filter(approved_go_live_at__isnull=False).exists()
    return page


def past_its_expiry(planter: Planter, model: type[Page]) -> Page:
    """Live still: no scheduler has come round."""
    page = planter.page(model)
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - dt.timedelta(minutes=1))
    return page


def expired(planter: Planter, model: type[Page]) -> Page:
    page = past_its_expiry(planter, model)
    run_due()
    page.refresh_from_db()
    assert not page.live
    return page


def unpublished(planter: Planter, model: type[Page]) -> Page:
    page = planter.page(model)
    page.unpublish()
    return page


def retired(planter: Planter, model: type[Page], **where: Page) -> Page:
    page = planter.page(model, **where)
    retire_page(page, None, reason=f"{planter.word} powód")
    page.refresh_from_db()
    return page


# In this order: the scheduler that comes round for the fourth would take down the fifth too.
HIDINGS: list[Hide] = [draft, scheduled, unpublished, expired, past_its_expiry]
RESTRICTIONS: dict[str, dict[str, Any]] = {
    "login": {"restriction_type": PageViewRestriction.LOGIN},
    "password": {"restriction_type": PageViewRestriction.PASSWORD, "password": "tylko dla nas"},
    "groups": {"restriction_type": PageViewRestriction.GROUPS},
}


def restrict(page: Page, kind: str) -> None:
    restriction = PageViewRestriction.objects.create(page=page, **RESTRICTIONS[kind])
    if kind == "groups":
        restriction.groups.add(Group.objects.create(name=f"Only {page.pk}"))


# Ways of saving what is not to be seen yet, at a page that is


def for_later(page: Page) -> None:
    page.go_live_at = timezone.now() + dt.timedelta(days=2)
    page.save_revision().publish()


def as_draft(page: Page) -> None:
    page.go_live_at = None
    page.save_revision()


# The tree


@dataclass
class Kind:
    """What is hidden in one way. ``by_address``: pages answer at their own addresses as those that do not exist."""

    planter: Planter
    pages: list[Page] = field(default_factory=list)
    by_address: bool = True
    doors: Doors = doors_of_type


@dataclass
class Hidden:
    """A world in which everything that can be hidden is hidden; what strangers were answered at ``doors`` before that.

    ``shown``: public pages that use private files, each of which holds changes that nobody may see yet.
    """

    world: World
    doors: list[str]
    before: dict[str, Answer]
    kinds: dict[str, Kind]
    shown: list[Page]
    unused_photo: Any
    unused_document: Any
    drafts_under_links: list[Answer]
    since: str
    told_of_edits: Answer

    def never_public(self) -> list[str]:
        """Words of what was never public: no log may name them."""
        names = ["draft", "scheduled", "forlater", "asdraft", "gora", "dol", "otherlanguagedraft", "unused"]
        return [self.kinds[name].planter.word for name in names]


class Hider:
    """Builds a :class:`Hidden` on a world."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.kinds: dict[str, Kind] = {}
        self.stranger = Client()
        self.sharer = get_user_model().objects.create_superuser("sharer")

    def planter(self, name: str, *, by_address: bool = True, doors: Doors = doors_of_type, **options: Any) -> Planter:
        """A planter of the kind ``name``, with a word of its own."""
        planter = Planter(self.world, f"{WORD}{name}", **options)
        self.kinds[name] = Kind(planter, [], by_address, doors)
        return planter

    def plant(self) -> Hidden:
        site, english = self.other_site(), Locale.objects.get_or_create(language_code="en")[0]
        shown = self.pages_with_private_files()
        doors = self.all_doors(shown)
        before = ask_all(self.stranger, doors)

        edited = cursor_of(self.stranger)
        self.edit(shown)
        told_of_edits = changes_since(self.stranger, edited)
        since = cursor_of(self.stranger)
        for number, hide in enumerate(HIDINGS):
            self.hide(hide, number)
        links = [share_draft(page, self.sharer) for page in self.kinds["draft"].pages]
        under_links = [ask(self.stranger, reverse("newsroom_draft", args=[link.token])) for link in links]
        self.close()
        self.kinds["othersite"].pages += fill_other_site(self.kinds["othersite"].planter, site)
        self.translate(english)
        photo, document = self.unused()
        return Hidden(
            self.world, doors, before, self.kinds, shown, photo, document,
            under_links, since, told_of_edits,
        )  # fmt: skip

    # What stands before anything is hidden

    def other_site(self) -> Site:
        home = self.planter("othersite", doors=doors_to).page(HomePage, parent=Page.get_first_root_node())
        site = Site.objects.create(hostname="other.example.org", port=80, root_page=home, site_name="Inna")
        Site.clear_site_root_paths_cache()
        return site

    def pages_with_private_files(self) -> list[Page]:
        """Public pages of each type that show files of a private collection, and some that show those of one below it."""
        top = Collection.get_first_root_node().add_child(name="Sprawy wewnętrzne")
        collections = {"gora": (top, page_types()), "dol": (top.add_child(name="Robocze"), page_types()[1::3])}
        pages: list[Page] = []
        for name, (collection, some) in collections.items():
            hidden = self.planter(name, files_in=collection)
            photo, document = hidden.any_photo(), hidden.any_document()
            prepare_sizes([photo])
            rows = Planter(self.world, f"zqjawne{name}", photo=photo, document=document)
            site = Site.objects.get(is_default_site=True)
            NewsroomSettings.objects.update_or_create(site=site, defaults={"logo": photo})
            pages += [rows.page(model, **_without_words(model)) for model in sample(page_types(), some)]
        asked = ask_all(self.stranger, [address_of(page) for page in pages])
        for name in collections:
            told = [answer for answer in asked.values() if answer.holds(f"{WORD}{name}")]
            assert told, "Nothing was shown before: what looks for it afterwards can't fail."
        restriction = CollectionViewRestriction.objects.create(
            collection=top, restriction_type=CollectionViewRestriction.GROUPS
        )
        restriction.groups.add(Group.objects.create(name="Only few"))
        return pages

    def all_doors(self, shown: list[Page]) -> list[str]:
        """All doors, with a search that finds something, one for the beginning of all hidden words, and for each of them."""
        pages, lists = [*self.world.tree.values(), *shown], {type(page) for page in self.world.tree.values()}
        # Lists are asked with all their filters where they hold something; of another one's address there is enough.
        walked = [page for page in pages if page not in shown or type(page) not in lists]
        apart = [address for page in shown if type(page) in lists for address in _plain_doors_of(page)]
        found = [address for address in all_doors(self.world.ground.values(), "zwykle") if "zwykle" in address]
        boxes = [address_of(page) for page in pages if isinstance(page, SearchPageMixin)]
        assert boxes
        searches = [f"{api}/pages/?limit=100&search={WORD}{name}" for api in (V2, V3) for name in KINDS]
        searches += [f"{V1}/search/?limit=100&q={WORD}{name}" for name in KINDS]
        searches += [f"{box}suggestions.json?q={WORD}{name}" for box in boxes[:1] for name in KINDS]
        files = [f"{V2}/{name}/?search={WORD}{kind}" for name in v2_endpoints() for kind in ("gora", "dol", "unused")]
        return list(dict.fromkeys([*all_doors(walked, WORD), *apart, *found, *searches, *files]))

    # What is hidden

    def edit(self, pages: list[Page]) -> None:
        """Change everything about ``pages``: saved for later, and once more as a draft, which is the younger one."""
        for save in (for_later, as_draft):
            planter = self.planter(save.__name__.replace("_", ""))
            for page in pages:
                save(planter.edit(page))

    def hide(self, hide: Hide, number: int) -> None:
        """Drafts of each type, and every other way with half of the types, other ones each: each type in two of four."""
        planter = self.planter(hide.__name__.replace("_", ""))
        half = [model for place, model in enumerate(page_types()) if hide is draft or (place + number) % 4 < 2]
        types = sample(page_types(), half)
        self.kinds[hide.__name__.replace("_", "")].pages += [hide(planter, model) for model in types]

    def close(self) -> None:
        """Private pages and those below them; retired ones beside, private themselves and below private ones.

        Whether a page is private is asked of it and all above it in one way: each type is tried as one or the other.
        Every restriction makes every answer slower.
        """
        gone = self.planter("retired", by_address=False, doors=doors_but_by_path)
        self.kinds["retired"].pages += [retired(gone, model) for model in page_types()]
        parents = [model for model in page_types() if _below(model)]
        for number, kind in enumerate(RESTRICTIONS):
            planter, gone = self.planter(kind, by_address=False), self.planter(f"{kind}retired")
            gone_below = self.planter(f"{kind}above")
            private = [planter.page(model) for model in sample(page_types(), parents[number::3])]
            pairs = [(parent, model) for parent in private for model in _below(type(parent))]
            some = [(parent, model) for parent, model in pairs if model not in parents]
            under = [planter.page(model, parent=parent) for parent, model in sample(pairs, some)]
            self.kinds[kind].pages += [*private, *under]
            types = sample(page_types(), page_types()[number::3][:2])
            self.kinds[f"{kind}retired"].pages += [retired(gone, model) for model in types]
            self.kinds[f"{kind}above"].pages += [retired(gone_below, model, parent=parent) for parent, model in pairs]
            for page in [*private, *self.kinds[f"{kind}retired"].pages]:
                restrict(page, kind)
        assert {type(page) for kind in RESTRICTIONS for page in self.kinds[kind].pages} == {*page_types()}
        self.move_under_a_private_page()

    def move_under_a_private_page(self) -> None:
        safe = Planter(self.world, "zqskrytka").page(StandardPage)
        restrict(safe, "login")
        page = self.planter("moved", by_address=False).page(StandardPage)
        page.move(safe, pos="last-child")
        page.refresh_from_db()
        self.kinds["moved"].pages.append(page)

    def translate(self, locale: Locale) -> None:
        """Hide translations in two ways: see :func:`exchange_translations`."""
        pages = [page.copy_for_translation(locale, copy_parents=True) for page in self.world.tree.values()]
        pages += [page.copy_for_translation(locale) for model, page in self.world.ground.items() if model in PARENTS]
        for number, name in enumerate(("otherlanguagedraft", "otherlanguageexpired")):
            planter = self.planter(name, by_address=False)
            self.kinds[name].pages += pages[number::2]
            for page in pages[number::2]:
                page.title, page.slug = f"{planter.word} tytuł", f"{planter.word}-{page.pk}"
                page.save()
        _hide_translations(self.kinds, "otherlanguagedraft", "otherlanguageexpired")

    def unused(self) -> tuple[Any, Any]:
        """The photo and the file of an editor who is not done yet, and rows that no page names."""
        planter = self.planter("unused")
        photo = make_photo(f"{planter.word} x", name=f"{planter.word}.jpg")
        document = make_attachment(f"{planter.word} x", name=f"{planter.word}.txt")
        photo.get_rendition("fill-20x20")
        for model in (Organisation, Project, Topic):
            planter.related(model)
        return photo, document


PARENTS = {NewsPage: NewsIndexPageFactory, EventPage: EventIndexPageFactory, GalleryPage: GalleryIndexPageFactory}
KINDS = (
    *(hide.__name__.replace("_", "") for hide in HIDINGS), *RESTRICTIONS,
    "forlater", "asdraft", "retired", "moved", "othersite", "otherlanguagedraft", "otherlanguageexpired", "gora", "dol",
    "unused",
)  # fmt: skip


def fill_other_site(planter: Planter, site: Site) -> list[Page]:
    """Pages of another site, about pages of this one; the first is its home page."""
    pages: list[Page] = [site.root_page]
    for model, index in PARENTS.items():
        slug = f"{planter.word}-{model._meta.model_name}"
        parent = index(parent=site.root_page, title=f"{planter.word} lista", slug=slug)
        pages += [parent, planter.page(model, parent=parent)]
    return pages


def _plain_doors_of(page: Page) -> list[str]:
    return [*own_addresses(page), *(f"{api}/pages/{page.pk}/" for api in (V2, V3))]


def _without_words(model: type[Page]) -> dict[str, str]:
    """The page says nothing of its own about the photo: what shows is what the photo brings along."""
    return {"lead_image_alt": ""} if hasattr(model, "lead_image_alt") else {}


def _below(model: type[Page]) -> list[type[Page]]:
    """Types that may stand below a page of type ``model``; below a home page another one too, which has no other place."""
    homes = [HomePage] if model is HomePage else []
    return homes + [each for each in page_types() if model in each.allowed_parent_page_models()]


def doors_but_by_path(page: Page) -> list[tuple[str, str]]:
    """Those of its type; a front end asks by the address of the page what is said at that address."""
    return [pair for pair in doors_of_type(page) if not pair[0].startswith(f"{V1}/by-path/")]


def exchange_translations(hidden: Hidden) -> None:
    """Have those translations run out that were drafts, and make the others drafts: as if each were hidden in both ways."""
    _hide_translations(hidden.kinds, "otherlanguageexpired", "otherlanguagedraft")


def _hide_translations(kinds: dict[str, Kind], drafts: str, past: str) -> None:
    for name, facts in (
        (drafts, {"live": False, "expire_at": None}),
        (past, {"live": True, "expire_at": timezone.now()}),
    ):
        Page.objects.filter(pk__in=[page.pk for page in kinds[name].pages]).update(**facts)
        kinds[name].pages[:] = [Page.objects.get(pk=page.pk).specific for page in kinds[name].pages]


def cursor_of(visitor: Client) -> str:
    """The place in the log of changes that is reached now."""
    return str(visitor.get(CHANGES).json()["cursor"])


def changes_since(visitor: Client, cursor: str) -> Answer:
    return ask(visitor, f"{CHANGES}?since={cursor}&limit=1000")
