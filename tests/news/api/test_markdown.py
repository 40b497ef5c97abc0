"""Items as Markdown and llms.txt: the same as the JSON says, for everybody who may read that."""

import datetime as dt
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from markdown_it import MarkdownIt
from wagtail.models import Page

from tests.factories import EventPageFactory, NewsPageFactory, agenda_day, attach, make_attachment, make_photo, restrict
from tests.news.rich_text.test_forms import Reader
from tests.trust.delivery_doors import V1
from wagtail_newsroom.news.api.v1.reading.markdown.blocks import anything, block
from wagtail_newsroom.news.api.v1.reading.markdown.items import item_markdown
from wagtail_newsroom.news.api.v1.texts import Written
from wagtail_newsroom.news.models import EventPage, NewsPage


def stream(*blocks: tuple[str, Any]) -> Any:
    stored = [{"type": kind, "value": value, "id": kind} for kind, value in blocks]
    return NewsPage._meta.get_field("body").stream_block.to_python(stored)


def read(markdown: str) -> Reader:
    return Reader(MarkdownIt("gfm-like", {"linkify": False}).render(markdown))


@pytest.fixture
def story(tree: dict[str, Page]) -> NewsPage:
    other = NewsPageFactory(parent=tree["news"], title="Nabór [x]")
    text = f'<p>Warunki <b>są</b> <a linktype="page" id="{other.pk}">tutaj</a>.</p>'
    page = NewsPageFactory(
        parent=tree["news"],
        title="Zmiany #1 <b>",
        lead="1. Lead *z gwiazdką*",
        body=stream(
            ("heading", {"level": "h2", "text": "Co dalej #"}),
            ("paragraph", text),
            ("quote", {"text": "Tak.\n<script>", "who": "Ewa Lis"}),
            (
                "table",
                {
                    "columns": [{"type": "text", "heading": "Gmina"}, {"type": "rich_text", "heading": "Ile"}],
                    "rows": [{"values": ["Zgierz | miasto", text]}],
                    "caption": "Miejsca",
                },
            ),
            ("accordion", {"items": [{"title": "Czy *to* płatne?", "text": "<p>Nie.</p>"}]}),
            ("call_to_action", {"label": "Zapisz się", "link": "https://example.org/a_(b)"}),
            ("contact", {"name": "Ewa Lis", "email": "ewa@example.org"}),
            ("consultation", {"consultation": None}),
        ),
    )
    attach(page, make_attachment("Regulamin"))
    return NewsPage.objects.get(pk=page.pk)


def test_item_says_the_same_as_its_json(story: NewsPage, client: Client) -> None:
    answer = client.get(f"{V1}/news/{story.pk}.md")
    item = client.get(f"{V1}/news/{story.pk}/?rich_text=markdown").json()
    shown = read(answer.content.decode())

    assert answer.headers["Content-Type"] == "text/markdown; charset=utf-8"
    assert answer.headers["ETag"] != client.get(f"{V1}/news/{story.pk}/").headers["ETag"]
    text = " ".join(shown.words.split())
    for words in (item["title"], item["lead"], "Co dalej #", "Tak. <script>", "Zgierz | miasto", "Czy *to* płatne?"):
        assert words in text, words
    links = dict(shown.links)
    assert links[item["attachments"][0]["url"]] == "Regulamin"
    assert links[item["url"]] == item["url"]
    assert links["https://example.org/a_(b)"] == "Zapisz się"
    assert links["mailto:ewa@example.org"] == "ewa@example.org"
    assert item["related"][0]["url"] in links
    assert item["related"][0]["title"] == "Nabór [x]"
    assert all(re.match("https?:|mailto:", address) for address in links)


def test_event_tells_its_facts_and_its_programme(tree: dict[str, Page], client: Client) -> None:
    sessions = ({"title": "Wykład *1*", "start": "10:15", "documents": [make_attachment("Slajdy").pk]},)
    page = EventPageFactory(
        parent=tree["events"],
        audience="dla gmin",
        cost="bezpłatnie",
        start_date=dt.date(2031, 3, 12),
        agenda=EventPage._meta.get_field("agenda").stream_block.to_python([agenda_day(*sessions)]),
    )
    page.save_revision().publish()
    text = client.get(f"{V1}/events/{page.pk}.md").content.decode()
    for line in (
        "- Dla kogo: dla gmin",
        "- Koszt i liczba miejsc: bezpłatnie",
        "## Program",
        "- 10:15 Wykład \\*1\\*",
        "  - [Slajdy](",
    ):
        assert line in text, (line, text)


