from __future__ import annotations

import pytest

from standards.domain.coverage import Practice, is_neglected, lacking


@pytest.mark.parametrize(
    ("counts", "lacks"),
    [
        ({}, (Practice.QUESTION, Practice.CHOICE)),
        ({Practice.QUESTION: 0, Practice.CHOICE: 2}, (Practice.QUESTION,)),
        ({Practice.QUESTION: 1}, (Practice.CHOICE,)),
        ({Practice.QUESTION: 1, Practice.CHOICE: 1}, ()),
    ],
)
def test_a_clause_wants_a_question_and_a_choice(counts, lacks):
    assert lacking(counts) == lacks
    assert is_neglected(is_mandatory=True, lacks=lacks) is bool(lacks)
    assert not is_neglected(is_mandatory=False, lacks=lacks)
