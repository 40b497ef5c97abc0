"""Files in the API: the version that the public gets of each, in a number of queries that does not depend on them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Locale, Page

from tests.factories import EventPageFactory, NewsPageFactory, attach, make_attachment, make_site, private_collection
from tests.news.test_versions import upload
from wagtail_newsroom.news.api.v1.answering import Answer
from wagtail_newsroom.news.api.v1.gathering import Found, Wanted
from wagtail_newsroom.news.api.v1.reading.files import as_used, files
from wagtail_newsroom.news.api.v1.schemas.files import Attachment as AttachmentSchema
from wagtail_newsroom.news.models import Attachment, NewsPage, PageAttachment
from wagtail_newsroom.news.models.files.attachments import attachment_row, shown_documents
from wagtail_newsroom.news.models.files.form_closing import mark_closed_forms
from wagtail_newsroom.news.publishing.files.versions import replace_file

pytestmark = [pytest.mark.django_db, pytest.mark.services]

Tree = dict[str, Page]


@pytest.fixture
def tree(db: None) -> Tree:
    return make_site()


def make_answer() -> Answer:
    return Answer(RequestFactory().get("/api/v1/news/", SERVER_NAME="localhost"))


def read(page: NewsPage, language: str = "pl") -> list[dict[str, Any]]:
    """The files that the API shows of ``page``, as a client gets them."""
    answer = make_answer()
    ids = [row.attachment_id for row in page.attachments.all()]
    found = Found(answer, {"document": files(set(ids), answer, Wanted())})
    found.locale_id = Locale.objects.get(language_code=language).pk
    shown = [as_used(found, pk) for pk in ids]
    written = json.loads(json.dumps([each for each in shown if each], cls=DjangoJSONEncoder))
    for each in written:
        assert set(AttachmentSchema.model_validate(each).model_dump()) == set(each)
    return written


def offered(tree: Tree, *documents: Attachment, **fields: Any) -> NewsPage:
    page = NewsPageFactory(parent=tree["news"], **fields)
    for document in documents:
        attach(page, document)
    return page


def plain(tree: Tree) -> None:
    offered(tree, make_attachment("Zwykły", name="a.txt"))


def in_private_collection(tree: Tree) -> None:
    offered(tree, make_attachment("Tajny", name="a.txt", collection=private_collection()))


def below_private_collection(tree: Tree) -> None:
    offered(tree, make_attachment("Tajny", name="a.txt", collection=private_collection().add_child(name="Niżej")))


def superseded(tree: Tree) -> None:
    old = make_attachment("Regulamin 1", name="a.txt")
    offered(tree, old)
    replace_file(old, upload(), None, title="Regulamin 2")


def superseded_by_private(tree: Tree) -> None:
    old = make_attachment("Regulamin 1", name="a.txt")
    offered(tree, old)
    new = replace_file(old, upload(), None, title="Regulamin 2")
    Attachment.objects.filter(pk=new.pk).update(collection=private_collection())


def private_before_superseded(tree: Tree) -> None:
    old = make_attachment("Regulamin 1", name="a.txt")
    offered(tree, old)
    replace_file(old, upload(), None, title="Regulamin 2")
    Attachment.objects.filter(pk=old.pk).update(collection=private_collection())


def never_public_before(tree: Tree) -> None:
    first = make_attachment("Robocza", name="a.txt")
    offered(tree, replace_file(first, upload(), None, title="Ogłoszona"))


def waits_for_a_draft(tree: Tree) -> None:
    old = make_attachment("Regulamin 1", name="a.txt")
    offered(tree, old)
    new = replace_file(old, upload(), None, title="Regulamin 2", with_page=True)
    offered(tree, new, title="Szkic").unpublish()


def came_with_another_page(tree: Tree) -> None:
    old = make_attachment("Regulamin 1", name="a.txt")
    offered(tree, old)
    offered(tree, replace_file(old, upload(), None, title="Regulamin 2", with_page=True))


def mended_after_it_came(tree: Tree) -> None:
    old = make_attachment("Regulamin 1", name="a.txt")
    offered(tree, old)
    new = replace_file(old, upload(), None, title="Regulamin 2", with_page=True)
    offered(tree, new)
    replace_file(new, upload(b"Poprawiona"), None, title="Regulamin 2, poprawiony")


def out_of_another_page(tree: Tree) -> None:
    old = make_attachment("Regulamin 1", name="a.txt")
    offered(tree, old)
    offered(tree, replace_file(old, upload(), None, title="Regulamin 2", with_page=True)).unpublish()


def closed_form(tree: Tree) -> None:
    form = make_attachment("Formularz", name="f.txt", kind="form")
    facts = {"start_date": timezone.localdate() + dt.timedelta(20), "registration": "form"}
    yesterday = timezone.localdate() - dt.timedelta(1)
    EventPageFactory(parent=tree["events"], registration_form=form, deadline_date=yesterday, **facts)
    offered(tree, form)


@pytest.mark.parametrize(
    "case",
    [
        plain,
        in_private_collection,
        below_private_collection,
        superseded,
        superseded_by_private,
        private_before_superseded,
        never_public_before,
        waits_for_a_draft,
        came_with_another_page,
        mended_after_it_came,
        out_of_another_page,
        closed_form,
    ],
)
def test_file_of_a_page_is_what_the_page_shows(case: Callable[[Tree], None], tree: Tree) -> None:
    case(tree)
    pages = NewsPage.objects.live()
    assert pages
    for page in pages:
        shown = shown_documents(row.attachment for row in page.attachments.all())
        mark_closed_forms(shown.values(), timezone.now())
        rows = [attachment_row(document) for document in shown.values()]
        answered = read(page)
        assert [(each["id"], each["title"], each["closed"], each["display"]["attachment_line"]) for each in answered] == [
            (row.attachment.pk, row.title, row.closed, row.facts) for row in rows
        ]  # fmt: skip
        assert [each["path"] for each in answered] == [row.url for row in rows]
        assert [each["versions_url"] is not None for each in answered] == [row.versions_url != "" for row in rows]


@pytest.mark.parametrize(("kind", "most"), [("other", 1), ("form", 2)])
@pytest.mark.parametrize("count", [1, 3, 30])
def test_any_number_of_files_is_read_in_one_query_and_of_forms_in_two(
    tree: Tree, count: int, kind: str, most: int
) -> None:
    private_collection()
    page = NewsPageFactory(parent=tree["news"])
    first = make_attachment("Plik", name="plik.txt", kind=kind)
    facts = {"title": "Plik", "file": first.file.name, "file_size": 5, "kind": kind}
    documents = [first, *Attachment.objects.bulk_create([Attachment(**facts) for _number in range(count - 1)])]
    PageAttachment.objects.bulk_create(PageAttachment(page=page, attachment=each, sort_order=0) for each in documents)
    answer = make_answer()
    answer.tree  # noqa: B018  (the site is known)
    with CaptureQueriesContext(connection) as asked:
        found = Found(answer, {"document": files({each.pk for each in documents}, answer, Wanted())})
        shown = [as_used(found, each.pk) for each in documents]
    assert [each["id"] for each in shown if each] == [each.pk for each in documents]
    assert len(asked) == most
    assert answer.tags == {f"attachment:{each.pk}" for each in documents}


def test_file_is_told_in_the_language_of_its_item_with_what_it_belongs_to(tree: Tree) -> None:
    regulations = make_attachment("Regulamin", name="r.txt")
    secret = make_attachment("Notatka wewnętrzna", name="n.txt")
    form = make_attachment("Formularz", name="f.txt", kind="form", belongs_to=regulations, language="pl")
    tree["home"].copy_for_translation(Locale.objects.get_or_create(language_code="en")[0]).save_revision().publish()
    other = make_attachment("Zgoda", name="z.txt", kind="form", belongs_to=secret, findings=["untagged"])
    page = offered(tree, regulations, form, other)

    _rules, shown, hiding = read(page)
    link = {"id": regulations.pk, "title": "Regulamin", "url": f"http://localhost{regulations.url}"}
    assert (shown["belongs_to"], shown["language"], shown["display"]["kind"]) == (link, "pl", "Formularz")
    assert shown["alternative_format_url"] == f"http://localhost/dostepnosc/prosba/plik/{form.pk}/"
    assert hiding["belongs_to"] is None, "no page shows it"
    assert [each["code"] for each in hiding["accessibility_findings"]] == ["untagged"]
    english = read(page, "en")[1]
    assert english["display"] == {"attachment_line": "TXT, 1 KB, Polish", "kind": "Form", "outdated": ""}
    assert english["alternative_format_url"] == f"http://localhost/en/accessibility/request/file/{form.pk}/"