def test_file_tells_where_it_is(story: NewsPage, client: Client) -> None:
    (file,) = client.get(f"{V1}/news/{story.pk}/").json()["attachments"]
    text = client.get(f"{V1}/attachments/{file['id']}.md").content.decode()
    assert text.startswith("# Regulamin\n")
    assert f"- [{file['filename']}]({file['url']})" in text
    assert file["display"]["attachment_line"] in text
    assert client.get("/llms.txt").content.decode().count(f"/attachments/{file['id']}.md") == 1


def test_item_has_a_picture_with_its_description(story: NewsPage) -> None:
    crop = {"url": "https://example.org/sala.jpg"}
    image = {
        "alt": "Sala [pełna]",
        "caption": "Dzień 1",
        "credit": "fot. A. Lis",
        "renditions": {"wide": crop, "original": crop},
    }
    markdown = block({"type": "image", "value": image})
    assert markdown == "![Sala \\[pełna\\]](https://example.org/sala.jpg)\n\nDzień 1. fot. A. Lis"
    assert block({"type": "image", "value": {**image, "renditions": dict.fromkeys(image["renditions"])}}) == ""


def test_programme_is_a_list_of_its_days() -> None:
    nobody = {"name": "", "role": "", "organisation": ""}
    session = {
        "start": "10:15:00",
        "end": None,
        "title": "*Wykład*",
        "track": "Grupa A",
        "room": "",
        "description": "a\nb",
    }
    day = {
        "date": "2027-03-12",
        "heading": "Dzień #",
        "tracks": [],
        "sessions": [{**session, "speakers": [{**nobody, "name": "Ewa Lis", "role": "prezes"}], "documents": []}],
    }
    markdown = item_markdown({"type": "x", "title": "a", "url": "https://a.pl/", "agenda": [day]}, "pl")
    assert markdown.startswith(
        "# a\n\n## Program\n\n### 12 marca 2027, Dzień \\#\n\n- 10:15 \\*Wykład\\*, Grupa A\n  - a b\n  - Ewa Lis, prezes\n\n"
    )
    assert markdown.endswith(": [https://a.pl/](https://a.pl/)\n")


def test_block_of_another_app_says_all_its_words() -> None:
    """Rich text is Markdown already; in plain text every sign stays one."""
    value = {
        "id": 5,
        "said": "<b>*a*",
        "rich": Written("*b*"),
        "page": {"title": "[c]", "url": "https://a.pl/"},
        "many": [1, None, True],
    }
    assert block({"type": "unknown", "value": value}) == "\\<b>\\*a\\*\n\n*b*\n\n[\\[c\\]](https://a.pl/)\n\n1"
    assert anything({"title": "x", "url": "javascript:zq()"}) == "x"


def test_what_is_not_public_is_not_there(story: NewsPage, tree: dict[str, Page], client: Client) -> None:
    address, nowhere = f"{V1}/news/{story.pk}.md", f"{V1}/news/987654.md"
    assert str(story.pk) in client.get("/llms.txt").content.decode()
    story.unpublish()
    hidden, missing = client.get(address), client.get(nowhere)
    assert (hidden.status_code, hidden.content) == (404, missing.content)
    assert f"/{story.pk}.md" not in client.get("/llms.txt").content.decode()
    restrict(tree["news"])
    assert f"{V1}/news/" not in client.get("/llms.txt").content.decode()


def test_llms_names_what_there_is_in_a_number_of_queries_that_does_not_grow(
    tree: dict[str, Page], client: Client
) -> None:
    counted = []
    for more in (1, 2, 27):
        for _number in range(more):
            NewsPageFactory(parent=tree["news"], lead_image=make_photo())
        client.get("/llms.txt")
        with CaptureQueriesContext(connection) as queries:
            text = client.get("/llms.txt").content.decode()
        counted.append(len(queries))
    assert len(set(counted)) == 1, counted
    lines = [line for line in text.splitlines() if line.startswith("- [")]
    assert text.startswith("# ")
    assert len([line for line in lines if "/api/v1/news/" in line]) == 30
    assert client.get(re.findall(r"\((http[^)]*\.md)\)", text)[0]).status_code == 200
    assert client.get(f"{V1}/llms.txt").content.decode() == text
    assert client.get("/llms.txt?utm_source=list").status_code == client.get(f"{V1}/llms.txt?x=1").status_code == 400
