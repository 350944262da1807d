"""Data in GIFT's comment lines: `// [id:…] [tag:…]` as Moodle writes them, and `[feedback:2:"…"]`, ours.

GIFT has no place for what is said about a pair or a step; a comment has, and Moodle passes over it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_OPENING = re.compile(r"\[(id|tag|feedback):")
_CLOSING = re.compile(r"(?<!\\)\]")
_NUMBERED = re.compile(r"(\d{1,3}):(.*)", re.DOTALL)
LONGEST_ID, LONGEST_TAG = 200, 100


@dataclass(frozen=True)
class CommentData:
    external_id: str = ""
    tags: tuple[str, ...] = ()
    feedback: tuple[tuple[int, str], ...] = ()


def comment_data(comments: Iterable[str]) -> CommentData:
    external_id = ""
    tags: dict[str, None] = {}
    feedback: dict[int, str] = {}
    for comment in comments:
        for name, value in _tokens(comment):
            plain = " ".join(value.replace("\\]", "]").split())
            if name == "id":
                external_id = external_id or plain[:LONGEST_ID]
            elif name == "tag":
                tags[plain[:LONGEST_TAG]] = None
            else:
                feedback |= _said(value)
    return CommentData(external_id, tuple(tag for tag in tags if tag), tuple(feedback.items()))


def _tokens(comment: str) -> Iterable[tuple[str, str]]:
    at = 0
    while (opening := _OPENING.search(comment, at)) and (closing := _CLOSING.search(comment, opening.end())):
        yield opening.group(1), comment[opening.end() : closing.start()]
        at = closing.end()


def _said(value: str) -> dict[int, str]:
    numbered = _NUMBERED.fullmatch(value)
    if numbered is None:
        return {}
    try:
        said = json.loads(numbered.group(2))
    except (ValueError, RecursionError):
        return {}
    return {int(numbered.group(1)): said} if isinstance(said, str) else {}


def data_comment(external_id: str, tags: Iterable[str], feedback: Mapping[int, str]) -> str:
    """The comment lines that `comment_data` reads; empty where there is nothing to say."""
    pieces = [f"[id:{_written(external_id)}]"] if external_id.strip() else []
    pieces += [f"[tag:{_written(tag)}]" for tag in tags]
    lines = [f"// {' '.join(pieces)}\n"] if pieces else []
    lines += [f"// [feedback:{number}:{_as_json(text)}]\n" for number, text in feedback.items() if text]
    return "".join(lines)


def _written(text: str) -> str:
    text = " ".join(text.split()).replace("]", "\\]")
    return f"{text} " if text.endswith("\\") else text


def _as_json(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("]", "\\u005d")
