"""Looks every pinned package up in the vulnerability database.

A finding fails, and so does an audit that could look nothing up. Where the network is away by design,
``AUDIT_MAY_BE_SKIPPED=1`` says so: then that is printed, and no failure.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "audit.json"
        command = [sys.executable, "-m", "pip_audit", "--requirement", "requirements.txt"]
        command += ["--require-hashes", "--disable-pip", "--progress-spinner", "off"]
        command += ["--format", "json", "--output", str(report)]
        try:
            answer = subprocess.run(command, cwd=ROOT, timeout=300, capture_output=True, text=True, check=False)
        except subprocess.TimeoutExpired:
            return _could_not_run("the database did not answer within five minutes")
        if not report.exists():
            return _could_not_run((answer.stderr.strip().splitlines() or ["no reason given"])[-1])
        packages = json.loads(report.read_text(encoding="utf-8"))["dependencies"]

    findings = [
        f"{package['name']} {package['version']}: {finding['id']}, fixed in "
        f"{', '.join(finding['fix_versions']) or 'no release yet'}"
        for package in packages
        for finding in package.get("vulns", [])
    ]
    for finding in findings:
        print(finding)
    unknown = [package for package in packages if "skip_reason" in package]
    known = len(packages) - len(unknown)
    if unknown:
        failed = _could_not_run(f"{len(unknown)} of {len(packages)} packages: {unknown[0]['skip_reason']}")
        if not known and failed:
            return failed
    if not findings and known:
        print(f"{known} packages looked up, no known vulnerability.")
    return 1 if findings else 0


def _could_not_run(reason: str) -> int:
    """Say it loudly; the exit status of an audit that looked nothing up."""
    print(f"!! NOT AUDITED: {reason}")
    return 0 if os.environ.get("AUDIT_MAY_BE_SKIPPED") else 1


if __name__ == "__main__":
    sys.exit(main())
