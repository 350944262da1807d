"""Reads Twee 3 into a manuscript: our own files as they were written, anybody's as a draft to work on."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence

from training.domain.scenario.exchange import fields
from training.domain.scenario.exchange.bodies import (
    ENDING_TAG,
    Body,
    Option,
    Told,
    Value,
    out_of_place,
    read_value,
    settings_in,
    take_apart,
    uses_fields,
)
from training.domain.scenario.exchange.keys import Keys, slug_of
from training.domain.scenario.exchange.naming import Naming, name_nodes
from training.domain.scenario.exchange.records import (
    LONGEST_LINE,
    LONGEST_NAME,
    LONGEST_SITUATION,
    LONGEST_SLUG,
    LONGEST_TITLE,
    MOST_PASSAGES,
    Code,
    Counts,
    Manuscript,
    Note,
    Parsed,
    Refused,
    Severity,
    Vocabulary,
    note,
    refuse,
)
from training.domain.scenario.exchange.sizes import size_notes
from training.domain.scenario.exchange.texts import decode, split_up, unescape
from training.domain.scenario.exchange.twee_source import Passage, Source, split
from training.domain.scenario.graph import Character, Choice, Ending, Line, Node, Scene, Story

IFID = re.compile(r"[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}")
USUAL_START = "Start"
USUAL_MOOD = 3
LONGEST_CHOICE_KEY = 40


def read_twee(content: bytes, words: Vocabulary) -> Parsed:
    """Refused, or a manuscript that may lack much: what stands in the way of publishing it is the linter's to say."""
    try:
        text, notes = decode(content)
        parsed = _read(split(text), words, hashlib.sha256(content).hexdigest())
    except Refused as refused:
        return refused.parsed
    return parsed.with_notes(notes)


def _read(source: Source, words: Vocabulary, digest: str) -> Parsed:
    notes = list(source.notes)
    story = [passage for passage in source.passages if not (passage.is_code or passage.is_settings)]
    names = {passage.name for passage in story if passage.name}
    expects = uses_fields(story)
    bodies = [take_apart(passage, names, notes, expects_fields=expects) for passage in story]
    kept = _without_special(bodies, notes)
    notes += [
        note(Severity.WARNING, Code.SCRIPT_LEFT_OUT, passage.line, name=passage.name)
        for passage in source.passages
        if passage.is_code
    ]
    naming = name_nodes(kept, notes)
    manuscript = _Assembling(source, kept, naming, words, notes).manuscript(digest)
    links = [option.link.target for body in bodies for option in body.options]
    broken = sum(target not in naming.by_name for target in links)
    counts = Counts(source.headers, len(story), len(links), broken)
    return Parsed(manuscript, counts=counts).with_notes((*notes, *size_notes(manuscript.story)))


def _without_special(bodies: Sequence[Body], notes: list[Note]) -> list[Body]:
    """Without what is there for story formats, unless a link leads to it."""
    targets = {option.link.target for body in bodies for option in body.options}
    kept = []
    for body in bodies:
        if body.passage.is_special and body.passage.name not in targets:
            notes.append(note(Severity.INFO, Code.SPECIAL_LEFT_OUT, body.passage.line, name=body.passage.name))
        else:
            kept.append(body)
    if not kept:
        raise refuse(Code.NO_STORY)
    if len(kept) > MOST_PASSAGES:
        raise refuse(Code.TOO_MANY_PASSAGES, kept[MOST_PASSAGES].passage.line, most=f"{MOST_PASSAGES:,}")
    return kept


