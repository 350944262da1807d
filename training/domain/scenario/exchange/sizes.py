"""What is too long for the editor's form, or too much for it. It comes in all the same, and the report says so."""

from __future__ import annotations

from collections.abc import Iterator

from training.domain.scenario.exchange.records import (
    LONGEST_CHOICE,
    LONGEST_ENDING,
    LONGEST_ENDING_TITLE,
    LONGEST_FEEDBACK,
    LONGEST_INTRODUCTION,
    LONGEST_LINE,
    MOST_TO_EDIT,
    Code,
    Note,
    Severity,
    note,
)
from training.domain.scenario.graph import Ending, Node, Story


def size_notes(story: Story) -> tuple[Note, ...]:
    notes = [
        note(Severity.WARNING, Code.TEXT_TOO_LONG, where=where, most=most)
        for where, text, most in _texts(story)
        if len(text) > most
    ]
    if len(story.nodes) > MOST_TO_EDIT:
        notes.append(note(Severity.WARNING, Code.LARGE, count=len(story.nodes), most=MOST_TO_EDIT))
    return tuple(notes)


def _texts(story: Story) -> Iterator[tuple[str, str, int]]:
    yield "introduction", story.introduction, LONGEST_INTRODUCTION
    for node in story.nodes:
        yield from _texts_of(node)


def _texts_of(node: Node) -> Iterator[tuple[str, str, int]]:
    if isinstance(node, Ending):
        yield f"{node.key}: title", node.title, LONGEST_ENDING_TITLE
        yield f"{node.key}: text", node.text, LONGEST_ENDING
        return
    for line in node.lines:
        yield f"{node.key}: line", line.text, LONGEST_LINE
    for choice in node.choices:
        yield f"{node.key}/{choice.key}", choice.text, LONGEST_CHOICE
        yield f"{node.key}/{choice.key}: feedback", choice.feedback, LONGEST_FEEDBACK
