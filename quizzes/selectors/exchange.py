"""Questions on their way in and out: what would come in from a file, and what goes into one."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import count
from typing import Any, TypeVar

from django.db.models import Q, QuerySet
from PIL import Image, UnidentifiedImageError
from wagtail.models import Locale

from core.domain.batches import in_batches
from quizzes.domain.authoring import Authored, compose, decompose
from quizzes.domain.exchange.identity import content_digest, external_id, source_key
from quizzes.domain.exchange.records import Attachment, Code, Entry, Note, Parsed, Severity, note
from quizzes.domain.kinds import Fault
from quizzes.domain.publishing import publishing_faults
from quizzes.domain.questions import Picture
from quizzes.enums import Standing
from quizzes.models import Question
from standards.selectors.clauses import clause_ids_in_force

LONGEST_UNIT = 30
MOST_PUBLISHED = 100
"""At once: each makes a version of its own, which takes its time."""
MOST_PIXELS = 40_000_000
BATCH = 500
_Item = TypeVar("_Item")


@dataclass(frozen=True)
class PlannedQuestion:
    """A question of a file, and what would become of it. question: the one that is here already."""

    entry: Entry
    standing: Standing
    key: str = ""
    codes: tuple[str, ...] = ()
    clause_ids: tuple[int, ...] = ()
    question_id: int | None = None
    notes: tuple[Note, ...] = ()

    @property
    def comes_in(self) -> bool:
        return self.standing in {Standing.DRAFT, Standing.PUBLISHED}

    @property
    def is_worrying(self) -> bool:
        return self.standing in {Standing.REFUSED, Standing.CHANGED, Standing.TWICE} or any(
            each.severity != Severity.INFO for each in self.notes
        )


@dataclass(frozen=True)
class ImportPlan:
    """All of a file, in its order. Refused: nothing of it can come in; `notes` are about the file as a whole."""

    questions: tuple[PlannedQuestion, ...]
    notes: tuple[Note, ...]
    is_refused: bool

    @property
    def coming_in(self) -> tuple[PlannedQuestion, ...]:
        return tuple(question for question in self.questions if question.comes_in)

    @property
    def counts(self) -> Counter[Standing]:
        return Counter(question.standing for question in self.questions)


def plan_import_unscoped(parsed: Parsed, *, publishes: bool) -> ImportPlan:
    """What importing would do now. publishes: questions that are complete are to be published, the others are drafts."""
    entries = () if parsed.is_refused else parsed.entries
    keys = [source_key(entry) if entry.is_importable else "" for entry in entries]
    here = _questions_here(entries, keys)
    in_force = clause_ids_in_force() if entries else {}
    seen: set[str] = set()
    questions = []
    for entry, key in zip(entries, keys, strict=True):
        planned = _planned(entry, key, here.get(key), in_force, publishes)
        if planned.comes_in and key in seen:
            planned = replace(planned, standing=Standing.TWICE)
        seen.add(key)
        questions.append(planned)
    notes = parsed.notes
    if sum(question.standing == Standing.PUBLISHED for question in questions) > MOST_PUBLISHED:
        questions = [
            replace(question, standing=Standing.DRAFT) if question.standing == Standing.PUBLISHED else question
            for question in questions
        ]
        notes = (*notes, note(Severity.WARNING, Code.TOO_MANY_TO_PUBLISH, most=MOST_PUBLISHED))
    return ImportPlan(tuple(questions), notes, parsed.is_refused)


def _questions_here(entries: Collection[Entry], keys: Collection[str]) -> dict[str, Question]:
    """By key: what came from there before, and what was exported from here."""
    exported = {
        exported_key: key
        for entry, key in zip(entries, keys, strict=True)
        if key and (exported_key := _as_uuid(entry.external_id))
    }
    found: dict[str, Question] = {}
    for some in in_batches([key for key in keys if key], BATCH):
        for question in _here(Q(import_key__in=some)):
            found[question.import_key] = question
    for exported_keys in in_batches(exported, BATCH):
        for question in _here(Q(translation_key__in=exported_keys)):
            found.setdefault(exported[question.translation_key], question)
    return found


def _here(which: Q) -> QuerySet[Question]:
    return Question.objects.filter(which, locale=Locale.get_default()).select_related("answer_key")


def _as_uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text) if len(text) == 36 else None
    except ValueError:
        return None


def _planned(
    entry: Entry, key: str, here: Question | None, in_force: Mapping[str, int], publishes: bool
) -> PlannedQuestion:
    authored = entry.authored
    if authored is None:
        return PlannedQuestion(entry, Standing.REFUSED, notes=entry.notes)
    if here:
        is_same = content_digest(decompose(here.kind, here.content, here.key)) == content_digest(authored)
        standing = Standing.THERE if is_same else Standing.CHANGED
        return PlannedQuestion(entry, standing, key, question_id=here.pk, notes=entry.notes)
    if said := tuple(_unstorable(entry, authored)):
        return PlannedQuestion(entry, Standing.REFUSED, notes=(*entry.notes, *said))
    wanted = dict.fromkeys((*entry.codes, *authored.codes))
    codes = tuple(code for code in wanted if code in in_force)
    unknown = [
        note(Severity.WARNING, Code.UNKNOWN_CLAUSE, entry.line, clause=code) for code in wanted if code not in in_force
    ]
    clauses = tuple(in_force[code] for code in codes)
    faults = _faults(entry, authored, codes, clauses)
    said_before = {each.code for each in entry.notes}
    lacks = [
        # Other systems know no clauses: that one is missing is no wonder.
        note(Severity.INFO if fault == Fault.NO_CLAUSE else Severity.WARNING, Code(fault.value), entry.line)
        for fault in faults
        if Code(fault.value) not in said_before
    ]
    is_draft = faults or not publishes or entry.is_published is False
    return PlannedQuestion(
        entry,
        Standing.DRAFT if is_draft else Standing.PUBLISHED,
        key,
        codes,
        clauses,
        notes=(*entry.notes, *unknown, *lacks),
    )


def _faults(entry: Entry, authored: Authored, codes: tuple[str, ...], clauses: tuple[int, ...]) -> list[Fault]:
    picture = Picture(0, entry.picture.alt) if entry.picture else None
    ids = count(1)
    told = replace(authored, picture=picture, codes=codes if authored.kind == "spot_it" else ())
    content, key = compose(told, lambda: f"{next(ids):08}")
    return publishing_faults(authored.kind, content, key, clauses)


def _unstorable(entry: Entry, authored: Authored) -> Iterator[Note]:
    """What the database has no room for, and pictures that can't be opened."""
    for unit in authored.units:
        if len(unit.name) > LONGEST_UNIT:
            yield note(Severity.ERROR, Code.UNIT_TOO_LONG, entry.line, text=unit.name, most=LONGEST_UNIT)
    if entry.picture and not is_picture(entry.picture.content):
        yield note(Severity.ERROR, Code.PICTURE_DAMAGED, entry.line, name=entry.picture.name)


