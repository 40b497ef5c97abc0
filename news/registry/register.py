"""The public registry: how another app adds to the newsroom without being known to it.

Call these from ``AppConfig.ready()``. The gallery app that ships with the newsroom uses the same doors.
"""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wagtail.admin.ui.components import Component
    from wagtail.blocks import Block
    from wagtail.models import Page

    from wagtail_newsroom.news.registry.contracts import Finding, Surroundings
from wagtail_newsroom.news.registry.contracts import LibraryStep

BlockFactory = Callable[[], "Block"]
PageFinder = Callable[["Page"], Iterable["Page"]]
PreflightCheck = Callable[["Page"], Iterable["Finding"]]
DeskPanel = Callable[[Any], "Component"]
StructuredData = Callable[[Any, "Surroundings"], dict[str, Any]]
FollowupCondition = Callable[[], Any]


_story_blocks: dict[str, BlockFactory] = {}
_page_finders: list[PageFinder] = []
_api_endpoints: dict[str, type[Any]] = {}
_admin_listings: list[Callable[[], Any]] = []
_preflight_checks: list[PreflightCheck] = []
_desk_panels: list[DeskPanel] = []
_structured_data: dict[str, StructuredData] = {}
_admin_registers: list[Callable[[], type[Any]]] = []
_followup_conditions: list[FollowupCondition] = []
_library_steps: list[LibraryStep] = []


def register_story_block(name: str, factory: BlockFactory) -> None:
    """Offer a block in every story (the body of news and events).

    ``name``: the block's type in the stored data; ``factory``: called without arguments, returns the block.
    Raises ``ValueError`` where the name is taken. Registering a block changes no migration of ``news``.
    """
    if name in _story_blocks:
        raise ValueError(f"A story block named {name!r} is registered already.")
    _story_blocks[name] = factory


def story_blocks() -> dict[str, BlockFactory]:
    """Return the registered story blocks by name."""
    return dict(_story_blocks)


def register_page_finder(finder: PageFinder) -> None:
    """Tell the newsroom how to find pages that belong to a given page (galleries of an event, say).

    ``finder``: takes a page, returns an iterable of public pages; called when the page is shown.
    """
    _page_finders.append(finder)


def pages_about(page: "Page") -> list["Page"]:
    """Return the public pages that registered apps say belong to ``page``."""
    return [found for finder in _page_finders for found in finder(page)]


def register_api_endpoint(name: str, viewset: type[Any]) -> None:
    """Add an endpoint to the newsroom's v2 API router, at ``/api/v2/<name>/``.

    Raises ``ValueError`` where the name is taken.
    """
    if name in _api_endpoints:
        raise ValueError(f"An API endpoint named {name!r} is registered already.")
    _api_endpoints[name] = viewset


def api_endpoints() -> dict[str, type[Any]]:
    """Return the registered v2 endpoints by name."""
    return dict(_api_endpoints)


def register_admin_listing(factory: Callable[[], Any]) -> None:
    """Add a list of pages to the newsroom's menu in the admin.

    ``factory``: called without arguments once URLs are built, returns a Wagtail viewset.
    """
    _admin_listings.append(factory)


def admin_listings() -> list[Any]:
    """Return the registered lists for the newsroom's menu."""
    return [factory() for factory in _admin_listings]


def register_model_admin(factory: Callable[[], type[Any]]) -> None:
    """Add a register of plain rows (photos, logs) to the newsroom's menu in the admin.

    ``factory``: called without arguments once the admin is set up, returns a ``ModelAdmin`` class of
    wagtail-modeladmin; :class:`wagtail_newsroom.news.admin.lists.registers.LibraryRegister` is one for files that lie in collections.
    """
    _admin_registers.append(factory)


def model_admins() -> list[type[Any]]:
    """Return the registered registers for the newsroom's menu."""
    return [factory() for factory in _admin_registers]


def register_preflight_check(check: PreflightCheck) -> None:
    """Add a check that runs before a page is submitted and published.

    ``check``: takes the page as it would be published (a draft is given as an object of its own type, not saved),
    returns what it finds wrong; nothing where it does not concern the page.
    """
    _preflight_checks.append(check)


def preflight_checks() -> list[PreflightCheck]:
    """Return the registered checks, in the order of their registration."""
    return list(_preflight_checks)


def register_desk_panel(factory: DeskPanel) -> None:
    """Add a panel to the desk, the admin's home.

    ``factory``: called with the request, returns a Wagtail component that shows nothing where there is nothing to do.
    """
    _desk_panels.append(factory)


def desk_panels(request: Any) -> list["Component"]:
    """Return the registered panels for the person who asks."""
    return [factory(request) for factory in _desk_panels]


def register_structured_data(page_type: str, make: StructuredData) -> None:
    """Say what pages of a type are to search engines, in the words of schema.org (JSON-LD).

    ``page_type``: label of the model (``"newsroom.EventPage"``); ``make``: takes the page and what stands around it
    (:class:`wagtail_newsroom.news.registry.contracts.Surroundings`), returns an object with ``@type``, holding public facts only.
    Raises ``ValueError`` where the type has one already.
    """
    if page_type in _structured_data:
        raise ValueError(f"Structured data of {page_type!r} is registered already.")
    _structured_data[page_type] = make


def structured_data(page_type: type[Any]) -> StructuredData | None:
    """Return what makes the structured data of pages of ``page_type`` or of a type above it; ``None`` without one."""
    labels = [each._meta.label for each in page_type.__mro__ if hasattr(each, "_meta")]
    return next((_structured_data[label] for label in labels if label in _structured_data), None)


def register_followup_condition(condition: FollowupCondition) -> None:
    """Tell the newsroom what counts as the report of a past event (a gallery about it, say).

    ``condition``: called without arguments, returns an expression on rows of events, usually an ``Exists`` with
    ``OuterRef("translation_key")``. Events for which it holds are not on the desk's list of those that owe a report.
    """
    _followup_conditions.append(condition)


def followup_conditions() -> list[Any]:
    """Return the registered conditions, each as an expression on rows of events."""
    return [condition() for condition in _followup_conditions]


def register_library_step(step: LibraryStep) -> None:
    """Add a step to ``manage.py check_library``, which tends what was stored before. Steps run in this order."""
    _library_steps.append(step)


def library_steps() -> list[LibraryStep]:
    """Return the registered steps."""
    return list(_library_steps)
