"""The twin as a whole: made, and kept up to date by the log of changes. It always ends as a fresh one would.

An address is asked for anew when the page that it hangs on is named by a change, when what its file is made of is another
one, and, where it shows a set (lists of the API, the sitemap, redirects), with every change. Everything is asked for anew
once a day, and after a start with other code or settings; files are written only where they differ.
"""

import datetime as dt
import json
import logging
import time
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from django.utils import timezone
from wagtail.models import Site

from wagtail_newsroom.news.conf import setting
from wagtail_newsroom.news.delivery.twin.asking import Answer, Stranger
from wagtail_newsroom.news.delivery.twin.errors import TwinBusyError, TwinError
from wagtail_newsroom.news.delivery.twin.folder import MANIFEST, UNDER_WAY, Folder, digest_of
from wagtail_newsroom.news.delivery.twin.links import api_items, links_in, local
from wagtail_newsroom.news.delivery.twin.made_with import made_with
from wagtail_newsroom.news.delivery.twin.manifest import Entry, Host, read_manifest, write_manifest
from wagtail_newsroom.news.delivery.twin.names import file_of, folder_of
from wagtail_newsroom.news.delivery.twin.nginx import FOLDER, configuration
from wagtail_newsroom.news.delivery.twin.plan import EACH_CHANGE, NOT_FOUND, Plan, Wanted
from wagtail_newsroom.news.publishing.changes.events import EVERYTHING, FullSyncError, events_after, latest_cursor
from wagtail_newsroom.news.timing.next_change import next_change_of_site

logger = logging.getLogger(__name__)

# All of it is looked at anew after this.
DAY = dt.timedelta(days=1)
# While much is asked for, the log of changes is looked at this often, in seconds: what is taken down goes first.
GLANCE = 5.0
# The state of what could not be written: it is asked for again.
UNWRITTEN = "?"
# The site does not know its own name (ALLOWED_HOSTS), or is too busy: nothing is to be concluded from that.
TURNED_AWAY = frozenset({400, 429})
# What could not be asked for or written is tried again after this.
REST = dt.timedelta(minutes=1)
LEADING_ON = frozenset({301, 302, 303, 307, 308})
CONTENT, GONE, REFUSED, MISSING = 200, 410, 403, 404


_resting_until = 0.0
# The folder, the place in the log, and the moment until which nothing is to be done there.
_quiet: tuple[str, int, dt.datetime] | None = None


@dataclass
class Report:
    """What a run did: addresses asked for, files written, files taken away, addresses that the twin has now.

    ``until``: the moment at which there is something to do though nothing was changed.
    """

    asked: int = 0
    written: int = 0
    removed: int = 0
    addresses: int = 0
    until: dt.datetime = field(default_factory=timezone.now)
    failed: list[str] = field(default_factory=list)


def keep_twin() -> None:
    """Bring the folder of ``TWIN_FOLDER`` up to date; nothing where none is set. For the scheduler, each round.

    Raises :class:`TwinError` where the folder cannot be written, and leaves it alone for a minute then.
    """
    global _resting_until, _quiet
    folder, now = str(setting("TWIN_FOLDER")), timezone.now()
    if not folder or time.monotonic() < _resting_until:
        return
    cursor = latest_cursor()
    is_whole = (Path(folder) / MANIFEST).exists() and not (Path(folder) / UNDER_WAY).exists()
    if is_whole and _quiet is not None and _quiet[:2] == (folder, cursor) and now < _quiet[2]:
        return  # without reading the manifest, which is long
    try:
        report = export(Path(folder), whole=False)
        _quiet = (folder, cursor, report.until)
    except TwinBusyError:
        logger.debug("Somebody else writes the twin.")
    except TwinError:
        _resting_until = time.monotonic() + REST.total_seconds()
        raise


def export(root: Path, *, whole: bool = True) -> Report:
    """Write all that is public below ``root``, or (``whole=False``) what changed since the last time.

    Raises :class:`TwinError` where the folder cannot be written, :class:`TwinBusyError` where another process writes it.
    """
    report, folder, trouble = Report(), Folder(root), []
    with folder.locked() as ended_well:
        hosts = read_manifest(folder.read(MANIFEST))
        before, found = write_manifest(hosts), {}
        for site in Site.objects.select_related("root_page").order_by("pk"):
            name = folder_of(site.hostname, site.port)
            twin = SiteTwin(folder, name, site, hosts.get(name, Host()), report)
            twin.refresh(whole=whole or not ended_well)
            found[name] = twin.host
            trouble += twin.trouble
        report.until = min((host.until(DAY) for host in found.values()), default=report.until)
        report.addresses = sum(len(host.addresses) for host in found.values())
        after = write_manifest(found)
        if whole or after != before or not ended_well:
            kept = {f"{name}/{entry.file}" for name, host in found.items() for entry in host.addresses.values()}
            samples = configuration(folder.root, found)
            for file, content in samples.items():
                folder.write(file, content)
            if whole or not ended_well or set(hosts) != set(found):
                folder.remove_others(kept | set(samples), {*hosts, *found, FOLDER})
            folder.write(MANIFEST, after)
    if trouble:
        raise trouble[0]
    return report


