"""What a process hears of changes: from its own machine by the file, from others by the database."""

import datetime as dt
import time
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from tests.factories import EventPageFactory, make_site
from wagtail_newsroom.news.delivery import token
from wagtail_newsroom.news.delivery.ready import follower
from wagtail_newsroom.news.delivery.ready.horizon import next_moment
from wagtail_newsroom.news.freshness.token_file import TokenFile, TokenFileError, look_again, token_file
from wagtail_newsroom.news.models import PageMoment
from wagtail_newsroom.news.models.delivery.tokens import DeliveryToken
from wagtail_newsroom.news.publishing.schedule.passing_time import record_passing_time


@pytest.fixture
def file(settings: Any, tmp_path: Path) -> TokenFile:
    settings.NEWSROOM = {**settings.NEWSROOM, "DELIVERY_FOLDER": str(tmp_path / "delivery")}
    opened = token_file()
    assert opened is not None
    return opened


@pytest.mark.django_db
def test_own_change_is_told_once_and_another_machines_by_the_database(
    file: TokenFile, caplog: pytest.LogCaptureFixture
) -> None:
    before = file.read()
    token.replace()
    own = file.read()
    assert own != before
    follower.look()
    assert file.read() == own
    for value in ("0123456789abcdef-elsewher", "fedcba9876543210-elsewher"):
        DeliveryToken.objects.update(value=value)
        last = file.read()
        follower.look()
        assert file.read() != last
        last = file.read()
        follower.look()
        assert file.read() == last
    assert not caplog.records


@pytest.mark.django_db
def test_process_of_this_machine_with_another_file_is_told_once(
    file: TokenFile, settings: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    for _time in range(2):
        shared = settings.NEWSROOM
        settings.NEWSROOM = {**shared, "DELIVERY_FOLDER": str(tmp_path / "other")}
        token.replace()
        settings.NEWSROOM = shared
        last = file.read()
        follower.look()
        assert file.read() != last
    assert [record.getMessage().count(str(file.path)) for record in caplog.records] == [1]


def test_file_is_its_owners_alone_and_opened_anew_where_it_was_taken_away(file: TokenFile, tmp_path: Path) -> None:
    assert [oct(path.stat().st_mode & 0o777) for path in (file.path.parent, file.path)] == ["0o700", "0o600"]
    other = TokenFile(file.path.parent)
    file.replace("a-b")
    assert (other.read(), other.knows("a-b"), other.knows("b-c")) == (file.read(), True, False)
    before = file.read()
    file.path.unlink()
    opened = look_again()
    assert opened is not None
    assert opened.is_in_place()
    assert file.read() != before  # who still has the old one finds nothing kept there
    (tmp_path / "open").mkdir(mode=0o777)
    (tmp_path / "open").chmod(0o777)
    with pytest.raises(TokenFileError, match="not this user's alone"):
        TokenFile(tmp_path / "open")


@pytest.mark.django_db
def test_era_ends_with_the_next_moment_of_any_page_whether_the_scheduler_knows_of_it_or_not() -> None:
    make_site()
    now = timezone.now()
    record_passing_time(now)
    soon = now + dt.timedelta(minutes=7)
    event = EventPageFactory(starts_at=soon, ends_at=soon + dt.timedelta(hours=1), start_time=None)
    event.expire_at = soon
    event.save_revision().publish()
    assert now < next_moment(now) <= soon + dt.timedelta(seconds=1)
    record_passing_time(now)
    assert now < next_moment(now) <= soon + dt.timedelta(seconds=1)
    PageMoment.objects.bulk_create([PageMoment(page=10_000 + n, unsure_since=now) for n in range(30)])
    assert next_moment(now) - now == dt.timedelta(seconds=1)
    type(event).objects.filter(pk=event.pk).update(expire_at=now + dt.timedelta(milliseconds=400))
    assert next_moment(now) - now == dt.timedelta(milliseconds=400)


@pytest.mark.django_db(transaction=True)
def test_era_is_made_in_a_thread_of_its_own(file: TokenFile) -> None:
    follows = follower.Follower()
    era = follows.new_era()
    follows.end()
    assert era is not None
    assert era.lasts(file.read())
    assert time.time() < era.until <= time.time() + 86_400
    token.replace()
    assert not era.lasts(file.read())
