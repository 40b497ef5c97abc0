"""Downloads are counted by file and day: what readers got whole, and nothing about them."""

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from tests.admin.desk import PUBLISHERS, member, set_up_roles
from tests.factories import NewsPageFactory, attach, make_attachment, make_site
from tests.news.test_versions import upload
from wagtail_newsroom.news.delivery.counting import count
from wagtail_newsroom.news.models import DownloadCount
from wagtail_newsroom.news.publishing.files.versions import replace_file
from wagtail_newsroom.news.visibility import is_public_file

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def tree(db: None) -> dict[str, Page]:
    return make_site()


def take(client: Client, address: str, method: str = "get", **headers: str) -> int:
    answer = getattr(client, method)(address, headers={"User-Agent": BROWSER} | headers)
    if answer.streaming:
        b"".join(answer.streaming_content)
    return int(answer.status_code)


def counted() -> dict[int, int]:
    return dict(DownloadCount.objects.values_list("document", "count"))


def test_whole_downloads_of_readers_count(tree: dict[str, Page], client: Client) -> None:
    document = make_attachment()
    attach(NewsPageFactory(parent=tree["news"]), document)
    assert [take(client, document.url) for _each in range(2)] == [200, 200]
    assert take(client, document.url, Range="bytes=0-3") in (200, 206)

    assert list(DownloadCount.objects.values_list("document", "day", "count")) == [
        (document.pk, timezone.localdate(), 3)
    ]
    assert {field.name for field in DownloadCount._meta.fields} == {"id", "document", "day", "count"}


@pytest.mark.parametrize(
    ("method", "headers"),
    [
        ("head", {}),
        ("get", {"If-None-Match": '"{hash}"'}),
        ("get", {"If-Modified-Since": "Wed, 01 Jan 2098 00:00:00 GMT"}),
        ("get", {"Range": "bytes=3-"}),
        ("get", {"User-Agent": ""}),
        ("get", {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"}),
        ("get", {"User-Agent": "curl/8.5.0"}),
    ],
)
def test_repetition_part_or_robot_does_not_count(
    method: str, headers: dict[str, str], tree: dict[str, Page], client: Client
) -> None:
    document = make_attachment()
    attach(NewsPageFactory(parent=tree["news"]), document)
    told = {name: value.format(hash=document.get_file_hash()) for name, value in headers.items()}
    assert take(client, document.url, method, **told) in (200, 206, 304)
    assert counted() == {}


def test_editors_and_refused_or_redirected_requests_do_not_count(tree: dict[str, Page], client: Client) -> None:
    set_up_roles()
    document, hidden = make_attachment("Jawny"), make_attachment("Ukryty")
    attach(NewsPageFactory(parent=tree["news"]), document)
    desk = Client()
    desk.force_login(member(PUBLISHERS))
    assert [take(desk, each.url) for each in (document, hidden)] == [200, 200]
    newer = replace_file(document, upload(), None)
    assert (take(client, hidden.url), take(client, document.url)) == (404, 301)
    assert counted() == {}
    assert (take(client, newer.url), take(client, f"{document.url}?version=archival")) == (200, 200)
    assert counted() == {newer.pk: 1, document.pk: 1}


def test_count_does_not_make_a_file_public(tree: dict[str, Page]) -> None:
    document = make_attachment()
    count("file", document.pk)
    assert not is_public_file(document)
