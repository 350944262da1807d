"""Holds the coverage of the last run to its floors: every branch of the rules and of the writes, 95 % of all."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import PurePath
from typing import Any

OVERALL = 95.0


def must_be_whole(path: str) -> bool:
    """Whether each branch of this file must have been taken: `domain/` and `services`, a package or a module."""
    parts = PurePath(path).with_suffix("").parts
    return bool({"domain", "services"} & set(parts[1:]))


def faults(report: dict[str, Any]) -> list[str]:
    """What is below its floor in a `coverage json` report, a line each."""
    found = []
    for path, file in sorted(report["files"].items()):
        if must_be_whole(path) and file["summary"]["percent_covered"] < 100:
            lines = ", ".join(map(str, file["missing_lines"]))
            branches = ", ".join(f"{start}→{end}" for start, end in file["missing_branches"])
            found.append(f"{path}: every branch must be tested; missing lines [{lines}], branches [{branches}]")
    overall = report["totals"]["percent_covered"]
    if overall < OVERALL:
        found.append(f"overall: {overall:.1f} % is below {OVERALL:.0f} %")
    return found


def main() -> int:
    made = subprocess.run(
        [sys.executable, "-m", "coverage", "json", "--quiet", "-o", "-"], capture_output=True, text=True, check=False
    )
    if made.returncode:
        print(made.stdout + made.stderr)
        return 1
    report = json.loads(made.stdout)
    found = faults(report)
    if any(line.startswith("overall") for line in found):
        subprocess.run([sys.executable, "-m", "coverage", "report"], check=False)
    print("\n".join(found) or f"Coverage {report['totals']['percent_covered']:.1f} %")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
