"""“Publish together” in the admin: preparing, looking, acting, and who may."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, Page

from tests.admin.desk import EDITORS, Desk, member
from tests.registering import checked_by
from wagtail_newsroom.news.models import Bundle, BundlePage, BundleState, NewsPage, Retirement
from wagtail_newsroom.news.publishing.bundles import publish_bundle, schedule_bundle
from wagtail_newsroom.news.registry.contracts import Finding, Severity

pytestmark = pytest.mark.services

HOUR = dt.timedelta(hours=1)
ACTS = ("publish", "schedule", "move", "unschedule", "retire")


def draft(parent: Page, title: str, owner: Any = None) -> NewsPage:
    page = NewsPage(title=title, lead="Szkic.", live=False, owner=owner)
    parent.add_child(instance=page)
    page.save_revision(user=owner)
    return page


@pytest.fixture
def pages(tree: dict[str, Page], editor: Desk) -> list[NewsPage]:
    return [draft(tree["news"], title, editor.user) for title in ("Zapowiedź", "Relacja")]


@pytest.fixture
def bundle(pages: list[NewsPage], editor: Desk) -> Bundle:
    bundle = Bundle.objects.create(title="Konferencja", owner=editor.user)
    for position, page in enumerate(pages):
        BundlePage.objects.create(bundle=bundle, page=page, sort_order=position)
    return bundle


@pytest.fixture
def stranger(tree: dict[str, Page]) -> Desk:
    """Somebody who prepares bundles in another section."""
    user = member(EDITORS, "stranger")
    user.groups.clear()
    section = user.groups.create(name="Inny dział")
    section.permissions.add(
        Permission.objects.get(codename="access_admin"),
        *Permission.objects.filter(content_type__app_label="newsroom", content_type__model="bundle"),
    )
    for verb in ("add", "change", "publish"):
        GroupPagePermission.objects.create(group=section, page=tree["events"], permission_type=verb)
    return Desk(user)


def url(name: str, *args: Any) -> str:
    return reverse(f"newsroom_bundles:{name}", args=args)


def rows(*pages: Page, kept: tuple[BundlePage, ...] = ()) -> dict[str, Any]:
    """What the form of a bundle sends for its pages."""
    data: dict[str, Any] = {
        "pages-TOTAL_FORMS": len(kept) + len(pages),
        "pages-INITIAL_FORMS": len(kept),
        "pages-MIN_NUM_FORMS": 1,
        "pages-MAX_NUM_FORMS": 1000,
    }
    for place, (key, page) in enumerate([*((row.pk, row.page) for row in kept), *(("", page) for page in pages)]):
        data |= {
            f"pages-{place}-id": key,
            f"pages-{place}-page": page.pk,
            f"pages-{place}-ORDER": place + 1,
            f"pages-{place}-DELETE": "",
        }
    return data


def moment(at: dt.datetime) -> str:
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M")


def text(response: HttpResponse) -> str:
    return response.content.decode()


def states() -> dict[str, bool]:
    return dict(NewsPage.objects.values_list("title", "live"))


def test_editor_prepares_a_bundle_from_their_own_pages(pages: list[NewsPage], editor: Desk) -> None:
    assert editor.client.get(url("add")).status_code == 200
    answer = editor.client.post(url("add"), {"title": "Razem", **rows(*pages)})
    made = Bundle.objects.get()

    assert (answer.status_code, answer["Location"]) == (302, url("inspect", made.pk))
    assert (made.title, made.owner, made.state) == ("Razem", editor.user, BundleState.DRAFT)
    assert [row.page_id for row in made.pages.order_by("sort_order")] == [page.pk for page in pages]
    shown = text(editor.client.get(url("inspect", made.pk)))
    assert "Zapowiedź" in shown
    assert url("action", made.pk, "publish") not in shown
    assert "Whoever may publish every page" in shown


def test_page_that_its_editor_may_not_edit_is_not_added(
    tree: dict[str, Page], pages: list[NewsPage], editor: Desk, bundle: Bundle
) -> None:
    foreign = draft(tree["news"], "Cudza i tajna")
    kept = tuple(bundle.pages.order_by("sort_order"))
    for answer in (
        editor.client.post(url("add"), {"title": "Razem", **rows(foreign)}),
        editor.client.post(url("edit", bundle.pk), {"title": "Inna", **rows(foreign, kept=kept)}),
    ):
        assert answer.status_code == 200
        assert "You may not edit this page. Choose another." in text(answer)
    assert list(Bundle.objects.values_list("title", flat=True)) == ["Konferencja"]
    assert bundle.pages.count() == 2


def test_page_chosen_twice_is_told(pages: list[NewsPage], editor: Desk) -> None:
    answer = editor.client.post(url("add"), {"title": "Razem", **rows(pages[0], pages[0])})

    assert "duplicate" in text(answer)
    assert not Bundle.objects.exists()


def test_publisher_publishes_with_one_button_and_a_confirmation(bundle: Bundle, publisher: Desk) -> None:
    shown = text(publisher.client.get(url("inspect", bundle.pk)))
    assert url("action", bundle.pk, "publish") in shown
    asked = publisher.client.get(url("action", bundle.pk, "publish"))
    assert asked.status_code == 200
    assert "All pages of this bundle become public at once" in text(asked)
    assert states() == {"Zapowiedź": False, "Relacja": False}

    answer = publisher.client.post(url("action", bundle.pk, "publish"), follow=True)
    assert states() == {"Zapowiedź": True, "Relacja": True}
    assert "“Konferencja” is public." in text(answer)
    assert url("action", bundle.pk, "retire") in text(answer)


def test_publisher_schedules_moves_and_takes_back(bundle: Bundle, publisher: Desk) -> None:
    at = (timezone.now() + HOUR).replace(second=0, microsecond=0)
    late = at + HOUR
    sent = {"at": moment(at), "retire_at": moment(late), "retire_reason": "Projekt się zakończył."}
    answer = publisher.client.post(url("action", bundle.pk, "schedule"), sent, follow=True)
    bundle.refresh_from_db()
    assert (bundle.state, bundle.go_live_at, bundle.retire_at) == (BundleState.SCHEDULED, at, late)
    assert "is scheduled" in text(answer)

    # It cannot be edited or deleted meanwhile, and says how it could.
    for name in ("edit", "delete"):
        for method in (publisher.client.get, publisher.client.post):
            refused = method(url(name, bundle.pk), follow=True)
            assert "Take its date back first" in text(refused)
    assert Bundle.objects.filter(pk=bundle.pk).exists()

    sooner = at + HOUR / 2
    publisher.client.post(url("action", bundle.pk, "move"), {"at": moment(sooner)})
    bundle.refresh_from_db()
    assert bundle.go_live_at == sooner

    publisher.client.post(url("action", bundle.pk, "unschedule"))
    bundle.refresh_from_db()
    assert bundle.state == BundleState.DRAFT
    assert states() == {"Zapowiedź": False, "Relacja": False}


def test_publisher_retires_with_a_reason(bundle: Bundle, publisher: Desk) -> None:
    publish_bundle(bundle, publisher.user)
    answer = publisher.client.post(url("action", bundle.pk, "retire"), {"reason": " "})
    assert states() == {"Zapowiedź": True, "Relacja": True}
    assert answer.status_code == 200

    publisher.client.post(url("action", bundle.pk, "retire"), {"reason": "Projekt się zakończył."})
    assert states() == {"Zapowiedź": False, "Relacja": False}
    assert set(Retirement.objects.values_list("reason", flat=True)) == {"Projekt się zakończył."}


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"at": "2020-01-01 10:00"}, "This moment has passed"),
        ({"at": "2027-03-28 02:30"}, "couldn’t be interpreted in time zone"),
        ({"at": "jutro"}, "Enter a valid date/time"),
        ({"at": "2098-01-02 10:00", "retire_at": "2098-01-01 10:00", "retire_reason": "x"}, "retire before"),
        ({"at": "2098-01-02 10:00", "retire_at": "2098-01-03 10:00"}, "Tell readers why"),
    ],
)
def test_bad_date_is_told_and_what_was_typed_stays(
    bundle: Bundle, publisher: Desk, typed: dict[str, str], told: str
) -> None:
    typed = {"retire_reason": "Zapamiętaj mnie", **typed} if "retire_at" not in typed else typed
    answer = publisher.client.post(url("action", bundle.pk, "schedule"), typed)

    assert answer.status_code == 200
    assert told in text(answer)
    for value in typed.values():
        assert value in text(answer)
    bundle.refresh_from_db()
    assert bundle.state == BundleState.DRAFT


@pytest.fixture
def odd_pages() -> Iterator[None]:
    """One check alone: it stops the report and warns of all other pages."""
    with checked_by(
        lambda page: [
            Finding("x", Severity.BLOCK if page.title == "Relacja" else Severity.WARN, f"{page.title} <b>lacks</b> it.")
        ]
    ):
        yield


@pytest.mark.usefixtures("odd_pages")
def test_what_stops_a_page_is_shown_beside_it_and_stops_all(bundle: Bundle, publisher: Desk) -> None:
    shown = text(publisher.client.get(url("inspect", bundle.pk)))
    assert "Stops the publication:</strong> Relacja &lt;b&gt;lacks&lt;/b&gt; it." in shown
    assert "Zapowiedź &lt;b&gt;lacks&lt;/b&gt; it." in shown

    answer = publisher.client.post(url("action", bundle.pk, "publish"))
    assert "Zapowiedź: Zapowiedź &lt;b&gt;lacks&lt;/b&gt; it." in text(answer)
    assert "This field is required." in text(answer)
    answer = publisher.client.post(url("action", bundle.pk, "publish"), {"reason": "Na prośbę dyrekcji."})
    assert "Nothing has been done, because:" in text(answer)
    assert "Relacja: Relacja &lt;b&gt;lacks&lt;/b&gt; it." in text(answer)
    assert states() == {"Zapowiedź": False, "Relacja": False}


@pytest.mark.parametrize("act", ACTS)
def test_editor_may_not_act(bundle: Bundle, editor: Desk, act: str) -> None:
    for method in (editor.client.get, editor.client.post):
        answer = method(url("action", bundle.pk, act), {"at": moment(timezone.now() + HOUR), "reason": "x"})
        assert (answer.status_code, answer["Location"]) == (302, reverse("wagtailadmin_home"))
    assert states() == {"Zapowiedź": False, "Relacja": False}
    bundle.refresh_from_db()
    assert bundle.state == BundleState.DRAFT


def test_stranger_sees_and_does_nothing(bundle: Bundle, publisher: Desk, stranger: Desk) -> None:
    schedule_bundle(bundle, timezone.now() + HOUR, publisher.user)
    listed = stranger.client.get(url("index"))
    assert listed.status_code == 200
    assert "Konferencja" not in text(listed)
    addresses = [url(name, bundle.pk) for name in ("inspect", "edit", "delete", "history", "usage")]
    addresses += [url("action", bundle.pk, act) for act in ACTS]
    for address in addresses:
        for method in (stranger.client.get, stranger.client.post):
            answer = method(address, {"title": "Przejęta", "reason": "x", **rows()})
            assert answer.status_code in {404, 405}, address
            assert "Konferencja" not in text(answer)
            assert "Zapowiedź" not in text(answer)
    bundle.refresh_from_db()
    assert (bundle.title, bundle.state) == ("Konferencja", BundleState.SCHEDULED)


def test_titles_of_pages_that_the_owner_may_not_see_are_not_told(
    tree: dict[str, Page], stranger: Desk, pages: list[NewsPage]
) -> None:
    """A page was moved out of its owner's section after it had been added."""
    bundle = Bundle.objects.create(title="Moja", owner=stranger.user)
    BundlePage.objects.create(bundle=bundle, page=pages[0])
    shown = text(stranger.client.get(url("inspect", bundle.pk)))

    assert "1 page that you may not see" in shown
    assert "Zapowiedź" not in shown
    assert "Zapowiedź" not in text(stranger.client.get(url("edit", bundle.pk)))


