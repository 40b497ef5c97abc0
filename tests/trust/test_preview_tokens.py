"""L12, for other front ends: a token opens what it was made for, until it ends, and leaves nothing behind."""

import datetime as dt
import json
import logging
import re
from collections.abc import Iterable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client, RequestFactory
from django.utils import timezone
from wagtail.models import Collection, GroupPagePermission, Page, Site

from tests.factories import HomePageFactory, NewsPageFactory, private_collection, restrict
from tests.news.api.validating import faults
from tests.trust.delivery_doors import V1, delivery_doors_to, operations
from tests.trust.doors import ask_all, leaks
from tests.trust.planting import Planter, World, page_types
from tests.trust.test_draft_links import editor
from wagtail_newsroom.galleries.publishing.sizes import prepare_sizes
from wagtail_newsroom.news.api.v1.answering import Answer
from wagtail_newsroom.news.api.v1.app import answer_json
from wagtail_newsroom.news.api.v1.gathering import Wanted
from wagtail_newsroom.news.api.v1.previewing import with_previews
from wagtail_newsroom.news.api.v1.reading.files import these_files
from wagtail_newsroom.news.api.v1.reading.images import SPECS, images
from wagtail_newsroom.news.api.v1.routes.items import readings
from wagtail_newsroom.news.models import FrontEndToken, NewsPage, PagePreview
from wagtail_newsroom.news.publishing.sharing.access import PageToken, opened_by
from wagtail_newsroom.news.publishing.sharing.links import revoke_link, share_draft
from wagtail_newsroom.news.publishing.sharing.tokens import (
    FRONT_END,
    PREVIEW,
    clear_ended_tokens,
    keep_preview,
    make_front_end_token,
    revoke_front_end_token,
    write_token,
)
from wagtail_newsroom.news.traffic.scrubbing import TokenFilter

WORD, OWN = "zqtajne", "zqmoje"


@pytest.fixture
def maker(world: World) -> Any:
    return get_user_model().objects.create_superuser("maker", "maker@example.org")


@pytest.fixture
def sharer(world: World) -> Any:
    """An editor of the whole site, its pictures and files."""
    return editor("sharer", Collection.get_first_root_node())


@pytest.fixture
def draft(world: World) -> NewsPage:
    return Planter(world, OWN).page(NewsPage, live=False)


def front_end(maker: Any, site: Site | None = None) -> str:
    return make_front_end_token("Staging", site or Site.objects.get(is_default_site=True), maker, 90)[1]


def item(page: Page) -> str:
    return f"{V1}/news/{page.pk}/"


def read(address: str, token: str, **headers: str) -> Any:
    return Client().get(address, headers={"authorization": f"Preview {token}", **headers})


def tokens_of(page: Page, sharer: Any, maker: Any) -> dict[str, str]:
    """A token of each kind that opens ``page``."""
    return {
        "link": share_draft(page, sharer).token,
        "panel": keep_preview(page, sharer),
        "front end": front_end(maker),
    }


def test_l12_each_kind_of_token_opens_the_draft_by_header_and_by_address_and_nobody_keeps_the_answer(
    draft: NewsPage, sharer: Any, maker: Any, stranger: Client
) -> None:
    assert stranger.get(item(draft)).status_code == 404
    for kind, token in tokens_of(draft, sharer, maker).items():
        by_address = stranger.get(item(draft), {"preview": token})
        by_header = read(
            item(draft), token, **{"If-None-Match": "*", "If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"}
        )

        for answer in (by_address, by_header):
            assert (answer.status_code, answer.json()["title"]) == (200, f"{OWN} tytuł"), kind
            assert answer.headers["Cache-Control"] == "private, no-store"
            assert "noindex" in answer.headers["X-Robots-Tag"]
            assert answer.headers["Referrer-Policy"] == "no-referrer"
            assert {"ETag", "Last-Modified", "Surrogate-Key"} & set(answer.headers) == set()
            assert not answer.cookies
            assert token not in answer.content.decode().replace(f"/podglad/{token}/", "")
    assert stranger.get(item(draft)).status_code == 404


