"""The content files that ship with Piawai (home/content): YAML that a company edits rather than deletes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

CONTENT = Path(__file__).resolve().parents[1] / "content"


class ContentFault(Exception):
    """A content file can't be used; the message names the file and says what is wrong with it."""


def chapters(language: str) -> list[dict[str, Any]]:
    """The chapters in the order of their file names."""
    return _folder(language, "standards")


def lessons(language: str) -> list[dict[str, Any]]:
    return _folder(language, "lessons")


def scenarios(language: str) -> list[dict[str, Any]]:
    return _folder(language, "scenarios")


def quizzes(language: str) -> list[dict[str, Any]]:
    return _folder(language, "quizzes")


def personas(language: str) -> list[dict[str, Any]]:
    return _read(CONTENT / language / "personas.yaml")


def programs(language: str) -> list[dict[str, Any]]:
    return _read(CONTENT / language / "programs.yaml")


def company() -> dict[str, Any]:
    return _read(CONTENT / "demo" / "company.yaml")


def login_of(company: Mapping[str, Any], role: str) -> str:
    """The name of the first demo account with this role."""
    return next(login["name"] for login in company["logins"] if login["group"] == role)


def changes() -> list[dict[str, Any]]:
    """What the demo's company changed in its standards, edition by edition."""
    return _read(CONTENT / "demo" / "changes.yaml")


def enquiries() -> list[dict[str, Any]]:
    """What the demo's people asked and suggested at the clauses, and what they were told."""
    return _read(CONTENT / "demo" / "enquiries.yaml")


def slips() -> list[dict[str, Any]]:
    """Questions that aren't as they should be in the demo."""
    return _read(CONTENT / "demo" / "slips.yaml")


def _folder(language: str, name: str) -> list[dict[str, Any]]:
    return [_read(path) for path in sorted((CONTENT / language / name).glob("*.yaml"))]


def _read(path: Path) -> Any:
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ContentFault(f"{path.relative_to(CONTENT)}: {error}") from error
