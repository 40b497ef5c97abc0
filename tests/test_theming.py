"""The look in a host's hands: its own base template, one layer, every custom property told, dark as the host is dark."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import bs4
import pytest
from django.template import engines
from django.test import Client
from wagtail.models import Page

from tests.factories import EventPageFactory, GalleryPageFactory, NewsPageFactory, make_site

ROOT = Path(__file__).resolve().parent.parent
SHEETS = [*ROOT.glob("news/static/newsroom/css/*.css"), *ROOT.glob("galleries/static/**/css/*.css")]
PROPERTY = re.compile(r"--nr-[\w-]+")

# A host whose base template has blocks of other names, and what docs/theming.md tells it to write.
HOSTS_BASE = """<!DOCTYPE html><html><head><title>{% block head_title %}{% endblock %}</title>
{% block head_extra %}<link rel="stylesheet" href="/host.css">{% endblock %}</head>
<body><header>The host's header</header><main>{% block main %}{% endblock %}</main><footer>The host's footer</footer>
{% block scripts %}<script src="/host.js"></script>{% endblock %}</body></html>"""


def without_comments(text: str) -> str:
    return re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)


def joining_lines() -> str:
    """The example of docs/theming.md."""
    text = (ROOT / "docs" / "theming.md").read_text(encoding="utf-8")
    found = re.search(r"```django\n(.*?)```", text, re.DOTALL)
    assert found, "docs/theming.md has no example of a template"
    return found.group(1)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_sheet_stands_in_the_layer_as_a_whole(sheet: Path) -> None:
    text = without_comments(sheet.read_text(encoding="utf-8")).strip()
    assert text.startswith("@layer newsroom {")
    depth, ends = 0, []
    for place, sign in enumerate(text):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if sign == "}" and depth == 0:
            ends.append(place)
    assert ends == [len(text) - 1]


def test_every_custom_property_is_documented_and_no_other() -> None:
    used = {name for sheet in SHEETS for name in PROPERTY.findall(without_comments(sheet.read_text(encoding="utf-8")))}
    told = set(re.findall(r"^\| (?:.*)$", (ROOT / "docs" / "theming.md").read_text(encoding="utf-8"), re.MULTILINE))
    named = {name for row in told for name in re.findall(r"`(--nr-[\w-]+)`", row.split("|")[1])}
    assert used
    assert named == used


@pytest.fixture
def hosts_templates(settings: Any, tmp_path: Path) -> Path:
    """A folder of the host's templates that comes before ours."""
    (tmp_path / "base_page.html").write_text(HOSTS_BASE, encoding="utf-8")
    (tmp_path / "newsroom_base.html").write_text(joining_lines(), encoding="utf-8")
    (configured,) = settings.TEMPLATES
    settings.TEMPLATES = [{**configured, "DIRS": [tmp_path, *configured["DIRS"]]}]
    settings.NEWSROOM = {**settings.NEWSROOM, "BASE_TEMPLATE": "newsroom_base.html"}
    assert engines["django"].get_template("base_page.html")
    return tmp_path


@pytest.mark.django_db
def test_every_public_page_stands_in_the_hosts_frame(hosts_templates: Path) -> None:
    tree = make_site()
    news = NewsPageFactory(parent=tree["news"])
    retired = NewsPageFactory(parent=tree["news"])
    from wagtail_newsroom.news.publishing.updates.retiring import retire_page

    retire_page(retired, None, reason="Nieaktualne.")
    pages: list[Page] = [news, EventPageFactory(parent=tree["events"]), GalleryPageFactory(parent=tree["galleries"])]
    pages += [tree[name] for name in ("news", "events", "galleries", "documents")]
    addresses = [*(page.url for page in pages), retired.url, "/dostepnosc/prosba/", f"/podglad/{'Nigdy' * 8}/"]
    for address in addresses:
        soup = bs4.BeautifulSoup(Client().get(address).content, "html.parser")
        assert soup.find("header", string="The host's header"), address
        assert soup.find("footer", string="The host's footer"), address
        assert soup.select_one("main .newsroom"), address
        assert soup.select_one('head link[href$="newsroom/css/newsroom.css"]'), address
        assert soup.select_one('head link[href="/host.css"]'), address


def test_example_in_the_docs_is_three_lines_below_the_template_that_it_extends() -> None:
    extends, *lines = joining_lines().strip().splitlines()
    assert extends == '{% extends "base_page.html" %}'
    assert len(lines) == 3


@pytest.mark.django_db
def test_dark_follows_the_hosts_selector_where_one_is_named(hosts_templates: Path, settings: Any) -> None:
    tree = make_site()
    assert b"<style" not in Client().get(tree["news"].url).content
    settings.NEWSROOM = {**settings.NEWSROOM, "DARK_SELECTOR": '[data-theme="dark"]'}
    style = bs4.BeautifulSoup(Client().get(tree["news"].url).content, "html.parser").find("style").get_text()
    assert ':is([data-theme="dark"]) .newsroom { color-scheme: dark; }' in style
    assert style.startswith("@layer newsroom {")


def test_colours_in_a_host_follow_its_color_scheme() -> None:
    text = (ROOT / "news/static/newsroom/css/newsroom.css").read_text(encoding="utf-8")
    light = dict(re.findall(r"(--nr-[\w-]+):\s*([^;]+);", re.search(r":root \{(.*?)\}", text, re.DOTALL).group(1)))
    dark = re.search(r':root\[data-nr-scheme="dark"\] \{(.*?)\}', text, re.DOTALL).group(1)
    followed = re.search(
        r"@supports \(color: light-dark\(#000, #fff\)\) \{\s*:root.*?\{(.*?)\}", text, re.DOTALL
    ).group(1)
    for name, value in re.findall(r"(--nr-[\w-]+):\s*([^;]+);", dark):
        if name != "--nr-scheme" and light[name] != value:
            assert f"{name}: light-dark({light[name]}, {value});" in followed, name
