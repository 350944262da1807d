"""Paths of categories, as Moodle writes them: `$course$/top/Service//Front desk/Unit 1` (a doubled slash is one in a name)."""

from __future__ import annotations

import re

from quizzes.domain.exchange.records import DEEPEST_CATEGORY, LONGEST_CATEGORY_NAME, Code, Note, Severity, note

_CONTEXT = re.compile(r"\$[A-Za-z0-9_]{1,30}\$")
_SLASH = re.compile(r"(?<!/)/(?!/)")


def category_of(path: str, line: int = 0) -> tuple[tuple[str, ...], tuple[Note, ...]]:
    """The names from the top down, without Moodle's context and its `top`."""
    names = [" ".join(name.replace("//", "/").split()) for name in _SLASH.split(path.strip())]
    if names and _CONTEXT.fullmatch(names[0]):
        names = names[1:]
        names = names[1:] if names[:1] == ["top"] else names
    found = tuple(name[:LONGEST_CATEGORY_NAME] for name in names if name)
    if len(found) <= DEEPEST_CATEGORY and all(len(name) <= LONGEST_CATEGORY_NAME for name in names):
        return found, ()
    limits = {"most": DEEPEST_CATEGORY, "longest": LONGEST_CATEGORY_NAME}
    return found[:DEEPEST_CATEGORY], (note(Severity.WARNING, Code.CATEGORY_TOO_DEEP, line, **limits),)


def category_path(names: tuple[str, ...]) -> str:
    return "/".join(("$course$", "top", *(_written(name) for name in names)))


def _written(name: str) -> str:
    """A slash at an end needs a blank to keep it apart from the ones between names."""
    before, after = " " * name.startswith("/"), " " * name.endswith("/")
    return f"{before}{' '.join(name.split()).replace('/', '//')}{after}"
