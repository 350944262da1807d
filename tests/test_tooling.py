"""The scripts in .ci/: what they refuse, what they find, what they leave behind."""

from __future__ import annotations

import importlib.util
import os
import re
import socket
import subprocess
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / ".ci" / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def run(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("port", ["eighty", "0", "70000", "-1", ""])
def test_demo_with_no_port_says_so_in_one_line(port: str) -> None:
    result = run(".ci/demo", PORT=port or " ")
    assert result.returncode == 1
    assert result.stdout == ""
    assert re.fullmatch(r"piawai: PORT must be a number .* PORT=8001 make demo\n", result.stderr)


def test_demo_on_a_used_port_says_so_in_one_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        result = run(".ci/demo", PORT=str(port))
    assert result.returncode == 1
    assert result.stdout == ""
    assert result.stderr == (
        f"piawai: Port {port} is already used by another program. Choose another: PORT=8001 make demo\n"
    )


def test_setup_without_python_says_so_in_one_line(tmp_path: Path) -> None:
    for tool in ("bash", "dirname"):
        (tmp_path / tool).symlink_to(Path("/usr/bin") / tool)
    result = run("/bin/bash", ".ci/setup", PATH=str(tmp_path))
    assert result.returncode == 1
    assert re.fullmatch(r"piawai: Python 3\.11 or later is needed .*\n", result.stderr)


def test_postgres_passes_the_status_on_and_leaves_nothing() -> None:
    result = run(".ci/postgres", "bash", "-c", "echo $DATABASE_URL; exit 7")
    assert result.returncode == 7
    folder = Path(result.stdout.removeprefix("postgres://piawai@/").strip()).parent
    assert folder.name.startswith("piawai-pg.")
    assert not folder.exists()


def file_report(covered: float) -> dict[str, Any]:
    return {"summary": {"percent_covered": covered}, "missing_lines": [3], "missing_branches": [[2, 3]]}


def test_coverage_of_rules_and_writes_must_be_whole() -> None:
    report = {
        "files": {
            "quizzes/domain/marks.py": file_report(99.9),
            "people/services.py": file_report(98),
            "training/services/assigning.py": file_report(98),
            "people/views/team.py": file_report(50),
        },
        "totals": {"percent_covered": 96},
    }
    assert [line.split(":")[0] for line in script("check_coverage").faults(report)] == [
        "people/services.py",
        "quizzes/domain/marks.py",
        "training/services/assigning.py",
    ]


def test_coverage_overall_has_a_floor() -> None:
    report = {"files": {"people/views/team.py": file_report(94)}, "totals": {"percent_covered": 94.9}}
    assert script("check_coverage").faults(report) == ["overall: 94.9 % is below 95 %"]


def test_catalogue_that_lags_behind_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    messages = script("messages")
    monkeypatch.setattr(messages, "ROOT", tmp_path)
    subprocess.run(["git", "init", "--quiet", tmp_path], check=True)
    (tmp_path / "app").mkdir()
    source = tmp_path / "app" / "views.py"
    source.write_text('_("Sign in")\n', encoding="utf-8")
    name = "locale/en/LC_MESSAGES/django"

    assert messages.faults() == [f'{name}.po lacks msgid "Sign in"']

    messages.update()
    assert messages.faults() == []

    source.write_text('_("Sign out")\n', encoding="utf-8")
    assert messages.faults() == [f'{name}.po lacks msgid "Sign out"', f'{name}.po still has msgid "Sign in"']

    messages.update()
    catalogue = tmp_path / f"{name}.po"
    text = catalogue.read_text(encoding="utf-8")
    catalogue.write_text(text.replace('msgid "Sign out"\nmsgstr ""', 'msgid "Sign out"\nmsgstr "Leave"'), "utf-8")
    assert messages.faults() == [f"{name}.mo is not compiled from its .po"]


def test_requirements_are_hashed_and_name_no_registry() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / name).read_text(encoding="utf-8")
        pinned = re.findall(r"^[a-z0-9].*?==(?:.*\\\n)+", text, re.MULTILINE)
        assert pinned
        assert all("--hash=sha256:" in text[text.index(pin) :][: len(pin) + 90] for pin in pinned)
        assert "://" not in text
        assert "index-url" not in text
