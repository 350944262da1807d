"""What an approval covers: whatever would go live, and nothing that only Wagtail notes."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standards.domain.approving import BOOKKEEPING, approval_digest

DRAFT: dict[str, Any] = {
    "pk": 7,
    "title": "Reliability",
    "slug": "reliability",
    "summary": "",
    "body": "[]",
    "change_reason": "Complaints.",
    "go_live_at": None,
    "has_unpublished_changes": True,
    "clauses": [
        {"pk": 3, "page": 7, "code": "REL-1", "statement": "We keep it.", "change_kind": "substantive"},
        {"pk": None, "page": 7, "code": "REL-2", "statement": "We say it.", "change_kind": ""},
    ],
}


@pytest.mark.parametrize("name", ["title", "slug", "summary", "body", "change_reason", "go_live_at"])
def test_another_value_is_another_digest(name):
    assert approval_digest({**DRAFT, name: "something else"}) != approval_digest(DRAFT)


@pytest.mark.parametrize("name", ["code", "statement", "change_kind"])
def test_another_clause_is_another_digest(name):
    first, second = DRAFT["clauses"]
    assert approval_digest({**DRAFT, "clauses": [{**first, name: "other"}, second]}) != approval_digest(DRAFT)


def test_another_order_is_another_digest():
    assert approval_digest({**DRAFT, "clauses": DRAFT["clauses"][::-1]}) != approval_digest(DRAFT)


def test_a_field_that_comes_later_counts():
    assert approval_digest({**DRAFT, "is_public": True}) != approval_digest(DRAFT)


def test_the_keys_of_a_clause_do_not_count():
    first, second = DRAFT["clauses"]
    again = {**DRAFT, "clauses": [first, {**second, "pk": 12, "translation_key": "new"}]}
    assert approval_digest(again) == approval_digest(DRAFT)


@given(st.dictionaries(st.sampled_from(sorted(BOOKKEEPING)), st.none() | st.integers() | st.text()))
def test_bookkeeping_does_not_count(noted):
    assert approval_digest({**DRAFT, **noted}) == approval_digest(DRAFT)


@given(st.permutations(sorted(DRAFT)))
def test_the_order_of_the_fields_does_not_count(names):
    assert approval_digest({name: DRAFT[name] for name in names}) == approval_digest(DRAFT)


def test_a_list_of_plain_values_counts_as_it_stands():
    assert approval_digest({"labels": ["a", "b"]}) != approval_digest({"labels": ["b", "a"]})