def test_l12_draft_of_each_delivered_type_is_read_whole_in_each_format_by_its_token_alone(
    world: World, sharer: Any, stranger: Client, subtests: pytest.Subtests
) -> None:
    delivered = [each for each in readings() if issubclass(each.model, Page)]  # files are no pages
    assert {each.address for each in delivered} >= {"news"}
    for reading in delivered:
        with subtests.test(reading.address):
            model = next(each for each in page_types() if issubclass(each, reading.model))
            planter = Planter(world, OWN)
            page = planter.page(model, live=False)
            prepare_sizes([planter.any_photo()])
            paths = [path for path in operations() if path.startswith(f"{V1}/{reading.address}/{{id}}")]
            paths = [path for path in paths if "200" in operations()[path]["responses"]]  # others lead elsewhere
            token = keep_preview(page, sharer)

            for path in paths:
                address = path.replace("{id}", str(page.pk))
                answer = read(address, token)
                assert (answer.status_code, stranger.get(address).status_code) == (200, 404), path
                text = answer.content.decode()
                assert OWN in text
                # Cards of public pages have their pictures where everybody has them.
                assert re.findall(rf"(?<!podglad/)/(?:media/images/{OWN}|documents/)", text.replace(token, "")) == []
                if answer.headers["Content-Type"].startswith("application/json"):
                    assert faults(path, 200, answer.json()) == []
            assert paths


def test_l12_no_door_tells_of_a_draft_without_its_token(
    world: World, draft: NewsPage, sharer: Any, maker: Any, stranger: Client
) -> None:
    tokens_of(draft, sharer, maker)
    hidden = Planter(world, WORD).page(NewsPage, live=False)
    of_other = share_draft(hidden, sharer).token
    doors = [door for door, _missing in delivery_doors_to(draft)] + [path for path in operations() if "{" not in path]

    plain = ask_all(stranger, doors)
    foreign = ask_all(stranger, doors, authorization=f"Preview {of_other}")

    assert leaks(plain.values(), OWN) == []
    assert leaks(foreign.values(), OWN) == []
    assert {plain[item(draft)].status, foreign[item(draft)].status} == {404}


def test_l12_token_of_a_page_shows_it_in_lists_and_opens_no_other_draft(
    world: World, draft: NewsPage, sharer: Any
) -> None:
    live = NewsPageFactory(parent=world.parent_for(NewsPage), title="Bez zmian")
    changed = live.get_latest_revision_as_object()
    changed.title = f"{WORD} inny"
    changed.save_revision()
    token = keep_preview(draft, sharer)

    listed = read(f"{V1}/news/?limit=100&order=-id", token).json()

    assert OWN in json.dumps(listed)
    assert listed["count"] == Client().get(f"{V1}/news/").json()["count"] + 1
    assert WORD not in json.dumps(listed)
    assert read(item(live), token).json()["title"] == "Bez zmian"


BAD = [
    "expired",
    "revoked",
    "left",
    "private",
    "deleted",
    "tampered",
    "made up",
    "other key",
    "other site",
    "long",
    "empty",
]


@pytest.mark.parametrize("end", BAD)
def test_l12_token_that_opens_nothing_answers_alike_whatever_the_reason(
    world: World, draft: NewsPage, sharer: Any, maker: Any, settings: Any, end: str
) -> None:
    never = read(item(draft), "A" * 43)
    tokens = list(tokens_of(draft, sharer, maker).values())
    if end == "expired":
        for rows in (draft.newsroom_draft_links.all(), PagePreview.objects.all(), FrontEndToken.objects.all()):
            rows.update(expires_at=timezone.now())
    elif end == "revoked":
        revoke_link(draft.newsroom_draft_links.get(), sharer)
        draft.save_revision().publish()
        draft.unpublish()
        assert revoke_front_end_token(FrontEndToken.objects.get(), maker)
    elif end == "left":
        get_user_model().objects.filter(pk__in=[sharer.pk, maker.pk]).update(is_active=False)
    elif end == "private":
        restrict(draft.get_parent())
        tokens = tokens[:2]
    elif end == "deleted":
        draft.delete()
        tokens = tokens[:2]
    elif end == "tampered":
        tokens = [f"{each[:-3]}{'abc' if each[-3:] != 'abc' else 'abd'}" for each in tokens]
    elif end == "made up":
        tokens = [write_token(PREVIEW, "x" * 43), write_token(FRONT_END, "y" * 43), write_token("D", "1-1")]
    elif end == "other key":
        settings.SECRET_KEY = "another one, of fifty letters or so, for the next thousand years"
        tokens = tokens[1:]
    elif end == "other site":
        Site.objects.create(
            hostname="testserver", root_page=HomePageFactory(parent=Page.get_first_root_node(), slug="b")
        )
    elif end == "long":
        tokens = ["A" * 100_000, "ż" * 43, "a b", "\0" * 43, "%00"]
    else:
        tokens = ["", " "]

    for token in tokens:
        by_address = Client().get(item(draft), {"preview": token})
        for answer in (by_address, *([read(item(draft), token)] if token.isascii() and "\0" not in token else [])):
            assert (answer.status_code, answer.content) == (401, never.content), token[:60]
            assert answer.headers["Cache-Control"] == "private, no-store"
            assert answer.headers["WWW-Authenticate"] == "Preview"
            assert answer.json()["code"] == "preview_refused"
            assert faults(f"{V1}/news/{{id}}/", 401, answer.json()) == []


