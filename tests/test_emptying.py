"""A test that commits leaves the next one what the migrations made."""

from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from wagtail.models import Page

from tests.emptying import put_migrated_back
from tests.factories import NewsPageFactory, TopicFactory, make_site


def rows() -> dict[str, list[Any]]:
    models = [model for model in apps.get_models() if model._meta.managed]
    return {model._meta.label: list(model._default_manager.order_by("pk").values_list()) for model in models}


@pytest.mark.django_db(transaction=True)
def test_what_was_written_changed_and_deleted_is_put_back() -> None:
    before = rows()
    news = NewsPageFactory(parent=make_site()["news"])
    news.topics.add(TopicFactory())
    news.save_revision().publish()
    Page.objects.filter(depth=1).update(title="Another")
    Group.objects.all().delete()
    changed = rows()
    put_migrated_back()

    assert {"newsroom.NewsPage", "wagtailcore.Page", "auth.Group"} <= {
        name for name in before if changed[name] != before[name]
    }
    assert rows() == before
