"""The log is read while acts are under way: an act that ends late is told late, not left out."""

import threading

import pytest
from django.db import connection, transaction
from wagtail.models import Site

from tests.factories import make_site
from wagtail_newsroom.news.models import ChangeRecord
from wagtail_newsroom.news.publishing.changes.events import events_after, latest_cursor, records_after
from wagtail_newsroom.news.publishing.changes.records import record_site


@pytest.mark.django_db(transaction=True)
@pytest.mark.services
def test_act_that_began_earlier_and_ends_later_is_read_by_who_reads_on_and_by_who_begins() -> None:
    make_site()
    site, start = Site.objects.get(), latest_cursor()
    recorded, may_end = threading.Event(), threading.Event()

    def slow_act() -> None:
        with transaction.atomic():
            record_site(site)
            recorded.set()
            may_end.wait(1)
        connection.close()

    act = threading.Thread(target=slow_act)
    act.start()
    recorded.wait(10)
    record_site(site)  # SQLite lets it write once the other act is over
    read, begun = records_after(start, site), latest_cursor()
    before = set(ChangeRecord.objects.filter(pk__gt=start).values_list("pk", flat=True))
    may_end.set()
    act.join()

    rest = records_after(read.cursor, site)
    everything = list(ChangeRecord.objects.filter(pk__gt=start).values_list("pk", flat=True))
    assert len(everything) == 2
    assert [row.pk for row in read.rows + rest.rows] == everything
    told_to_beginner = len(events_after(begun, site).events)
    assert told_to_beginner >= len(set(everything) - before)


@pytest.mark.django_db(transaction=True)
@pytest.mark.services
def test_record_with_the_lower_id_is_not_missed_though_its_act_began_later() -> None:
    """PostgreSQL orders transactions by their beginning, and gives ids when it is asked for them."""
    make_site()
    site, start = Site.objects.get(), latest_cursor()
    quick_has_begun, slow_has_recorded, may_end = (threading.Event() for _number in range(3))

    def quick_act() -> None:
        with transaction.atomic():
            Site.objects.update(site_name="Nowa nazwa")
            quick_has_begun.set()
            slow_has_recorded.wait(0.5)  # SQLite lets the other act write once this one is over
            record_site(site)
        connection.close()

    def slow_act() -> None:
        quick_has_begun.wait(10)
        with transaction.atomic():
            record_site(site)
            slow_has_recorded.set()
            may_end.wait(10)
        connection.close()

    acts = [threading.Thread(target=act) for act in (quick_act, slow_act)]
    for act in acts:
        act.start()
    acts[0].join()
    read, begun = records_after(start, site), latest_cursor()
    before = set(ChangeRecord.objects.filter(pk__gt=start).values_list("pk", flat=True))
    may_end.set()
    acts[1].join()

    everything = list(ChangeRecord.objects.order_by("pk").filter(pk__gt=start).values_list("pk", flat=True))
    assert len(everything) >= 2
    assert [row.pk for row in read.rows + records_after(read.cursor, site).rows] == everything
    assert {row.pk for row in records_after(begun, site).rows} >= set(everything) - before