def test_l12_forged_token_costs_no_query(draft: NewsPage, django_assert_num_queries: Any) -> None:
    forged = write_token(PREVIEW, "x" * 43)[:-1] + "_"
    with django_assert_num_queries(0):
        assert opened_by(forged) is None
        assert opened_by("x" * 10) is None


def test_l12_token_closes_when_the_right_to_edit_goes(draft: NewsPage, sharer: Any) -> None:
    tokens = [share_draft(draft, sharer).token, keep_preview(draft, sharer)]
    assert {read(item(draft), token).status_code for token in tokens} == {200}

    GroupPagePermission.objects.filter(group__in=sharer.groups.all()).delete()

    assert {read(item(draft), token).status_code for token in tokens} == {401}


def test_l12_what_was_typed_is_read_by_its_own_token_alone_and_goes_with_publication(
    draft: NewsPage, sharer: Any, maker: Any
) -> None:
    typed = draft.get_latest_revision_as_object()
    typed.title = f"{OWN} pisane"
    panel, shared = keep_preview(typed, sharer), share_draft(draft, sharer).token
    assert keep_preview(typed, sharer) == panel, "the panel asks again and again"

    titles = [read(item(draft), token).json()["title"] for token in (panel, shared, front_end(maker))]
    assert titles == [f"{OWN} pisane", f"{OWN} tytuł", f"{OWN} tytuł"]

    draft.save_revision().publish()
    assert not PagePreview.objects.exists()
    assert (read(item(draft), panel).status_code, read(item(draft), shared).status_code) == (401, 200)


def test_l12_drafts_of_a_front_end_are_those_that_its_maker_may_edit_and_no_retired_or_private_ones(
    world: World, draft: NewsPage, sharer: Any, maker: Any
) -> None:
    section = Planter(world, WORD).page(NewsPage, live=False)
    token = front_end(maker)

    def listed() -> list[int]:
        answer = read(f"{V1}/drafts/?limit=100", token).json()
        assert answer["count"] == len(answer["items"])
        return [each["id"] for each in answer["items"]]

    assert {draft.pk, section.pk} <= set(listed())
    row = next(each for each in read(f"{V1}/drafts/", token).json()["items"] if each["id"] == draft.pk)
    assert faults(f"{V1}/drafts/", 200, read(f"{V1}/drafts/", token).json()) == []
    assert (row["type"], row["title"], row["locale"], row["is_public"]) == ("news", f"{OWN} tytuł", "pl", False)
    assert row["path"].endswith(f"/{draft.slug}/")
    restrict(section)
    assert section.pk not in listed()
    assert read(item(section), token).status_code == 404
    for opened in (keep_preview(draft, sharer), share_draft(draft, sharer).token):
        assert read(f"{V1}/drafts/", opened).status_code == 401
    assert Client().get(f"{V1}/drafts/").status_code == 401
    assert FrontEndToken.objects.get().last_used_on == timezone.localdate()


def test_l12_nothing_of_a_token_is_kept_that_opens_anything(draft: NewsPage, sharer: Any, maker: Any) -> None:
    panel, of_site = keep_preview(draft, sharer), front_end(maker)

    kept = [str(row) for model in (PagePreview, FrontEndToken) for row in model.objects.values()]
    assert all(token not in row and token.rpartition(".")[2] not in row for token in (panel, of_site) for row in kept)
    PagePreview.objects.update(expires_at=timezone.now())
    FrontEndToken.objects.update(expires_at=timezone.now() - dt.timedelta(days=91))
    assert clear_ended_tokens() == 2
    assert clear_ended_tokens() == 0


