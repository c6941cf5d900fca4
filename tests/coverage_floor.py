"""After `coverage report`: no file under its floor. `python -m tests.coverage_floor` names those that are."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

FLOOR = 85
"""Percent of the lines and branches of each file."""


def low_files(report: dict[str, dict[str, dict[str, dict[str, float]]]]) -> list[str]:
    """The files under the floor, the lowest first, each with its percentage."""
    measured = [(facts["summary"]["percent_covered"], name) for name, facts in report["files"].items()]
    return [f"{name}: {percent:.0f} %" for percent, name in sorted(measured) if percent < FLOOR]


def main() -> int:
    """Read what was measured."""
    with tempfile.TemporaryDirectory() as folder:
        written = Path(folder) / "coverage.json"
        command = [sys.executable, "-m", "coverage", "json", "--quiet", "--fail-under=0", "-o", str(written)]
        subprocess.run(command, check=True)
        low = low_files(json.loads(written.read_text(encoding="utf-8")))
    sys.stdout.write("".join(f"under {FLOOR} %: {line}\n" for line in low))
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main())
