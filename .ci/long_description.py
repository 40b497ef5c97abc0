"""The long description of the package: README.md, its pictures and pages under their whole addresses.

Hatchling calls this when it builds (pyproject.toml names it). In a checkout README.md stays as it is.
"""

import re
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

PICTURE = re.compile(r"(!\[[^]]*\]\()(?![a-z]+:|#)([^)]+)")
PAGE = re.compile(r"((?<!!)\[[^]]*\]\()(?![a-z]+:|#)([^)]+)")


def with_whole_addresses(text: str, repository: str) -> str:
    """Put the address of the repository (``https://github.com/owner/name``) before what is named by its place in it."""
    raw = repository.replace("https://github.com/", "https://raw.githubusercontent.com/")
    text = PICTURE.sub(rf"\g<1>{raw}/main/\g<2>", text)
    return PAGE.sub(rf"\g<1>{repository}/blob/main/\g<2>", text)


class LongDescription(MetadataHookInterface):
    """Gives ``project.readme``."""

    def update(self, metadata: dict[str, Any]) -> None:
        text = (Path(self.root) / "README.md").read_text(encoding="utf-8")
        whole = with_whole_addresses(text, metadata["urls"]["Source"])
        metadata["readme"] = {"content-type": "text/markdown", "text": whole}
