"""L12: a link to a draft ends, is for one page, is stored and found by nobody, and tells of no other draft."""

import datetime as dt
import re
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from home.models import StandardPage
from tests.factories import make_photo, private_collection, restrict
from tests.soak import sample
from tests.trust.doors import Answer, ask, ask_all, leaks
from tests.trust.planting import Planter, World, page_types
from wagtail_newsroom.galleries.models import GalleryPage
from wagtail_newsroom.news.models import DraftLink, EventPage, NewsPage, Organisation, PageAttachment, Project
from wagtail_newsroom.news.publishing.sharing.links import leave_remark, revoke_link, share_draft

WORD, OWN = "zqtajne", "zqmoje"
NEVER = f"/podglad/{'Nigdy' * 8}/"  # a link that never was


@pytest.fixture
def sharer(world: World) -> Any:
    """An editor of the whole site, its pictures and files."""
    return editor("sharer", Collection.get_first_root_node())


def editor(name: str, collection: Collection) -> Any:
    user = get_user_model().objects.create_user(name, f"{name}@example.org")
    group = Group.objects.create(name=f"Group of {name}")
    group.user_set.add(user)
    change = Permission.objects.get(content_type__app_label="wagtailcore", codename="change_page")
    GroupPagePermission.objects.create(group=group, page=Page.get_first_root_node(), permission=change)
    for codename in ("choose_image", "choose_document"):
        permission = Permission.objects.get(content_type__app_label__startswith="wagtail", codename=codename)
        GroupCollectionPermission.objects.create(group=group, collection=collection, permission=permission)
    return user


def address(link: DraftLink) -> str:
    return reverse("newsroom_draft", args=[link.token])


def addresses_under(link: DraftLink, answer: Answer) -> list[str]:
    """The pictures and files that the page offers under its link."""
    return sorted(set(re.findall(rf"{address(link)}(?:media|plik)/[^\s\"'<,]+", answer.body)))


SHAREABLE = page_types()


@pytest.mark.sampled
@pytest.mark.parametrize("hidden_model", [EventPage, GalleryPage], ids=lambda model: model.__name__)
def test_l12_shared_draft_tells_of_no_other_draft(
    world: World, stranger: Client, sharer: Any, subtests: pytest.Subtests, hidden_model: type[Page]
) -> None:
    """What holds texts and files with both, every other type with one of them."""
    hidden = Planter(world, WORD).page(hidden_model, live=False)
    turn = SHAREABLE[hidden_model is GalleryPage :: 2]
    for model in sample(SHAREABLE, [each for each in SHAREABLE if each in turn or _has_files(each)]):
        with subtests.test(model._meta.label):
            draft = Planter(world, OWN, target=hidden).page(model, live=False)

            answer = ask(stranger, address(share_draft(draft, sharer)))

            assert answer.holds(OWN)
            assert leaks([answer], WORD) == []


def test_l12_everything_that_the_shared_page_offers_comes_and_goes_with_the_link(
    world: World, stranger: Client, sharer: Any, subtests: pytest.Subtests
) -> None:
    for model in SHAREABLE:
        with subtests.test(model._meta.label):
            link = share_draft(Planter(world, OWN).page(model, live=False), sharer)
            answer = ask(stranger, address(link))
            assert answer.holds(OWN)
            offered = addresses_under(link, answer)
            assert offered or model.__name__ in {"ContactPage", "NewsIndexPage"} or not _has_files(model)
            assert {each.status for each in ask_all(stranger, offered).values()} <= {200}
            assert re.findall(rf"[\"'\s,](/(?:media|documents)/[^\"'\s]*{OWN}[^\"'\s]*)", answer.body) == []

            revoke_link(link, sharer)
            gone = ask_all(stranger, [address(link), *offered])

            assert {each.status for each in gone.values()} == {404}
            assert len({each.body for each in gone.values()}) == 1


def _has_files(model: type[Page]) -> bool:
    return model in {NewsPage, EventPage, GalleryPage, StandardPage}


