"""Whatever editors do to the document, in whatever order: its history stays whole.

Two chapters are edited, reordered, retired from, moved between, reverted, copied and published at random, the way the admin does it; a
plain model of what went live stands beside them. After every step the rows written before are as they were, versions are unbroken, every
edition reads as it read when it was published, no retired code is back, and a clause is in force in one chapter or retired.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import models, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from wagtail.models import Locale, Revision

from core import clock
from people.models import User
from standards.domain.clauses import ClauseContent
from standards.models import ChapterPage, Clause, ClauseText, ClauseVersion, ClauseVersionText, Edition, EditionClause
from standards.selectors.editions import edition_for_viewer
from standards.services import CodeTaken, move_clause, publish_chapters
from tests.factories.people import NOW, UserFactory
from tests.factories.standards import clause_text, make_chapter

pytestmark = pytest.mark.django_db

NEVER_CHANGED: tuple[type[models.Model], ...] = (ClauseVersion, ClauseVersionText, Edition, EditionClause)

chapters = st.sampled_from(["REL", "TIM"])
places = st.integers(min_value=0, max_value=3)
"""Counted round: the seventh of three clauses is the first."""
words = st.sampled_from(["It helps.", "It helps people.", "People count on it."])
kinds = st.sampled_from(["editorial", "substantive", ""])

live = st.booleans()

Clauses = dict[str, ClauseContent]
"""What a chapter says, by code and in its order."""

Places = dict[str, str]
"""Code → name of a chapter."""


class Document:
    """The two chapters, and the model of what is live, what was published and what is retired."""

    def __init__(self, pages: dict[str, ChapterPage], by: User) -> None:
        self.pages, self.by, self.now = pages, by, NOW
        self.used = {"REL": 3, "TIM": 1}
        self.standing: Places = {}
        self.moving: Places = {}
        self.live: dict[str, tuple[str, Clauses]] = {}
        self.versions: dict[str, list[ClauseContent]] = {}
        self.editions: list[list[tuple[int, str, list[tuple[str, ClauseContent]]]]] = []
        self.retired: set[str] = set()
        self.written: dict[tuple[str, int], dict[str, Any]] = {}
        self.publish_together()
        self.retire("REL", place=2, goes_live=True)
        assert (self.retired, len(self.editions)) == ({"REL-3"}, 2)

    # What editors do to drafts

    def edit(self, name: str, place: int, why: str, kind: str, goes_live: bool) -> None:
        draft = self.draft(name)
        texts = list(draft.clauses.all())
        for text in texts[place % len(texts) :][:1] if texts else ():
            text.why, text.change_kind = why, kind
        self.save(draft, texts, change_reason="People asked.")
        self.publish_if(goes_live, name)

    def add(self, name: str, place: int, goes_live: bool) -> None:
        self.used[name] += 1
        draft = self.draft(name)
        texts = list(draft.clauses.all())
        texts.insert(place, clause_text(f"{name}-{self.used[name]}"))
        self.save(draft, texts)
        self.publish_if(goes_live, name)

    def write_a_code_by_hand(self, name: str, code: str) -> None:
        """A draft may bring back what it took out; a retired code, or another chapter's, doesn't stay in it."""
        draft = self.draft(name)
        texts = list(draft.clauses.all())
        home = self.moving.get(code) or self.standing.get(code, code[:3])
        is_free = home == name and int(code[4:]) <= self.used[code[:3]]
        if (is_free and code not in {text.code for text in texts}) or code in self.retired:
            self.save(draft, [*texts, clause_text(code)])

    def move(self, name: str, place: int, to: int, goes_live: bool) -> None:
        draft = self.draft(name)
        texts = list(draft.clauses.all())
        if texts:
            texts.insert(to, texts.pop(place % len(texts)))
            self.save(draft, texts)
            self.publish_if(goes_live, name)

    def move_away(self, name: str, place: int, goes_live: bool) -> None:
        """To the end of the other chapter."""
        codes = [text.code for text in self.draft(name).clauses.all() if text.code]
        if codes:
            code, other = codes[place % len(codes)], "TIM" if name == "REL" else "REL"
            move_clause(code=code, from_chapter=self.page(name), to_chapter=self.page(other), by=self.by, now=self.now)
            if self.standing.get(code) == other:
                del self.moving[code]
            elif code in self.standing:
                self.moving[code] = other
            self.publish_if(goes_live, other)

    def retire(self, name: str, place: int, goes_live: bool) -> None:
        draft = self.draft(name)
        texts = list(draft.clauses.all())
        if texts:
            del texts[place % len(texts)]
            self.save(draft, texts)
            self.publish_if(goes_live, name)

    def rename(self, name: str, title: str) -> None:
        draft = self.draft(name)
        self.save(draft, list(draft.clauses.all()), title=title)

    def revert(self, name: str, back: int, goes_live: bool) -> None:
        """An older revision becomes the newest draft."""
        old = self.revision(name, back).as_object()
        self.save(old, list(old.clauses.all()))
        self.publish_if(goes_live, name)

    def copy(self, name: str) -> None:
        page = self.page(name)
        copy = page.copy(keep_live=False, update_attrs={"slug": f"copy-{ChapterPage.objects.count()}"})
        codes = {text.code for text in copy.get_latest_revision_as_object().clauses.all()}
        assert codes <= {""}

    # What goes live

    def publish(self, name: str) -> None:
        self.go_live({name: self.page(name).get_latest_revision()})

    def publish_an_older_draft(self, name: str, back: int) -> None:
        self.go_live({name: self.revision(name, back)})

    def publish_together(self) -> None:
        revisions = {name: self.page(name).get_latest_revision() for name in self.pages}
        self.go_live(revisions, together=True)

    # What always holds

    def check(self) -> None:
        self.what_was_written_stays()
        self.versions_are_unbroken()
        self.every_edition_reads_as_it_read_when_published()
        self.a_retired_code_never_comes_back()
        self.every_clause_stands_in_one_place()

    def what_was_written_stays(self) -> None:
        rows = {(model.__name__, row["id"]): row for model in NEVER_CHANGED for row in model._default_manager.values()}
        assert {key: rows.get(key) for key in self.written} == self.written
        self.written = rows

    def versions_are_unbroken(self) -> None:
        found: dict[str, list[tuple[int, ClauseContent]]] = {}
        for text in ClauseVersionText.objects.select_related("version__clause").order_by("version__number"):
            found.setdefault(text.version.clause.code, []).append((text.version.number, text.content))
        assert found == {code: list(enumerate(said, start=1)) for code, said in self.versions.items()}

    def every_edition_reads_as_it_read_when_published(self) -> None:
        assert [edition.number for edition in Edition.objects.order_by("number")] == [
            number for number, _ in enumerate(self.editions, start=1)
        ]
        for number, published in enumerate(self.editions, start=1):
            edition = edition_for_viewer(self.by, number, Locale.get_default())
            assert edition is not None
            assert published == [
                (chapter.place.number, chapter.place.title, [(it.code, it.content) for it in chapter.clauses])
                for chapter in edition.chapters
            ]

    def a_retired_code_never_comes_back(self) -> None:
        assert set(Clause.objects.exclude(retired_at=None).values_list("code", flat=True)) == self.retired
        assert not self.retired & set(ClauseText.objects.filter(page__live=True).values_list("code", flat=True))

    def every_clause_stands_in_one_place(self) -> None:
        names = {page.translation_key: name for name, page in self.pages.items()}
        clauses = Clause.objects.filter(retired_at=None)
        assert {clause.code: names[clause.chapter_key] for clause in clauses} == self.standing
        assert {clause.code: names[clause.moving_to] for clause in clauses if clause.moving_to} == self.moving

    # How it is done

    def publish_if(self, goes_live: bool, name: str) -> None:
        if goes_live:
            self.publish(name)

    def page(self, name: str) -> ChapterPage:
        return ChapterPage.objects.get(pk=self.pages[name].pk)

    def draft(self, name: str) -> ChapterPage:
        return self.page(name).get_latest_revision_as_object()

    def revision(self, name: str, back: int) -> Revision:
        """The one `back` saves ago, the first if there weren't so many."""
        revisions = list(Revision.objects.for_instance(self.page(name)).order_by("-pk"))
        return revisions[min(back, len(revisions) - 1)]

    def save(self, draft: ChapterPage, texts: list[ClauseText], **fields: Any) -> None:
        for order, text in enumerate(texts):
            text.sort_order = order
        draft.clauses = texts
        for field, value in fields.items():
            setattr(draft, field, value)
        saved = draft.save_revision(user=self.by).as_object()
        assert not self.retired & {text.code for text in saved.clauses.all()}

    def go_live(self, revisions: dict[str, Revision], *, together: bool = False) -> None:
        """Publish, and see to it that the database did what the model says."""
        self.now += timedelta(days=1)
        wanted = {name: said_in(revision) for name, revision in revisions.items()}
        if any(self.may_not_have(name, code) for name, (_, clauses) in wanted.items() for code in clauses):
            with pytest.raises(CodeTaken), transaction.atomic():
                self.send(revisions, together, self.now)
            return
        self.send(revisions, together, self.now)
        changed = [self.note(name, *said) for name, said in wanted.items()]
        if any(changed):
            numbered = enumerate((name for name in self.pages if name in self.live), start=1)
            told = [(number, self.live[name][0], self.in_force(name)) for number, name in numbered]
            self.editions.append([chapter for chapter in told if chapter[2]])

    def may_not_have(self, name: str, code: str) -> bool:
        places = {self.standing[code], self.moving.get(code)} if code in self.standing else {name}
        return code in self.retired or name not in places

    def in_force(self, name: str) -> list[tuple[str, ClauseContent]]:
        """What stands in a chapter, in the order of the page; what has left the page and not arrived elsewhere comes last."""
        order = list(self.live[name][1])
        last = {code: place for place, code in enumerate(self.versions, start=len(order))}
        here = [code for code, chapter in self.standing.items() if chapter == name]
        here.sort(key=lambda code: order.index(code) if code in order else last[code])
        return [(code, self.versions[code][-1]) for code in here]

    def send(self, revisions: dict[str, Revision], together: bool, now: datetime) -> None:
        if together:
            publish_chapters(pages=[self.page(name) for name in revisions], by=self.by, now=now)
        else:
            with clock.set_to(now):
                for revision in revisions.values():
                    revision.publish(user=self.by)

    def note(self, name: str, title: str, clauses: Clauses) -> bool:
        """What the model holds once this is live; whether any clause changed."""
        self.live[name] = (title, clauses)
        gone = {
            code
            for code, chapter in self.standing.items()
            if chapter == name and code not in clauses and code not in self.moving
        }
        self.retired |= gone
        for code in gone:
            del self.standing[code]
        changed = [code for code, content in clauses.items() if self.versions.get(code, [None])[-1] != content]
        for code in changed:
            self.versions.setdefault(code, []).append(clauses[code])
        arrived = [code for code in clauses if self.moving.get(code) == name]
        for code in arrived:
            del self.moving[code]
        self.standing |= dict.fromkeys(clauses, name)
        return bool(changed or gone or arrived)


