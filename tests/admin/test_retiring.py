"""Taking pages down in the admin: every door asks what readers are told, shows what uses the page, deletes nothing."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from wagtail.actions import action_registry
from wagtail.models import APIToken, Page

from tests.admin.desk import Desk
from tests.admin.test_changes import beside
from tests.factories import (
    EventPageFactory,
    NewsPageFactory,
    StandardPageFactory,
    attach,
    make_attachment,
    make_photo,
    restrict,
)
from wagtail_newsroom.news.models import NewsPage, RelatedPage, Retirement
from wagtail_newsroom.news.publishing.updates.retiring import retire_page

REASON = "Nabór odwołano."


@pytest.fixture
def page(tree: dict[str, Page]) -> NewsPage:
    made = NewsPageFactory(parent=tree["news"], title="Zqnabor")
    made.save_revision().publish()
    return NewsPage.objects.get(pk=made.pk)


def retiring(*pages: Page) -> str:
    return f"{reverse('newsroom_retire')}?{'&'.join(f'id={page.pk}' for page in pages)}"


def is_live(page: Page) -> bool:
    return Page.objects.get(pk=page.pk).live


def leads_to_retiring(answer: HttpResponse, *pages: Page) -> bool:
    return answer.status_code == 302 and answer.headers["Location"].startswith(retiring(*pages))


def test_page_is_retired_with_a_reason(page: NewsPage, publisher: Desk) -> None:
    assert publisher.client.get(retiring(page)).status_code == 200
    answer = publisher.client.post(retiring(page), {"reason": REASON})
    assert answer.status_code == 302
    assert (is_live(page), Retirement.objects.get().reason) == (False, REASON)
    assert Retirement.objects.get().retired_by == publisher.user


def test_answer_is_asked_for_beside_its_field_and_what_was_typed_stays(page: NewsPage, publisher: Desk) -> None:
    empty = publisher.client.post(retiring(page), {"reason": ""})
    assert len(beside(empty, "reason")) == 1
    for address in ("javascript:alert(1)", "https://example.com:99999/"):
        odd = publisher.client.post(retiring(page), {"reason": "", "redirect_url": address})
        assert len(beside(odd, "redirect_url")) == 1, address
    both = publisher.client.post(retiring(page), {"reason": REASON, "redirect_url": page.full_url})
    assert len(beside(both, "redirect_url")) == 1
    assert REASON in both.content.decode()
    assert is_live(page)


def test_title_of_a_hidden_page_is_not_given_away_by_its_number(
    tree: dict[str, Page], page: NewsPage, publisher: Desk
) -> None:
    hidden = NewsPageFactory(parent=tree["news"], title="Zqtajne", live=False)
    private = NewsPageFactory(parent=tree["news"], title="Zqtajne", slug="inny")
    restrict(private)
    for pk in (hidden.pk, private.pk, "x", "9" * 30, 987654):
        answer = publisher.client.post(retiring(page), {"reason": "", "redirect_page": pk})
        assert answer.status_code == 200
        assert b"Zqtajne" not in answer.content
    assert is_live(page)


def test_stock_doors_lead_to_the_form_and_change_nothing(
    page: NewsPage, tree: dict[str, Page], publisher: Desk
) -> None:
    other = EventPageFactory(parent=tree["events"])
    unpublish = reverse("wagtailadmin_pages:unpublish", args=[page.pk])
    delete = reverse("wagtailadmin_pages:delete", args=[page.pk])
    both = f"id={page.pk}&id={other.pk}"

    assert leads_to_retiring(publisher.client.post(unpublish), page)
    for method in ("get", "post"):
        assert leads_to_retiring(getattr(publisher.client, method)(delete), page)
    for action in ("unpublish", "delete"):
        answer = publisher.client.post(f"/admin/bulk/wagtailcore/page/{action}/?{both}")
        assert leads_to_retiring(answer, *sorted((page, other), key=lambda each: each.path)) or leads_to_retiring(
            answer, page
        )
    assert is_live(page)
    assert is_live(other)
    assert Page.objects.filter(pk__in=[page.pk, other.pk]).count() == 2


def test_actions_keep_the_same_rules(page: NewsPage, publisher: Desk, administrator: Desk, settings: Any) -> None:
    settings.NEWSROOM = {"API_V3_WRITES": True}
    address = f"/api/v3-preview/pages/{page.pk}"
    for desk in (publisher, administrator):
        assert ask_api(desk, "post", f"{address}/actions/unpublish/").status_code == 403
        assert ask_api(desk, "delete", f"{address}/actions/delete/").status_code == 403
        assert ask_api(desk, "delete", f"{address}/").status_code == 403
        with pytest.raises(PermissionDenied):
            page.unpublish(user=desk.user)
    assert is_live(page)
    retire_page(page, None, reason=REASON)
    assert ask_api(publisher, "delete", f"{address}/").status_code == 403
    assert Page.objects.filter(pk=page.pk).exists()
    assert ask_api(administrator, "delete", f"{address}/").status_code == 204


def ask_api(desk: Desk, method: str, address: str) -> Any:
    _row, secret = APIToken.create_token(user=desk.user, name="test")
    headers = {"Authorization": f"Bearer {secret}"}
    return getattr(Client(), method)(address, {}, content_type="application/json", headers=headers)


@pytest.mark.parametrize("way", ["view", "bulk", "action"])
def test_page_is_not_taken_down_with_the_page_above_it(
    page: NewsPage, tree: dict[str, Page], administrator: Desk, way: str
) -> None:
    """Its readers would be told nothing: what stands below stays, and is retired by itself."""
    below = Page.objects.get(pk=page.pk)
    host = tree["home"].add_child(instance=Page(title="Strona gospodarza", slug="gospodarz"))
    page.move(host, pos="last-child")
    if way == "view":
        administrator.client.post(
            reverse("wagtailadmin_pages:unpublish", args=[host.pk]), {"include_descendants": "on"}
        )
    elif way == "bulk":
        address = f"/admin/bulk/wagtailcore/page/unpublish/?id={host.pk}&next=/admin/"
        administrator.client.post(address, {"include_descendants": "on"})
    else:
        action = action_registry.get_action_class(Page, "unpublish")
        action(host, user=administrator.user, include_descendants=True).execute()
    host.refresh_from_db()
    assert not host.live
    assert is_live(below)


def test_button_that_wagtail_has_for_unpublishing_is_not_offered(page: NewsPage, publisher: Desk) -> None:
    unpublish = reverse("wagtailadmin_pages:unpublish", args=[page.pk])
    for address in (f"/admin/pages/{page.pk}/edit/", f"/admin/pages/{page.get_parent().pk}/"):
        body = publisher.client.get(address).content.decode().replace("&amp;", "&")
        assert unpublish not in body
        assert f"{reverse('newsroom_retire')}?id={page.pk}" in body
    assert leads_to_retiring(publisher.client.get(unpublish), page)


@pytest.mark.parametrize("kind", ["documents", "images"])
def test_file_that_pages_use_is_deleted_only_after_its_usage_was_shown(
    tree: dict[str, Page], admin_user: Any, kind: str
) -> None:
    document, photo = make_attachment(), make_photo()
    attach(NewsPageFactory(parent=tree["news"], lead_image=photo), document)
    file = {"documents": document, "images": photo}[kind]
    client = Desk(admin_user).client
    names = {"documents": "wagtaildocs:delete", "images": "wagtailimages:delete"}
    singly = client.get(reverse(names[kind], args=[file.pk]))
    model = {"documents": "newsroom/attachment", "images": "newsroom_galleries/photo"}[kind]
    together = client.get(f"/admin/bulk/{model}/delete/?id={file.pk}")
    for asked in (singly, together):
        assert asked.status_code == 200
        assert file.usage_url in asked.content.decode()
    assert type(file).objects.filter(pk=file.pk).exists()


def test_several_pages_are_retired_together_or_not_at_all(
    page: NewsPage, tree: dict[str, Page], publisher: Desk
) -> None:
    other = EventPageFactory(parent=tree["events"])
    refused = publisher.client.post(retiring(page, other), {"redirect_page": other.pk})
    assert refused.status_code == 200
    assert is_live(page)
    assert publisher.client.post(retiring(page, other), {"reason": REASON}).status_code == 302
    assert not is_live(page)
    assert not is_live(other)


def test_what_uses_the_page_is_shown_by_name_and_has_to_be_seen(
    page: NewsPage, tree: dict[str, Page], publisher: Desk
) -> None:
    user = NewsPageFactory(parent=tree["news"], title="Zqużywa")
    user.related_links = [RelatedPage(target=page)]
    user.save_revision().publish()

    form = publisher.client.get(retiring(page))
    assert "Zqużywa" in form.content.decode()
    unseen = publisher.client.post(retiring(page), {"reason": REASON})
    assert len(beside(unseen, "seen")) == 1
    assert is_live(page)
    publisher.client.post(retiring(page), {"reason": REASON, "seen": "on"})
    assert not is_live(page)


def test_names_of_pages_that_somebody_may_not_see_are_counted_only(
    page: NewsPage, tree: dict[str, Page], publisher: Desk
) -> None:
    from django.contrib.auth.models import Group
    from wagtail.models import GroupPagePermission

    user = EventPageFactory(parent=tree["events"], title="Zqtajne", live=False)
    user.related_links = [RelatedPage(target=page)]
    user.save()
    group = Group.objects.get(name="Newsroom publishers")
    for permission in GroupPagePermission.objects.filter(group=group):
        permission.page = tree["news"]
        permission.save()

    body = publisher.client.get(retiring(page)).content.decode()

    assert "Zqtajne" not in body
    assert "1 more that you may not see" in body


@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_without_the_right_retires(page: NewsPage, editor: Desk, method: str) -> None:
    Page.objects.filter(pk=page.pk).update(owner=editor.user)
    for visitor in (Client(), editor.client):
        answer = getattr(visitor, method)(retiring(page), {"reason": REASON} if method == "post" else {})
        assert answer.status_code == 302
        assert b"Zqnabor" not in answer.content
    assert is_live(page)


def test_post_without_a_token_retires_nothing(page: NewsPage, publisher: Desk) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(publisher.user)
    assert strict.post(retiring(page), {"reason": REASON}).status_code == 403
    assert is_live(page)


@pytest.mark.parametrize("query", ["", "?id=", "?id=x", "?id=999999", "?id=%00", "?id=99999999999999999999999"])
def test_address_without_pages_is_missing(tree: dict[str, Page], publisher: Desk, query: str) -> None:
    assert publisher.client.get(reverse("newsroom_retire") + query).status_code == 404


def test_page_that_was_public_is_deleted_by_administrators_after_it_was_retired(
    page: NewsPage, publisher: Desk, administrator: Desk
) -> None:
    delete = reverse("wagtailadmin_pages:delete", args=[page.pk])
    assert leads_to_retiring(administrator.client.post(delete), page)
    retire_page(page, None, reason=REASON)

    assert publisher.client.post(delete).status_code == 302
    assert Page.objects.filter(pk=page.pk).exists()
    assert administrator.client.get(delete).status_code == 200
    administrator.client.post(delete)
    assert not Page.objects.filter(pk=page.pk).exists()


def test_public_page_is_not_deleted_with_a_draft_above_it(tree: dict[str, Page], administrator: Desk) -> None:
    above = StandardPageFactory(parent=tree["home"], live=False)
    below = StandardPageFactory(parent=above)
    answer = administrator.client.post(reverse("wagtailadmin_pages:delete", args=[above.pk]))
    assert leads_to_retiring(answer, below)
    assert Page.objects.filter(pk=below.pk).exists()


def test_draft_that_was_never_public_is_deleted_as_ever(tree: dict[str, Page], editor: Desk) -> None:
    draft = NewsPageFactory(parent=tree["news"], live=False, owner=editor.user)
    delete = reverse("wagtailadmin_pages:delete", args=[draft.pk])
    assert editor.client.get(delete).status_code == 200
    editor.client.post(delete)
    assert not Page.objects.filter(pk=draft.pk).exists()


def test_retired_page_is_brought_back(page: NewsPage, publisher: Desk, editor: Desk) -> None:
    retire_page(page, None, reason=REASON)
    url = reverse("newsroom_bring_back", args=[page.pk])
    editor.client.post(url)
    assert not is_live(page)
    assert "Bring back" in publisher.client.get(f"/admin/pages/{page.pk}/edit/").content.decode()
    assert publisher.client.get(url).status_code == 200
    assert publisher.client.post(url).status_code == 302
    assert is_live(page)
    assert publisher.client.get(url).status_code == 302


def test_archival_content_is_suggested_instead(page: NewsPage, tree: dict[str, Page], publisher: Desk) -> None:
    archive = reverse("newsroom_change", args=[page.pk, "archive"])
    assert archive in publisher.client.get(retiring(page)).content.decode()
    assert "archive" not in publisher.client.get(retiring(tree["documents"])).content.decode().split("<main")[1]


def test_unpublish_in_the_editor_is_called_retire(page: NewsPage, publisher: Desk) -> None:
    body = publisher.client.get(f"/admin/pages/{page.pk}/edit/").content.decode()
    assert retiring(page) in body.replace("&amp;", "&")


def test_hostile_title_is_inert_on_the_form(page: NewsPage, publisher: Desk) -> None:
    hostile: Any = '"><img src=x onerror=alert(1)>'
    Page.objects.filter(pk=page.pk).update(title=hostile, draft_title=hostile)
    assert b"<img src=x" not in publisher.client.get(retiring(page)).content


def test_page_that_was_edited_while_it_was_retired_comes_back_as_readers_saw_it(
    page: NewsPage, publisher: Desk
) -> None:
    retire_page(page, publisher.user, reason=REASON)
    publisher.open(page).fill(place="Zqszkic").save_draft()

    assert publisher.client.post(reverse("newsroom_bring_back", args=[page.pk])).status_code == 302

    back = NewsPage.objects.get(pk=page.pk)
    assert (back.live, back.place, back.has_unpublished_changes) == (True, "", True)
    assert back.get_latest_revision_as_object().place == "Zqszkic"


def test_page_whose_last_version_is_not_known_is_not_brought_back_once_edited(page: NewsPage, publisher: Desk) -> None:
    retire_page(page, publisher.user, reason=REASON)
    Retirement.objects.update(revision=None)
    publisher.open(page).fill(place="Zqszkic").save_draft()

    assert publisher.client.post(reverse("newsroom_bring_back", args=[page.pk])).status_code == 200
    assert not is_live(page)
