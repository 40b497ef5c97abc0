"""T1, T2, T3, T6: who names what they may not see, in whatever field, is told nothing of it; nor is who opens it later.

The fields are those of the forms themselves: a new field, row, block or register enters by itself.
"""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.admin.rich_text import get_rich_text_editor_widget
from wagtail.contrib.settings.registry import registry as settings_registry
from wagtail.log_actions import LogContext
from wagtail.models import Page, Workflow, WorkflowTask
from wagtail.rich_text import extract_references_from_rich_text
from wagtail.snippets.models import get_snippet_models

from tests.factories import NewsPageFactory
from tests.soak import sample
from tests.standing import planted_for_many
from tests.trust.foreign import (
    Foreign,
    ForeignPlanter,
    author_of,
    fill_with_foreign,
    plant_foreign,
    planter_of,
    sent_as_it_is,
)
from tests.trust.grown import Grown
from tests.trust.planting import OUR_APPS, World, page_types
from wagtail_newsroom.news.admin.menu.viewsets import others
from wagtail_newsroom.news.models import ApprovalTask, Bundle, BundlePage, NewsPage, PageAttachment
from wagtail_newsroom.news.naming import UNSEEN, references_of, unseen
from wagtail_newsroom.news.publishing.bundles import BundleRefusedError, publish_bundle, schedule_bundle
from wagtail_newsroom.news.publishing.preflight.preflight import PublicationStopped
from wagtail_newsroom.news.visibility import is_public_file

pytestmark = pytest.mark.slow

WORD = "zqobcy"
JSON = {"Accept": "application/json"}
REFUSED = re.compile("is not one of the available choices|to something that does not exist")


@pytest.fixture(scope="module")
def grown_foreign(grown_world: Grown, django_db_blocker: Any) -> Iterator[Foreign]:
    media = grown_world.media
    with planted_for_many(django_db_blocker, media) as plant:
        yield plant(lambda: plant_foreign(WORD))


@pytest.fixture
def foreign(grown_foreign: Foreign, world: World) -> Foreign:
    return grown_foreign


@pytest.fixture
def author(foreign: Foreign, world: World) -> Client:
    return author_of(world)


@pytest.fixture
def planter(world: World, foreign: Foreign) -> ForeignPlanter:
    return planter_of(world, foreign)


def told(response: Any) -> str:
    """All that an answer says, and the messages that wait for the next page."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return body.decode("utf-8", "replace") + response.headers.get("Location", "") + str(response.cookies)


def leaks(response: Any) -> list[str]:
    """Where the word came out."""
    return re.findall(f".{{0,60}}{WORD}.{{0,20}}", told(response))


def errors_of(form: Any) -> dict[str, str]:
    """The errors of a form and of its rows by the names of their fields, as text."""
    rows = [row for formset in form.formsets.values() for row in formset.forms]
    with translation.override("en"):
        return {
            each.add_prefix(name): str(_plain(errors.as_data()))
            for each in (form, *rows)
            for name, errors in each.errors.items()
        }


def _plain(errors: list[Any]) -> list[Any]:
    return [each.as_json_data() if hasattr(each, "as_json_data") else each.messages for each in errors]


def assert_refused(response: Any, places: dict[str, int]) -> None:
    """Each foreign thing is refused where it stands, as what is not there, and no word of it came back."""
    assert response.status_code == 200
    assert leaks(response) == []
    errors = errors_of(response.context["form"])
    assert {place: len(REFUSED.findall(errors.get(place, ""))) for place in places} == places


def pages_of(world: World) -> list[Page]:
    return [world.ground[model] for model in page_types()]


def versions() -> tuple[int, int]:
    return Page.objects.count(), Page.objects.order_by("-latest_revision_id").values_list(
        "latest_revision_id", flat=True
    )[0]


def test_t1_t2_page_that_names_what_its_author_may_not_is_refused(
    world: World, author: Client, planter: ForeignPlanter, subtests: pytest.Subtests
) -> None:
    """Saved, saved by itself, previewed: of every type, in every field, row, block and text at once."""
    named: set[str] = set()
    for page in pages_of(world):
        with subtests.test(page._meta.label):
            url = reverse("wagtailadmin_pages:edit", args=[page.pk])
            filled = fill_with_foreign(author.get(url), planter)
            named |= {f"{page._meta.label}.{place}" for place in filled.places}
            if not filled.places:
                continue
            before = versions()

            assert_refused(author.post(url, filled.data), filled.places)
            by_itself = author.post(url, filled.data, headers=JSON)
            assert (by_itself.status_code, leaks(by_itself)) == (400, [])
            preview = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
            assert author.post(preview, filled.data).json()["is_valid"] is False
            assert leaks(author.get(preview)) == []
            assert versions() == before
    assert {"newsroom.NewsPage.about_event", "newsroom.NewsPage.lead_image", "newsroom.NewsPage.body"} <= named
    assert any("related_links-" in place for place in named)
    assert any("consultations.ConsultationPage.about" in place for place in named)


@pytest.mark.sampled
def test_t1_t2_new_page_that_names_what_its_author_may_not_is_refused(
    world: World, author: Client, planter: ForeignPlanter, subtests: pytest.Subtests
) -> None:
    """Of every other type: the form is that of the page, which is tried with each."""
    for model in sample(page_types(), page_types()[::2]):
        parent = world.ground[model].get_parent()
        url = reverse("wagtailadmin_pages:add", args=[model._meta.app_label, model._meta.model_name, parent.pk])
        form = author.get(url)
        if form.status_code != 200:
            continue  # one of its kind is all that may stand there
        with subtests.test(model._meta.label):
            filled = fill_with_foreign(form, planter)
            if not filled.places:
                continue
            before = versions()

            assert_refused(author.post(url, filled.data), filled.places)
            by_itself = author.post(url, filled.data, headers=JSON)
            assert (by_itself.status_code, leaks(by_itself)) == (400, [])
            assert versions() == before


def forms_of_registers() -> Iterator[str]:
    """Addresses of forms that are no page's: snippets, registers, settings, bundles, redirects."""
    for model in get_snippet_models():
        names = model.snippet_viewset
        yield reverse(names.get_url_name("add"))
        yield from (reverse(names.get_url_name("edit"), args=[row.pk]) for row in model._default_manager.all()[:1])
    for register in others():
        yield register.url_helper.create_url
        yield from (
            register.url_helper.get_action_url("edit", row.pk) for row in register.model._default_manager.all()[:1]
        )
    for model in settings_registry:
        if model._meta.app_label in OUR_APPS:
            yield reverse("wagtailsettings:edit", args=[model._meta.app_label, model._meta.model_name])
    yield reverse("newsroom_bundles:add")
    yield reverse("wagtailredirects:add")