def said_in(revision: Revision) -> tuple[str, Clauses]:
    """The title and the coded clauses of a draft."""
    page = revision.as_object()
    texts = sorted(page.clauses.all(), key=lambda text: text.sort_order)
    return page.title, {text.code: text.content for text in texts if text.code}


def step(method: str, **kwargs: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[str, dict[str, Any]]]:
    return st.tuples(st.just(method), st.fixed_dictionaries(kwargs))


steps = st.one_of(
    step("edit", name=chapters, place=places, why=words, kind=kinds, goes_live=live),
    step("add", name=chapters, place=places, goes_live=live),
    step("write_a_code_by_hand", name=chapters, code=st.sampled_from(["REL-1", "REL-2", "REL-3", "TIM-1"])),
    step("move", name=chapters, place=places, to=places, goes_live=live),
    step("move_away", name=chapters, place=places, goes_live=live),
    step("retire", name=chapters, place=places, goes_live=live),
    step("rename", name=chapters, title=st.sampled_from(["Promises", "Reliability", "Time"])),
    step("revert", name=chapters, back=st.integers(min_value=1, max_value=6), goes_live=live),
    step("copy", name=chapters),
    step("publish", name=chapters),
    step("publish_an_older_draft", name=chapters, back=st.integers(min_value=1, max_value=6)),
    step("publish_together"),
)


@pytest.fixture
def pages() -> dict[str, ChapterPage]:
    return {
        "REL": make_chapter("Reliability", ("REL-1", "REL-2", "REL-3")),
        "TIM": make_chapter("Timeliness", ("TIM-1",)),
    }


@settings(
    max_examples=8,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # making a failing history shorter takes minutes
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],  # each example is rolled back
)
@given(history=st.lists(steps, min_size=8, max_size=14))
def test_any_history_of_the_document_stays_whole(pages, history: list[tuple[str, dict[str, Any]]]):
    with transaction.atomic():
        document = Document(pages, by=UserFactory(role="Editors"))
        document.check()
        for method, kwargs in history:
            getattr(document, method)(**kwargs)
            document.check()
        transaction.set_rollback(True)