def test_l12_link_leads_to_pictures_and_files_of_its_own_page_only(world: World, stranger: Client, sharer: Any) -> None:
    mine, others = Planter(world, OWN), Planter(world, WORD)
    link = share_draft(mine.page(NewsPage, live=False), sharer)
    other = share_draft(others.page(NewsPage, live=False), sharer)
    ask(stranger, address(link))
    foreign = addresses_under(other, ask(stranger, address(other)))
    assert foreign

    crossed = [each.replace(other.token, link.token) for each in foreign]
    crossed += [f"{address(link)}plik/{pk}/" for pk in (others.any_document().pk, 10**30, 0)]
    crossed += [
        f"{address(link)}media/{others.any_photo().file.name}",
        f"{address(link)}media/{others.any_document().file.name}",
        f"{address(link)}media/{mine.any_document().file.name}",
        f"{address(link)}media/images/../{others.any_photo().file.name}",
        f"{address(link)}media/%00",
    ]

    assert {each: answer.status for each, answer in ask_all(stranger, crossed).items() if answer.status != 404} == {}


def test_l12_link_is_for_one_page_not_for_those_below_it(world: World, stranger: Client, sharer: Any) -> None:
    parent = Planter(world, OWN).page(StandardPage, live=False)
    Planter(world, WORD).page(StandardPage, parent=parent, live=False)
    link = share_draft(parent, sharer)

    answers = ask_all(stranger, [address(link), f"{address(link)}{WORD}-standardpage-0/"])

    assert leaks(answers.values(), f"{WORD} ") == []


@pytest.mark.parametrize("end", ["expired", "revoked", "private", "left", "unknown", "malformed", "deleted", "empty"])
def test_l12_every_link_that_leads_nowhere_answers_alike(world: World, stranger: Client, sharer: Any, end: str) -> None:
    draft = Planter(world, WORD).page(NewsPage, live=False)
    link = share_draft(draft, sharer)
    leave_remark(link, WORD, WORD)
    where = address(link)
    if end == "expired":
        DraftLink.objects.update(expires_at=timezone.now())
    elif end == "revoked":
        revoke_link(link, sharer)
    elif end == "private":
        restrict(draft.get_parent())
    elif end == "left":
        sharer.is_active = False
        sharer.save()
    elif end == "deleted":
        draft.delete()
    elif end == "unknown":
        where = where.replace(link.token, "A" * 43)
    elif end == "malformed":
        where = where.replace(link.token, link.token + "%00ż")
    else:
        where = where.replace(link.token, link.token[:-1])
    never = ask(stranger, NEVER)

    for visitor in (stranger, signed_in(sharer)):
        response, head = visitor.get(where), visitor.head(where)
        posted = visitor.post(where, {"name": WORD, "text": "x"})
        assert (response.status_code, response.content.decode()) == (404, never.body)
        assert (head.status_code, posted.status_code) == (404, 404)
        assert headers_of(response) == headers_of(visitor.get(NEVER))
        assert not response.cookies
        assert WORD not in posted.content.decode()
    assert {ask(stranger, f"{where}{rest}").status for rest in ("media/images/x.jpg", "plik/1/")} == {404}


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def headers_of(response: Any) -> dict[str, str]:
    return {name: value for name, value in response.headers.items() if name not in {"Vary", "Content-Length"}}


def test_l12_end_of_a_link_is_kept_to_the_second(world: World, stranger: Client, sharer: Any) -> None:
    link = share_draft(Planter(world, OWN).page(NewsPage, live=False), sharer, days=1)

    DraftLink.objects.update(expires_at=timezone.now() + dt.timedelta(seconds=30))
    assert ask(stranger, address(link)).status == 200
    DraftLink.objects.update(expires_at=timezone.now())
    assert ask(stranger, address(link)).status == 404


def test_l12_answers_are_stored_by_nobody_found_by_nobody_and_set_no_cookie(
    world: World, stranger: Client, sharer: Any
) -> None:
    link = share_draft(Planter(world, OWN).page(NewsPage, live=False), sharer)
    offered = addresses_under(link, ask(stranger, address(link)))
    responses = [stranger.get(each) for each in [address(link), *offered, NEVER]]
    responses += [stranger.post(address(link), {"name": "Jan", "text": text}) for text in ("Uwaga", "")]

    for response in responses:
        assert response.headers["Cache-Control"] == "private, no-store"
        assert "noindex" in response.headers["X-Robots-Tag"]
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert not response.cookies
        if response.streaming:
            b"".join(response.streaming_content)
    assert 'name="robots" content="noindex' in responses[0].content.decode()
    assert (
        "script-src" in responses[0].headers["Content-Security-Policy"]
        or "default-src 'self'" in (responses[0].headers["Content-Security-Policy"])
    )


