"""The world of the trust tests as it stands, and what is remembered of it from one module to the next."""

from dataclasses import dataclass, field
from pathlib import Path

from tests.replanting import Planted
from tests.trust.planting import World


@dataclass
class Grown:
    """A world that stands in the database, its media folder, and the rows that it consists of."""

    world: World
    media: Path
    planted: Planted = field(default_factory=lambda: Planted({}, {}))
