"""The import path of the newsroom's packages: in a wheel they lie below this folder, in a checkout beside it."""

from pathlib import Path

_here = Path(__file__).resolve().parent
if not (_here / "news").is_dir():
    __path__.append(str(_here.parent))

__version__ = "0.1.0"