def test_people_outside_are_sent_to_sign_in(bundle: Bundle, client: Any) -> None:
    for address in [url("index"), url("inspect", bundle.pk), *[url("action", bundle.pk, act) for act in ACTS]]:
        for method in (client.get, client.post):
            answer = method(address)
            assert answer.status_code == 302
            assert answer["Location"].startswith(reverse("wagtailadmin_login"))
    assert states() == {"Zapowiedź": False, "Relacja": False}


def test_list_of_bundles_asks_as_often_for_thirty_as_for_one(
    tree: dict[str, Page], publisher: Desk, django_assert_num_queries: Any
) -> None:
    counts = set()
    publisher.client.get(url("index"))
    for wanted in (1, 3, 18):
        while Bundle.objects.count() < wanted:
            made = Bundle.objects.create(title=f"Paczka {Bundle.objects.count()}")
            BundlePage.objects.create(bundle=made, page=draft(tree["news"], made.title))
        with django_assert_num_queries(30, exact=False) as asked:
            assert f"Paczka {wanted - 1}" in text(publisher.client.get(url("index")))
        counts.add(len(asked))

    assert len(counts) == 1


def test_empty_list_says_what_a_bundle_is(tree: dict[str, Page], publisher: Desk) -> None:
    shown = text(publisher.client.get(url("index")))
    assert "Nothing is published together yet." in shown
    assert "to display" not in shown