class SiteTwin:
    """The twin of one site: ``host`` is what is kept of it, changed by :meth:`refresh`."""

    def __init__(self, folder: Folder, name: str, site: Site, host: Host, report: Report) -> None:
        self.folder, self.name, self.site, self.report = folder, name, site, report
        self.stranger = Stranger(site)
        is_other = host.site != site.pk or host.url != self.stranger.root_url
        self.host = Host(site=site.pk, url=self.stranger.root_url) if is_other else host
        self.trouble: list[TwinError] = []
        self._everything, self._affected = False, set[str]()
        # Whether answers that show a set are asked for; whether something has to be asked for once more.
        self._sets_too, self._is_unfinished = False, False
        # Addresses that were asked for in this run, and that no change has named since.
        self._fresh: set[str] = set()

    def refresh(self, *, whole: bool) -> None:
        """Ask for what may have changed, all of it with ``whole``; take away what is public no more."""
        now = timezone.now()
        self._everything = whole or self._is_to_be_whole(now)
        changed = self._read_log()
        by_time = self.host.is_due(now)
        if not (changed or by_time or self._everything or self.host.is_to_be_finished(now)):
            return
        self._sets_too = changed or by_time
        self.host.again_at = ""
        while not self._bring_up_to_date(by_time):
            logger.debug("More changed while the twin was made.")
        again = next_change_of_site(self.site, now)
        self.host.again_at = again.isoformat() if again else ""
        self.host.drop_unused_headers()
        self.host.unfinished = (now + REST).isoformat() if self._is_unfinished else ""
        if self._everything:
            self.host.whole_at, self.host.made_with = now.isoformat(), made_with()

    def _is_to_be_whole(self, now: dt.datetime) -> bool:
        host = self.host
        if host.cursor < 0 or not host.whole_at or host.made_with != made_with():
            return True
        return now - dt.datetime.fromisoformat(host.whole_at) >= DAY

    def _read_log(self) -> bool:
        """Read on in the log of changes; say whether anything changed. What it names is asked for again."""
        if self.host.cursor < 0:
            self.host.cursor = latest_cursor()
            return True
        changed, more = False, True
        while more:
            try:
                page = events_after(self.host.cursor, self.site, 1000)
            except FullSyncError:
                self._everything, self._fresh, self.host.cursor = True, set(), latest_cursor()
                return True
            more, self.host.cursor = page.more, page.cursor
            for event in page.events:
                changed = True
                self._affected.update(event["affects"])
        if EVERYTHING in self._affected:
            self._everything, self._fresh = True, set()
            self._affected.discard(EVERYTHING)
        if changed:
            self._sets_too = True
            self._fresh -= {address for address in self._fresh if self._is_touched(self.host.get(address))}
        return changed

    def _is_touched(self, entry: Entry | None) -> bool:
        return entry is None or (self._sets_too if entry.of == EACH_CHANGE else entry.of in self._affected)

    def _bring_up_to_date(self, by_time: bool) -> bool:
        """Go through all addresses once; ``False`` where something changed meanwhile."""
        plan = Plan(self.site)
        if by_time:
            self._affected |= plan.lists()
        self._take_away(address for address, entry in self._entries() if _is_page_gone(entry.of, plan))
        run = Run(self, plan)
        for wanted in plan.wanted():
            run.want(wanted)
        glanced = time.monotonic()
        while run.waiting:
            self._ask(run, run.waiting.popleft())
            if time.monotonic() - glanced >= GLANCE:
                if self._read_log():
                    return False
                glanced = time.monotonic()
        self._take_away(address for address, _entry in self._entries() if address not in run.wanted)
        return True

    def is_to_be_asked(self, wanted: Wanted) -> bool:
        """Whether what is kept of an address may be out of date."""
        if wanted.address in self._fresh:
            return False
        entry = self.host.get(wanted.address)
        if entry is None or self._everything or entry.of != wanted.of or entry.state != wanted.state:
            return True
        return self._is_touched(entry)

    def _ask(self, run: "Run", wanted: Wanted) -> None:
        address = wanted.address
        try:
            answer = self.stranger.ask(address)
        except Exception:
            logger.exception("%s%s could not be asked for; the twin keeps what it had.", self.host.url, address)
            self._note_failure(address)
            return
        self.report.asked += 1
        if answer.status >= 500 or answer.status in TURNED_AWAY:
            logger.error("%s%s answers %s; the twin keeps what it had.", self.host.url, address, answer.status)
            self._note_failure(address)
            return
        entry = Entry(answer.status, of=wanted.of, state=wanted.state)
        content = _kept(answer, wanted)
        if content:
            entry.links = run.links(address, answer)
            entry.headers = self.host.note_headers(answer)
            if answer.status in LEADING_ON:
                entry.location = answer.headers.get("location", "")
            else:
                entry.type, entry.sha256 = answer.content_type, digest_of(answer.body)
                entry.file = file_of(address, answer.status, answer.content_type)
        if not self._put(address, entry, answer.body):
            return
        self._fresh.add(address)
        run.want_links(entry)

    def _note_failure(self, address: str) -> None:
        self.report.failed.append(f"{self.host.url}{address}")
        self._ask_again(address)

    def _ask_again(self, address: str) -> None:
        """Ask for an address again in a minute, whatever happens until then."""
        self._is_unfinished = True
        if known := self.host.get(address):
            known.state = UNWRITTEN

    def _put(self, address: str, entry: Entry, body: bytes) -> bool:
        """Write the file of an answer, take away what stood in its place; say whether it could be done."""
        try:
            if entry.file and self.folder.write(f"{self.name}/{entry.file}", body):
                self.report.written += 1
        except TwinError as error:
            self.trouble.append(error)
            self._ask_again(address)
            return False
        before = self.host.forget(address)
        if before and before.file and before.file != entry.file:
            self._remove(before.file)
        (self.host.addresses if entry.headers else self.host.missing)[address] = entry
        return True

    def _entries(self) -> list[tuple[str, Entry]]:
        return [*self.host.addresses.items(), *self.host.missing.items()]

    def _take_away(self, addresses: Iterable[str]) -> None:
        for address in list(addresses):
            entry = self.host.forget(address)
            if entry and entry.file:
                self._remove(entry.file)

    def _remove(self, file: str) -> None:
        if any(entry.file == file for entry in self.host.addresses.values()):
            return
        try:
            self.folder.remove(f"{self.name}/{file}")
            self.report.removed += 1
        except TwinError as error:
            self.trouble.append(error)
            self._is_unfinished = True


