"""Texts in GIFT to questions: the file, and of each block its name, its braces and what stands around them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from quizzes.domain.authoring import Authored
from quizzes.domain.exchange.checking import answers_in, fault_notes
from quizzes.domain.exchange.cloze import has_cloze
from quizzes.domain.exchange.comments import CommentData, comment_data
from quizzes.domain.exchange.gift.blocks import Block, blocks_of
from quizzes.domain.exchange.gift.kinds import read_cloze, type_of
from quizzes.domain.exchange.gift.passages import Passage, Refused
from quizzes.domain.exchange.gift.text import unmarked
from quizzes.domain.exchange.labels import labels_of
from quizzes.domain.exchange.records import (
    LONGEST_QUESTION,
    MOST_ANSWERS_IN_ALL,
    MOST_NOTES,
    MOST_QUESTIONS,
    Code,
    Entry,
    Note,
    Parsed,
    Severity,
    note,
    refused,
)
from quizzes.domain.exchange.texts import Unreadable, clean, decode

LONGEST_NAME = 250
_BLANK = "_____"
_STRAY = re.compile(r"[\"';\s]+")


def read_gift(content: bytes) -> Parsed:
    try:
        text, notes = decode(content)
    except Unreadable as unreadable:
        return unreadable.parsed
    parsed = parse_gift(text)
    return replace(parsed, notes=(*notes, *parsed.notes))


def parse_gift(text: str) -> Parsed:
    """Every question of the text, in order, with what there is to say about it."""
    blocks = blocks_of(clean(text))
    if len(blocks) > MOST_QUESTIONS:
        return refused(Code.TOO_MANY_QUESTIONS, blocks[MOST_QUESTIONS].line, most=MOST_QUESTIONS)
    if not blocks:
        return Parsed(notes=(note(Severity.WARNING, Code.EMPTY_FILE),))
    entries, answers = [], 0
    for block in blocks:
        entries.append(_entry(block))
        answers += answers_in(entries[-1].authored)
        if answers > MOST_ANSWERS_IN_ALL:
            return refused(Code.TOO_MANY_ANSWERS_IN_ALL, block.line, most=f"{MOST_ANSWERS_IN_ALL:,}")
    return Parsed(tuple(entries))


def _entry(block: Block) -> Entry:
    passage = Passage(block, text=block.marked)
    comments = comment_data(block.comments)
    labels = labels_of(comments.tags, block.line)
    name = _take_name(passage)
    try:
        authored = _authored(passage, comments)
    except Refused:
        authored = None
    if authored is not None:
        authored = labels.applied(authored)
        passage.notes += fault_notes(authored, block.line)
    if any(one.severity == Severity.ERROR for one in passage.notes):
        authored = None
        passage.notes = [one for one in passage.notes if one.severity != Severity.INFO]
    return Entry(
        line=block.line,
        authored=authored,
        type_name=passage.type_name,
        name=name,
        external_id=comments.external_id,
        category=block.category,
        tags=labels.tags,
        codes=labels.codes,
        difficulty=labels.difficulty,
        notes=_kept((*block.category_notes, *labels.notes, *passage.notes)),
    )


def _take_name(passage: Passage) -> str:
    """The title between double colons, which the text goes without from here on; its lines stay countable."""
    end = passage.text.find("::", 2) if passage.text.startswith("::") else -1
    if end < 0:
        return ""
    name = passage.text[2:end]
    passage.text = " " * (end + 2 - name.count("\n")) + "\n" * name.count("\n") + passage.text[end + 2 :]
    return " ".join(unmarked(name).split())[:LONGEST_NAME]


def _authored(passage: Passage, comments: CommentData) -> Authored | None:
    if len(passage.text) > LONGEST_QUESTION:
        passage.refuse(Code.QUESTION_TOO_LONG, most=LONGEST_QUESTION)
    if has_cloze(passage.text):
        return read_cloze(passage)
    start, end = passage.text.find("{"), passage.text.find("}")
    if start < 0 and end < 0:
        passage.type_name = "description"
        passage.say(Severity.WARNING, Code.NO_BRACES)
        return None
    if start < 0 or -1 < end < start:
        passage.refuse(Code.BRACE_TOO_MANY, end)
    if end < 0:
        passage.refuse(Code.BRACE_LEFT_OPEN, start)
    if passage.text.find("{", start + 1) >= 0 or passage.text.find("}", end + 1) >= 0:
        passage.refuse(Code.TWO_ANSWER_SETS, start)
    stem, passage.format = passage.formatted(_stem(passage, start, end), "moodle", 0)
    body, general = _body(passage, start, end)
    return _with_answers(passage, stem, body, general, comments)


def _stem(passage: Passage, start: int, end: int) -> str:
    before, after = passage.text[:start], passage.text[end + 1 :]
    if not after.strip():
        return before
    if _STRAY.fullmatch(after):
        passage.say(Severity.INFO, Code.TEXT_AFTER_ANSWERS, end, text=after)
        return before
    return f"{before}{_BLANK}{after}"


def _body(passage: Passage, start: int, end: int) -> tuple[str, str]:
    """The answers, and the feedback for everybody."""
    within = passage.text[start + 1 : end]
    passage.body_at = start + 1 + len(within) - len(within.lstrip())
    body, found, general = within.strip().rpartition("####")
    if not found:
        return within.strip(), ""
    return body.rstrip(), passage.said(general, end)


def _with_answers(passage: Passage, stem: str, body: str, general: str, comments: CommentData) -> Authored:
    if not body:
        passage.type_name = "essay"
        passage.refuse(Code.IS_ESSAY)
    passage.type_name, read = type_of(body)
    authored = Authored(stem=stem, general=general, **read(passage, body))
    return _with_feedback(authored, dict(comments.feedback))


def _kept(notes: Sequence[Note]) -> tuple[Note, ...]:
    """Each once; where there are very many, the errors and the first of the others."""
    each = tuple(dict.fromkeys(notes))
    if len(each) <= MOST_NOTES:
        return each
    return tuple(sorted(each, key=lambda one: one.severity != Severity.ERROR)[:MOST_NOTES])


def _with_feedback(authored: Authored, said: Mapping[int, str]) -> Authored:
    """With what our own comments say about pairs and steps."""
    pairs = tuple(
        replace(pair, feedback=said.get(number, pair.feedback)) for number, pair in enumerate(authored.pairs, 1)
    )
    steps = tuple(
        replace(step, feedback=said.get(number, step.feedback)) for number, step in enumerate(authored.steps, 1)
    )
    return replace(authored, pairs=pairs, steps=steps)