def is_picture(content: bytes) -> bool:
    """Whether it can be opened, and isn't so large that opening it would be an attack."""
    try:
        with Image.open(BytesIO(content), formats=("PNG", "JPEG", "GIF", "WEBP")) as image:
            if image.width * image.height > MOST_PIXELS:
                return False
            image.verify()
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError):
        return False
    return True


def entries_unscoped(questions: QuerySet[Question], *, with_pictures: bool) -> Iterator[Entry]:
    """Questions as entries of a file, in the words of the source language, keys and all.

    with_pictures: the picture's file is read too; without, `authored.picture` says that there is one.
    """
    rows = questions.select_related("answer_key", "image").prefetch_related(
        "question_clauses__clause", "tagged_items__tag"
    )
    for question in rows.order_by("pk").iterator(chunk_size=BATCH):
        yield Entry(
            line=0,
            authored=decompose(question.kind, question.content, question.key),
            type_name=question.kind,
            external_id=external_id(question.import_key) or str(question.translation_key),
            tags=tuple(sorted(item.tag.name for item in question.tagged_items.all())),
            codes=tuple(dict.fromkeys(entry.clause.code for entry in question.question_clauses.all())),
            difficulty=question.difficulty,
            is_published=None if question.live else False,
            picture=_attachment(question.image, question.image_alt) if with_pictures and question.image else None,
        )


def _attachment(image: Any, alt: str) -> Attachment:
    with image.open_file() as file:
        return Attachment(image.file.name.rpartition("/")[2], file.read(), alt)


def questions_to_export_unscoped(*, codes: Collection[str] = (), tags: Collection[str] = ()) -> QuerySet[Question]:
    """Of the source language; those that test one of these clauses and have one of these tags, where any are named."""
    questions = Question.objects.filter(locale=Locale.get_default())
    if codes:
        questions = questions.filter(question_clauses__clause__code__in=codes)
    if tags:
        questions = questions.filter(tagged_items__tag__name__in=tags)
    return Question.objects.filter(pk__in=questions.values("pk"))