def test_t2_t3_row_of_a_register_that_names_what_its_author_may_not_is_refused(
    world: World, author: Client, planter: ForeignPlanter, subtests: pytest.Subtests
) -> None:
    named: set[str] = set()
    for url in forms_of_registers():
        form = author.get(url, follow=True)
        if form.status_code != 200 or "form" not in (form.context or {}):
            continue
        with subtests.test(url):
            at = form.redirect_chain[-1][0] if form.redirect_chain else url
            filled = fill_with_foreign(form, planter)
            named |= {f"{url}{place}" for place in filled.places}
            if filled.places:
                assert_refused(author.post(at, filled.data), filled.places)
    assert any("/organisation/add/logo" in place for place in named)
    assert any("/newsroom_bundles/" in place for place in named)
    assert any("/redirects/" in place for place in named)


def test_t2_place_that_one_may_not_know_of_is_not_named(
    world: World, author: Client, foreign: Foreign, subtests: pytest.Subtests
) -> None:
    """Where a page is to be copied, moved, or made."""
    page, parent = world.ground[page_types()[0]], foreign.pages[0]
    label = (page._meta.app_label, page._meta.model_name)
    sent = {"new_title": "Kopia", "new_slug": "kopia", "new_parent_page": parent.pk, "parent_page": parent.pk}
    for name, arguments in (("copy", [page.pk]), ("move", [page.pk]), ("choose_parent", label)):
        with subtests.test(name):
            answer = author.post(reverse(f"wagtailadmin_pages:{name}", args=arguments), sent)

            assert (answer.status_code, leaks(answer)) == (200, [])


def places_that_show(page: Page) -> Iterator[str]:
    """Where staff see what a page refers to."""
    first, last = page.revisions.order_by("pk").first(), page.latest_revision_id
    yield reverse("wagtailadmin_pages:edit", args=[page.pk])
    yield reverse("wagtailadmin_pages:view_draft", args=[page.pk])
    yield reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    yield reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, first.pk, last])
    yield reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, "live", last])
    yield reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, last])
    yield reverse("wagtailadmin_pages:history", args=[page.pk])
    yield reverse("wagtailadmin_pages:usage", args=[page.pk])
    yield reverse("newsroom_preflight", args=[page.pk])
    yield reverse("newsroom_preflight_gate", args=[page.pk])
    yield reverse("wagtailadmin_explore", args=[page.get_parent().pk])


