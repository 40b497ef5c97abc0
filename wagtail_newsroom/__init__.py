"""The import path of the newsroom's packages: in a wheel they lie below this folder, in a checkout next to it."""

import sys
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_file_location
from pathlib import Path
from typing import Any

__version__ = "0.1.0"

_here = Path(__file__).resolve().parent


class _Checkout(MetaPathFinder):
    """Finds the two packages next to this folder, and nothing else that lies there: no tests, no site."""

    packages = (f"{__name__}.news", f"{__name__}.galleries")

    def find_spec(self, fullname: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        if fullname not in self.packages:
            return None
        folder = _here.parent / fullname.rpartition(".")[2]
        return spec_from_file_location(fullname, folder / "__init__.py", submodule_search_locations=[str(folder)])


if not (_here / "news").is_dir():
    sys.meta_path.append(_Checkout())
