"""`make wheel`: writes the list of parts (SBOM, CycloneDX 1.6) of the plugin beside its wheel: what it needs to run, and what that needs.

Versions are those of this environment, which `requirements.txt` pins. No network is asked.
"""

import re
import sys
import tomllib
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from packageurl import PackageURL
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "dist"
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    target = folder / f"{project['name'].replace('-', '_')}-{project['version']}.cdx.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    outputter = make_outputter(bom_of(project), OutputFormat.JSON, SchemaVersion.V1_6)
    target.write_text(outputter.output_as_string(indent=2) + "\n")
    print(target)
    return 0


def bom_of(project: dict[str, Any]) -> Bom:
    """The plugin as the subject, everything that it needs as components, and who needs whom."""
    subject = Component(
        name=project["name"],
        version=project["version"],
        type=ComponentType.LIBRARY,
        purl=PackageURL("pypi", name=project["name"], version=project["version"]),
        licenses=[LicenseFactory().make_from_string(project["license"])],
    )
    bom = Bom()
    bom.metadata.component = subject
    components: dict[str, Component] = {}
    waiting = [(subject, needed(project["dependencies"]))]
    while waiting:
        owner, names = waiting.pop()
        for name, extras in names:
            if name not in components:
                installed = distribution(name)
                components[name] = component_of(name, installed)
                waiting.append((components[name], needed(installed.requires or [], extras)))
        bom.register_dependency(owner, [components[name] for name, _extras in names])
    bom.components.update(components.values())
    return bom


def needed(requirements: list[str], extras: set[str] | None = None) -> list[tuple[str, set[str]]]:
    """The names that are wanted on this Python, with the extras wanted of each, as far as they are installed."""
    found = []
    for requirement in map(Requirement, requirements):
        environments = [{"extra": extra} for extra in {"", *(extras or set())}]
        is_wanted = requirement.marker is None or any(map(requirement.marker.evaluate, environments))
        name = canonicalize_name(requirement.name)
        if is_wanted and is_installed(name):
            found.append((name, set(requirement.extras)))
    return found


def is_installed(name: str) -> bool:
    try:
        distribution(name)
    except PackageNotFoundError:
        return False
    return True


def component_of(name: str, installed: Distribution) -> Component:
    """A package with its version, address and licence as it says them itself."""
    said = installed.metadata.get("License-Expression") or installed.metadata.get("License") or ""
    known = re.fullmatch(r"[\w.+ ()-]{2,60}", said)
    return Component(
        name=name,
        version=installed.version,
        type=ComponentType.LIBRARY,
        purl=PackageURL("pypi", name=name, version=installed.version),
        licenses=[LicenseFactory().make_from_string(said)] if known else [],
    )


if __name__ == "__main__":
    sys.exit(main())
