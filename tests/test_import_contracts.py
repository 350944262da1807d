"""Each import contract, broken on purpose in a project of empty files, fails; unbroken, all hold."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
LINT = "from importlinter.cli import lint_imports_command; lint_imports_command()"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Every package that the contracts name, each with a domain, and nothing in them."""
    (tmp_path / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text(encoding="utf-8"), encoding="utf-8")
    for package in CONTRACTS["root_packages"]:
        write(tmp_path, f"{package}/__init__.py")
        if package != "config":
            write(tmp_path, f"{package}/domain/__init__.py")
    write(tmp_path, "core/clock.py")
    return tmp_path


def write(project: Path, path: str, text: str = "") -> None:
    (project / path).parent.mkdir(parents=True, exist_ok=True)
    (project / path).write_text(text, encoding="utf-8")


def lint(project: Path, contract: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", LINT, "--no-cache", "--contract", contract],
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(project)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("contract", [contract["id"] for contract in CONTRACTS["contracts"]])
def test_contract_holds_unbroken(project: Path, contract: str) -> None:
    result = lint(project, contract)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize(
    ("contract", "files"),
    [
        ("one-way-down", {"core/models.py": "import people"}),
        ("one-way-down", {"quizzes/services.py": "def grade():\n    from training import services"}),
        ("one-way-down", {"home/urls.py": "import config"}),
        ("rooms", {"quizzes/models.py": "from quizzes import services", "quizzes/services.py": ""}),
        ("rooms", {"quizzes/selectors/a.py": "from quizzes import services", "quizzes/services.py": ""}),
        ("rooms", {"people/services.py": "from people.views import team", "people/views/team.py": ""}),
        ("rooms", {"people/tasks.py": "from people import receivers", "people/receivers.py": ""}),
        ("rooms", {"people/enums.py": "from people import permissions", "people/permissions.py": ""}),
        ("rooms", {"core/clock.py": "from core import models", "core/models.py": ""}),
        ("rooms", {"people/utils.py": ""}),
        ("pure-domain", {"quizzes/domain/marks.py": "from django.utils import timezone"}),
        ("pure-domain", {"quizzes/domain/marks.py": "import random"}),
        ("pure-domain", {"standards/domain/diff/words.py": "from wagtail import blocks"}),
        ("pure-domain", {"people/domain/due.py": "from core import clock"}),
        ("pure-domain", {"people/domain/due.py": "import people.enums", "people/enums.py": "import django"}),
    ],
)
def test_contract_refuses(project: Path, contract: str, files: dict[str, str]) -> None:
    for path, text in files.items():
        write(project, path, text)
        if path.count("/") > 1:
            write(project, str(Path(path).parent / "__init__.py"))
    result = lint(project, contract)
    assert result.returncode == 1, result.stdout
    assert "BROKEN" in result.stdout


def test_rooms_accept_what_stands_below(project: Path) -> None:
    write(project, "people/services.py", "from people import models, selectors, enums\nfrom core import clock")
    write(project, "people/selectors.py", "from people import models")
    write(project, "people/models.py", "from people import querysets, enums")
    write(project, "people/querysets.py", "from people.domain import due")
    write(project, "people/enums.py")
    write(project, "people/domain/due.py", "import networkx\nfrom datetime import date")
    for contract in CONTRACTS["contracts"]:
        result = lint(project, contract["id"])
        assert result.returncode == 0, result.stdout