def test_l12_files_of_the_draft_come_at_addresses_that_end_with_the_token(
    world: World, draft: NewsPage, sharer: Any, maker: Any, stranger: Client
) -> None:
    planter = Planter(world, WORD, files_in=private_collection())
    other = planter.page(NewsPage, live=False)
    for kind, token in tokens_of(draft, sharer, maker).items():
        opened = opened_by(token)
        assert opened is not None
        access = opened.access if isinstance(opened, PageToken) else opened.draft(draft.pk)
        assert access is not None
        own = [access.document_path(pk) for pk in access.files.documents]
        assert own, kind
        assert access.files_token != token or kind != "front end", "a whole front end's key stands in no address"
        foreign = [access.document_path(planter.any_document().pk), access.picture_path(planter.any_photo().file.name)]

        assert {answer.status for answer in ask_all(stranger, own).values()} == {200}
        for each in [*own, *foreign]:
            response = stranger.get(each)
            assert response.headers["Cache-Control"] == "private, no-store"
            assert response.streaming == (each in own)
            assert b"".join(response)
        assert {answer.status for answer in ask_all(stranger, foreign).values()} == {404}
        if kind == "front end":
            FrontEndToken.objects.update(expires_at=timezone.now())
            assert {answer.status for answer in ask_all(stranger, own).values()} == {404}
    assert other.pk != draft.pk


def test_l12_tokens_are_scrubbed_from_logs(caplog: pytest.LogCaptureFixture, draft: NewsPage, sharer: Any) -> None:
    tokens = [keep_preview(draft, sharer), share_draft(draft, sharer).token]
    logger = logging.getLogger("tokens")
    caplog.handler.addFilter(TokenFilter())
    try:
        for token in tokens:
            logger.error("Internal Server Error: %s", f"/podglad/{token}/media/x.jpg")
            logger.error("GET /api/v1/news/5/?fields=a&preview=%s HTTP/1.1", token)
            logger.error("Authorization: Preview %s", token)
        logger.error("%s of %d", "plain", 3)
    finally:
        caplog.handler.filters.clear()

    assert [token for token in tokens if token in caplog.text] == []
    assert "/podglad/…/media/x.jpg" in caplog.text
    assert "plain of 3" in caplog.text


def shown_by_a_draft(page: Page, token: str) -> dict[str, Any]:
    """What an operation answers that shows the lead photo and the attachments which the database has of ``page``."""

    def view(request: Any, **kwargs: Any) -> Any:
        answer, found = (
            Answer(request),
            NewsPage.objects.filter(pk=page.pk).values("lead_image_id", "attachments__attachment_id"),
        )
        photos, documents = (
            {row[name] for row in found} - {None} for name in ("lead_image_id", "attachments__attachment_id")
        )
        told = {"photos": images(photos, answer, Wanted()), "documents": these_files(documents, answer)}
        return answer_json(request, {kind: [str(each) for each in rows.values()] for kind, rows in told.items()})

    request = RequestFactory().get("/api/v1/x/", headers={"authorization": f"Preview {token}"})
    found: dict[str, Any] = json.loads(with_previews(view)(request, id=page.pk).content)
    return found


def test_l12_pictures_and_files_stand_in_answers_at_addresses_of_the_token(
    draft: NewsPage, sharer: Any, maker: Any, stranger: Client
) -> None:
    draft.lead_image.get_rendition(next(iter(SPECS)))
    for kind, token in tokens_of(draft, sharer, maker).items():
        shown = shown_by_a_draft(draft, token)
        assert (len(shown["photos"]), len(shown["documents"])) == (1, 1), kind
        addresses = re.findall(r"http://[^\s'\"?,]+", str(shown))
        own = {each for each in addresses if "/podglad/" in each}
        assert len(own) >= 2, kind
        assert [each for each in addresses if "/media/images/" in each and "/podglad/" not in each] == []
        assert [each for each in addresses if "/documents/" in each] == []
        assert {answer.status for answer in ask_all(stranger, own).values()} == {200}
        assert front_end_keys(own) == [], "the key of a whole front end stands in no address"


def front_end_keys(addresses: Iterable[str]) -> list[str]:
    return [each for each in addresses if re.search(rf"/{FRONT_END}[\w-]+\.", each)]


@pytest.mark.parametrize("where", ["another section", "private"])
def test_p6_file_that_the_maker_of_the_token_could_not_choose_is_not_in_the_answer(
    world: World, stranger: Client, where: str
) -> None:
    """The draft names a picture and a file of another section, or a private one, as a forged form could."""
    root = Collection.get_first_root_node()
    foreign = private_collection() if where == "private" else root.add_child(name="Another section")
    narrow = editor("narrow", root.add_child(name="Own section"))
    planter = Planter(world, WORD, files_in=foreign)
    page = Planter(world, OWN, photo=planter.any_photo(), document=planter.any_document()).page(NewsPage, live=False)

    for token in (share_draft(page, narrow).token, keep_preview(page, narrow)):
        assert shown_by_a_draft(page, token) == {"photos": [], "documents": []}
        assert leaks(ask_all(stranger, [item(page)], authorization=f"Preview {token}").values(), WORD) == []
