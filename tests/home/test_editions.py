"""How the demo's standards came to say what they say."""

from __future__ import annotations

from home.selectors.changes import first_texts, in_order

TEXTS = {
    "REL-1": {"title": "new title", "statement": "third", "why": "always"},
    "REL-2": {"title": "REL-2", "statement": "now", "why": "why now"},
}


def written(days: int, **before: dict[str, str]) -> dict[str, object]:
    clauses = [{"code": code.replace("_", "-"), "kind": "editorial", "before": parts} for code, parts in before.items()]
    return {"days": days, "chapter": "reliability", "reason": "Because.", "clauses": clauses}


CHANGES = in_order(
    [
        written(100, REL_1={"statement": "second", "title": "old title"}),
        written(300, REL_1={"statement": "first"}, REL_2={"why": "why then"}),
    ],
    TEXTS,
)


def test_changes_come_in_order_and_each_leads_to_the_next():
    assert [(change.days, change.before, change.after) for change in CHANGES] == [
        (
            300,
            {"REL-1": {"statement": "first"}, "REL-2": {"why": "why then"}},
            {"REL-1": {"statement": "second"}, "REL-2": {"why": "why now"}},
        ),
        (
            100,
            {"REL-1": {"statement": "second", "title": "old title"}},
            {"REL-1": {"statement": "third", "title": "new title"}},
        ),
    ]


def test_first_texts_are_those_before_the_oldest_change():
    assert first_texts(CHANGES) == {
        "REL-1": {"statement": "first", "title": "old title"},
        "REL-2": {"why": "why then"},
    }