class Run:
    """One way through the addresses of a site: which are wanted, and which of them wait to be asked for."""

    def __init__(self, twin: SiteTwin, plan: Plan) -> None:
        self.twin, self.plan = twin, plan
        self.wanted: set[str] = set()
        self.waiting: deque[Wanted] = deque()
        self._operations: dict[str, list[str]] | None = None

    def want(self, wanted: Wanted | None) -> None:
        """Count an address in, with all that is known to be linked from it."""
        if wanted is None or wanted.address in self.wanted:
            return
        self.wanted.add(wanted.address)
        if self.twin.is_to_be_asked(wanted):
            self.waiting.append(wanted)
        elif entry := self.twin.host.addresses.get(wanted.address):
            self.want_links(entry)

    def want_links(self, entry: Entry) -> None:
        """Count in what an answer leads to."""
        for link, of in entry.links.items():
            self.want(self.plan.follow(link, of))

    def links(self, address: str, answer: Answer) -> dict[str, str]:
        """Addresses that an answer names and that are followed, but for pages, which are known anyway."""
        plan, root_url = self.plan, self.twin.stranger.root_url
        found = {link: "" for link in links_in(answer, address, root_url, plan.folders) if link not in plan.pages}
        if plan.api and address.startswith(plan.api):
            found = {link: of for link, of in found.items() if not link.startswith(plan.api)}
            found |= self._links_of_api(address, answer)
        return {link: of for link, of in found.items() if plan.follow(link, of) is not None}

    def _links_of_api(self, address: str, answer: Answer) -> dict[str, str]:
        plan = self.plan
        if address == f"{plan.api}openapi.json":
            self._operations = plan.operations(_json(answer))
            return dict.fromkeys(self._operations, "")
        templates = self._templates().get(address.partition("?")[0])
        if templates is None:
            return {}
        following, items = api_items(answer, templates)
        found = {each: _path_of(item, plan) for each, item in items.items()}
        if following and (link := local(following, self.twin.stranger.root_url)):
            found[link] = ""
        return found

    def _templates(self) -> dict[str, list[str]]:
        if self._operations is None:
            self._operations = self.plan.operations(_json(self.twin.stranger.ask(f"{self.plan.api}openapi.json")))
        return self._operations


def _kept(answer: Answer, wanted: Wanted) -> bool:
    """Whether an answer is for everybody, and something that belongs to the twin."""
    if not answer.is_for_all:
        return False
    is_refused_form = answer.status == REFUSED and "attachment" not in answer.headers.get("content-disposition", "")
    is_page_of_nothing = answer.status == MISSING and wanted.address.endswith(f"/{NOT_FOUND}")
    is_file = not wanted.address.endswith("/")
    return (
        answer.status in (CONTENT, GONE)
        or (answer.status in LEADING_ON and "location" in answer.headers)
        or (is_refused_form and is_file)
        or is_page_of_nothing
    )


def _is_page_gone(of: str, plan: Plan) -> bool:
    return of.startswith("/") and of not in plan.pages


def _path_of(item: dict[str, object], plan: Plan) -> str:
    """The page that an item of the API is; empty for a row, and for a file."""
    path = item.get("path")
    return path if isinstance(path, str) and path in plan.pages else ""


def _json(answer: Answer) -> dict[str, object]:
    try:
        content = json.loads(answer.body)
    except ValueError:
        return {}
    return content if isinstance(content, dict) else {}