@pytest.mark.sampled
def test_t1_what_stands_in_a_version_is_an_item_that_one_may_not_see(
    world: World, author: Client, planter: ForeignPlanter, subtests: pytest.Subtests
) -> None:
    """Put there by code or by a colleague: the form and all that shows it are silent, and saving again keeps it.

    The form of each type, and of what else shows pages a third with each: every place comes round with several types.
    """
    user, kept = person(), []
    for number, page in enumerate(pages_of(world)):
        page.save_revision()
        draft = page.get_latest_revision_as_object()
        planter.fill(draft, over=True)
        draft.save_revision()
        stands = unseen(references_of(draft), user)
        if not stands:
            continue
        page.refresh_from_db()
        with subtests.test(page._meta.label):
            places = list(places_that_show(page))
            for address in sample(places, places[number % 3 :: 3]):
                assert (address, leaks(author.get(address))) == (address, [])
            form = author.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
            assert leaks(form) == []
            with translation.override("en"):  # as the form is read here
                assert str(UNSEEN) in told(form)
            answer = author.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), sent_as_it_is(form))
            refused = REFUSED.findall(str(errors_of(answer.context["form"]))) if answer.status_code == 200 else []
            assert (refused, leaks(answer)) == ([], [])
            if answer.status_code == 302:
                assert unseen(references_of(page.get_latest_revision_as_object()), user) == stands
                kept.append(page)
    assert kept


def test_t1_text_editor_keeps_what_it_does_not_show(
    author: Client, foreign: Foreign, planter: ForeignPlanter, english: None
) -> None:
    """The addresses, file names and pictures are left out; what comes back from the browser names the same things."""
    editor = get_rich_text_editor_widget(features=["link", "document-link", "image"])
    with LogContext(user=person()):
        shown = editor.format_value(planter.text())
    back = editor.value_from_datadict({"text": shown}, {}, "text")

    assert (WORD in shown, str(UNSEEN) in shown) == (False, True)
    assert set(extract_references_from_rich_text(back)) == set(extract_references_from_rich_text(planter.text()))


# T6: at the door of publication


@pytest.fixture
def prepared(world: World, author: Client, foreign: Foreign) -> NewsPage:
    """A draft of the author's section that shows a photo and a file which only a colleague may choose."""
    page = NewsPageFactory(parent=world.tree["news"], live=False, lead_image=foreign.photo, lead_image_alt="Sala obrad")
    page.attachments.add(PageAttachment(attachment=foreign.document))
    page.save_revision(user=get_user_model().objects.create_user("colleague"))
    return NewsPage.objects.get(pk=page.pk)


def is_open(foreign: Foreign) -> tuple[bool, bool]:
    return is_public_file(foreign.photo), is_public_file(foreign.document)


def person() -> Any:
    """The author as the next request meets them."""
    return get_user_model().objects.get(username="author")


def test_t6_publisher_opens_no_files_that_they_may_not_choose(
    prepared: NewsPage, author: Client, foreign: Foreign
) -> None:
    url = reverse("wagtailadmin_pages:edit", args=[prepared.pk])
    stopped = author.post(url, {**sent_as_it_is(author.get(url)), "action-publish": "action-publish"})
    gate = author.get(stopped["Location"])
    assert ("a photo that you may not choose" in told(gate), leaks(gate)) == (True, [])

    version = f"{prepared.latest_revision_id} {prepared.latest_revision.created_at.isoformat()}"
    author.post(stopped["Location"], {"act": "publish", "reason": "Tak trzeba.", "revision": version})
    with pytest.raises(PublicationStopped):
        NewsPage.objects.get(pk=prepared.pk).get_latest_revision().publish(user=person())

    prepared.refresh_from_db()
    assert (prepared.live, is_open(foreign)) == (False, (False, False))


@pytest.mark.parametrize("act", [publish_bundle, schedule_bundle])
def test_t6_bundle_opens_no_files_that_its_publisher_may_not_choose(
    prepared: NewsPage, foreign: Foreign, act: Any
) -> None:
    bundle = Bundle.objects.create(title="Zestaw", owner=person())
    BundlePage.objects.create(bundle=bundle, page=prepared)
    at = (timezone.now() + dt.timedelta(days=1),) if act is schedule_bundle else ()

    with translation.override("en"), pytest.raises(BundleRefusedError, match="a photo that you may not choose"):
        act(bundle, *at, user=person(), reason="Tak trzeba.")

    assert is_open(foreign) == (False, False)


def test_t6_files_are_opened_by_who_may_choose_them_and_by_an_approval(prepared: NewsPage, foreign: Foreign) -> None:
    task = ApprovalTask.objects.create(name="Krok")
    task.groups.add(*person().groups.all())
    workflow = Workflow.objects.create(name="Obieg")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    state = workflow.start(prepared, get_user_model().objects.get(username="colleague")).current_task_state

    assert state.task.specific.on_action(state, person(), "approve") is None

    prepared.refresh_from_db()
    assert (prepared.live, is_open(foreign)) == (True, (True, True))
