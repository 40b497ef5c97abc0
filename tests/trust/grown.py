"""The world of the trust tests as it stands, and what is remembered of it from one module to the next."""

from dataclasses import dataclass, field
from pathlib import Path

from tests.replanting import Planted
from tests.trust.crawls import Untouched
from tests.trust.planting import World


@dataclass
class Grown:
    """A world that stands in the database, its media folder, and what strangers are answered while it stands alone."""

    world: World
    media: Path
    untouched: Untouched = field(default_factory=Untouched)
    planted: Planted = field(default_factory=lambda: Planted({}, {}))