class _Assembling:
    """Bodies and settings put together again, as a story."""

    def __init__(
        self, source: Source, bodies: Sequence[Body], naming: Naming, words: Vocabulary, notes: list[Note]
    ) -> None:
        self._data, self._bodies, self._naming = source.data, bodies, naming
        self._words, self._notes = words, notes
        self._title = unescape(source.title)[:LONGEST_TITLE]
        settings = [passage for passage in source.passages if passage.is_settings]
        self._settings = settings_in(settings[0], notes) if settings else None

    def manuscript(self, digest: str) -> Manuscript:
        words = self._words
        title, slug = self._title_and_slug(digest)
        nodes = self._ordered([self._scene(body) if body.is_scene else self._ending(body) for body in self._bodies])
        story = Story(
            title=title,
            introduction=self._text("introduction"),
            persona=Character(
                face=self._setting("face", fields.one_of(words.faces)) or "",
                kind=self._setting("customer", fields.one_of(words.customers)) or "",
                name=self._setting("persona", fields.at_most(LONGEST_NAME)) or "",
                situation=self._setting("situation", fields.at_most(LONGEST_SITUATION)) or "",
            ),
            start=self._start(nodes),
            start_mood=self._setting("mood", fields.mood) or USUAL_MOOD,
            nodes=nodes,
        )
        return Manuscript(
            story=story,
            slug=slug,
            ifid=self._data.ifid if IFID.fullmatch(self._data.ifid) else "",
            minutes=self._setting("minutes", fields.minutes),
            mastery_score=self._setting("mastery", fields.share),
            mode=self._setting("mode", fields.one_of(words.modes)) or "",
            is_ours=self._settings is not None,
        )

    # The whole.

    def _title_and_slug(self, digest: str) -> tuple[str, str]:
        slug = self._setting("slug", fields.slug)
        if self._title:
            return self._title, slug or slug_of(self._title, LONGEST_SLUG)
        self._notes.append(note(Severity.WARNING, Code.NO_TITLE))
        # Untitled stories are many: the same file again is the same story, another file is another.
        return self._bodies[0].passage.name[:LONGEST_TITLE] or "Untitled", slug or f"untitled-{digest[:8]}"

    def _start(self, nodes: Sequence[Node]) -> str:
        by_name = self._naming.by_name
        for name in (self._data.start, USUAL_START):
            if name in by_name:
                return by_name[name]
        start = next((node.key for node in nodes if isinstance(node, Scene)), "")
        if start:
            self._notes.append(note(Severity.WARNING, Code.NO_START, name=start))
        return start

    def _ordered(self, nodes: Sequence[Node]) -> tuple[Node, ...]:
        """As the settings have it, for Twine sorts passages by name; what they don't name comes after."""
        order = {key: place for place, key in enumerate(self._text("order").split())}
        return tuple(sorted(nodes, key=lambda node: order.get(node.key, len(order))))

    def _setting(self, name: str, read: Callable[[str], Value]) -> Value | None:
        return self._value(self._settings or {}, name, read)

    def _text(self, name: str) -> str:
        return _text(self._settings or {}, name)

    # Scenes, choices and endings.

    def _scene(self, body: Body) -> Scene:
        out_of_place(body.told, fields.OF_ENDING, self._notes)
        keys = Keys()
        wanted = [self._value(option.told, "key", fields.key) or "" for option in body.options]
        is_free = [bool(key) and keys.take(key) for key in wanted]
        choices = [
            self._choice(option, key if free else self._choice_key(option, key, keys))
            for option, key, free in zip(body.options, wanted, is_free, strict=True)
        ]
        key = self._naming.by_line[body.passage.line]
        seconds = self._value(body.told, "clock", fields.seconds)
        return Scene(
            key, tuple(self._lines(body)), tuple(choices), seconds, self._value(body.told, "late", fields.key) or ""
        )

    def _choice_key(self, option: Option, wanted: str, keys: Keys) -> str:
        key = keys.give(wanted or option.link.text, "choice", LONGEST_CHOICE_KEY)
        if wanted:
            self._notes.append(note(Severity.WARNING, Code.KEY_CHANGED, option.line, name=wanted, key=key))
        return key

    def _choice(self, option: Option, key: str) -> Choice:
        told = option.told
        return Choice(
            key=key,
            target=self._naming.target(option.link.target),
            text=option.link.text,
            mood_change=self._value(told, "mood", fields.mood_change) or 0,
            points=self._value(told, "points", fields.points) or (),
            pitfalls=self._value(told, "pitfalls", fields.several_of(self._words.pitfalls)) or (),
            feedback=_text(told, "feedback"),
            is_critical=self._value(told, "critical", fields.switch) or False,
            conditions=self._value(told, "if", self._conditions) or (),
        )

    def _conditions(self, value: str) -> fields.Conditions:
        return fields.conditions(value, self._naming.by_name)

    def _lines(self, body: Body) -> Iterator[Line]:
        for one in body.speech:
            text = one.text
            if one.name or len(text) <= LONGEST_LINE:
                yield Line({"": "scene", "line": ""}.get(one.name, one.name), text)
            else:
                self._notes.append(note(Severity.INFO, Code.LINE_SPLIT, one.line, most=LONGEST_LINE))
                yield from (Line("scene", piece) for piece in split_up(text, LONGEST_LINE))

    def _ending(self, body: Body) -> Ending:
        told = body.told
        out_of_place(told, ("clock", "late"), self._notes)
        paragraphs = [told["text"].text] if "text" in told else []
        paragraphs += [one.text for one in body.speech]
        title = _text(told, "title") if "title" in told else _name(body.passage)
        kind = self._value(told, "ending", fields.one_of(self._words.ending_kinds)) or ""
        return Ending(self._naming.by_line[body.passage.line], kind, title, "\n\n".join(paragraphs))

    def _value(self, told: Told, name: str, read: Callable[[str], Value]) -> Value | None:
        return read_value(told, name, read, self._notes)


def _text(told: Told, name: str) -> str:
    return told[name].text if name in told else ""


def _name(passage: Passage) -> str:
    """What people call an ending; ours say it in a field, or not at all."""
    return "" if ENDING_TAG in passage.tags else passage.name
