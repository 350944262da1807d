"""Small files of Moodle XML, and what was read of them."""

from __future__ import annotations

import base64

from quizzes.domain.exchange.moodle_xml import read_moodle_xml
from quizzes.domain.exchange.records import Code, Entry, Parsed

PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)


def read(questions: str) -> Parsed:
    return read_moodle_xml(f"<quiz>{questions}</quiz>".encode())


def one(kind: str, inner: str, stem: str = "What?") -> Entry:
    text = f'<questiontext format="html"><text>{stem}</text></questiontext>'
    (entry,) = read(f'<question type="{kind}"><name><text>n</text></name>{text}{inner}</question>').entries
    return entry


def codes(entry: Entry) -> list[Code]:
    return [each.code for each in entry.notes]


def answer(text: str, fraction: str, feedback: str = "", more: str = "") -> str:
    said = f"<feedback><text>{feedback}</text></feedback>" if feedback else ""
    return f'<answer fraction="{fraction}"><text>{text}</text>{said}{more}</answer>'


def encoded(content: bytes) -> str:
    return base64.b64encode(content).decode()
