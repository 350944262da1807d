"""What makes a question of a file the same question when the file comes again."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from itertools import count

from quizzes.domain.authoring import Authored, compose, decompose
from quizzes.domain.digests import digest
from quizzes.domain.exchange.records import Entry
from quizzes.domain.keys import KeyContent
from quizzes.domain.questions import QuestionContent

LONGEST_KEY = 100
OF_ID, OF_CONTENT = "id:", "sha:"


def source_key(entry: Entry) -> str:
    """By the id that the file gives it, which is its own within its category (as Moodle has it); else by all that it says."""
    category = list(entry.category)
    if entry.external_id:
        key = f"{OF_ID}:{entry.external_id}"
        return key if not category and len(key) <= LONGEST_KEY else OF_ID + _hashed(category, entry.external_id)
    picture = hashlib.sha256(entry.picture.content).hexdigest() if entry.picture else ""
    said = content_digest(entry.authored) if entry.authored else ""
    return OF_CONTENT + _hashed(category, said, picture)


def _hashed(*parts: object) -> str:
    return digest({"parts": list(parts)})


def external_id(key: str) -> str:
    """The id from which a key was made, where the key still has it; "" otherwise."""
    whole = f"{OF_ID}:"
    return key.removeprefix(whole) if key.startswith(whole) else ""


def content_digest(authored: Authored) -> str:
    """Of what it asks and what is right, its picture and its clauses apart: ids don't matter, nor where a text has blanks at its ends."""
    content, key = _composed(_without_ids(authored))
    content, key = _composed(_without_ids(decompose(authored.kind, content, key)))
    return digest({"kind": authored.kind, "text": content.as_mapping(), "key": key.as_mapping()})


def _composed(authored: Authored) -> tuple[QuestionContent, KeyContent]:
    ids = count(1)
    return compose(authored, lambda: f"{next(ids):08}")


def _without_ids(authored: Authored) -> Authored:
    return replace(
        authored,
        choices=tuple(replace(each, id="") for each in authored.choices),
        pairs=tuple(replace(each, id="") for each in authored.pairs),
        steps=tuple(replace(each, id="") for each in authored.steps),
        accepted=tuple(replace(each, id="") for each in authored.accepted),
        gaps=tuple(
            replace(
                gap,
                id="",
                choices=tuple(replace(each, id="") for each in gap.choices),
                accepted=tuple(replace(each, id="") for each in gap.accepted),
            )
            for gap in authored.gaps
        ),
        lines=tuple(replace(each, id="") for each in authored.lines),
        codes=(),
        picture=None,
    )