def test_l12_validators_tell_nothing_of_a_file_of_a_closed_link(world: World, stranger: Client, sharer: Any) -> None:
    planter = Planter(world, OWN)
    link = share_draft(planter.page(NewsPage, live=False), sharer)
    file = f"{address(link)}plik/{planter.any_document().pk}/"
    revoke_link(link, sharer)

    for headers in ({"If-None-Match": "*"}, {"If-None-Match": f'"{planter.any_document().get_file_hash()}"'}):
        assert ask(stranger, file, **headers).status == 404


def test_l12_files_of_a_private_collection_are_not_shared(world: World, stranger: Client, sharer: Any) -> None:
    planter = Planter(world, WORD, files_in=private_collection())
    draft = Planter(world, OWN, photo=planter.any_photo(), document=planter.any_document()).page(NewsPage, live=False)
    link = share_draft(draft, sharer)

    answers = ask_all(
        stranger,
        [
            address(link),
            f"{address(link)}plik/{planter.any_document().pk}/",
            f"{address(link)}media/{planter.any_photo().file.name}",
        ],
    )

    assert [answer.status for answer in answers.values()] == [200, 404, 404]
    assert leaks(answers.values(), WORD) == []


def test_l12_logo_of_a_drafts_partner_is_read_under_its_link_only(world: World, stranger: Client, sharer: Any) -> None:
    logo = make_photo("Znak", name="znak-partnera.jpg")
    project = Project(name="Projekt", locale=world.tree["home"].locale)
    project.partners = [Organisation.objects.create(name="Partner", logo=logo, locale=world.tree["home"].locale)]
    project.save()
    draft = Planter(world, OWN).page(EventPage, live=False)
    draft.projects = [project]
    draft.save_revision()
    link = share_draft(draft, sharer)

    shared = ask(stranger, f"{address(link)}media/{logo.file.name}")
    assert (shared.status, ask(stranger, f"/media/{logo.file.name}").status) == (200, 404)


@pytest.mark.parametrize("model", [NewsPage, EventPage, GalleryPage, StandardPage], ids=lambda model: model.__name__)
def test_p6_file_that_the_sharer_could_not_choose_is_not_read_through_a_crafted_draft(
    world: World, stranger: Client, model: type[Page]
) -> None:
    """The draft names a picture and a file of another section, as a forged form could."""
    root = Collection.get_first_root_node()
    own, foreign = root.add_child(name="Own section"), root.add_child(name="Another section")
    sharer = editor("narrow", own)
    planter = Planter(world, WORD, files_in=foreign)
    draft = Planter(world, OWN, photo=planter.any_photo(), document=planter.any_document()).page(model, live=False)
    link = share_draft(draft, sharer)

    answers = ask_all(
        stranger,
        [
            address(link),
            f"{address(link)}plik/{planter.any_document().pk}/",
            f"{address(link)}media/{planter.any_photo().file.name}",
        ],
    )

    assert [answer.status for answer in answers.values()] == [200, 404, 404]
    assert leaks(answers.values(), WORD) == []


def test_l12_draft_being_read_opens_nothing_for_the_next_visitor(world: World, stranger: Client, sharer: Any) -> None:
    """What is shown while the draft is rendered is forgotten with it, also where rendering fails."""
    from wagtail_newsroom.news.visibility import documents_of_draft, reading_draft

    planter = Planter(world, WORD)
    page = Planter(world, OWN).page(NewsPage)
    page.attachments.add(PageAttachment(attachment=planter.any_document()))
    page.save_revision()
    ask(stranger, address(share_draft(page, sharer)))
    with pytest.raises(RuntimeError), reading_draft([1]):
        raise RuntimeError

    assert documents_of_draft() == frozenset()
    assert leaks([ask(stranger, page.get_url())], WORD) == []
