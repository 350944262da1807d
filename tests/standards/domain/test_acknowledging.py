from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from standards.domain.acknowledging import InForce, clauses_to_sign

numbers = st.integers(min_value=1, max_value=6)
in_force = st.builds(
    lambda clause_id, number, substantive: InForce(clause_id, number, min(number, substantive)),
    st.integers(min_value=1, max_value=8),
    numbers,
    numbers,
)
documents = st.lists(in_force, unique_by=lambda clause: clause.clause_id)
signatures = st.dictionaries(st.integers(min_value=1, max_value=8), numbers)


@given(documents)
def test_who_never_signed_signs_everything(document):
    assert clauses_to_sign(document, {}) == [clause.clause_id for clause in document]


@given(documents)
def test_who_signed_the_newest_signs_nothing(document):
    assert clauses_to_sign(document, {clause.clause_id: clause.number for clause in document}) == []


@given(documents, signatures)
def test_exactly_the_substantive_changes_since_are_to_be_signed(document, signed):
    expected = [
        clause.clause_id
        for clause in document
        if clause.clause_id not in signed or signed[clause.clause_id] < clause.substantive_number
    ]

    assert clauses_to_sign(document, signed) == expected


@given(documents, signatures, st.integers(min_value=1, max_value=8))
def test_another_signature_never_adds_to_what_is_to_be_signed(document, signed, clause_id):
    more = {**signed, clause_id: max(signed.get(clause_id, 0), 6)}

    assert set(clauses_to_sign(document, more)) <= set(clauses_to_sign(document, signed))


@given(documents, signatures)
def test_an_editorial_version_asks_nothing_more(document, signed):
    reworded = [InForce(clause.clause_id, clause.number + 1, clause.substantive_number) for clause in document]

    assert clauses_to_sign(reworded, signed) == clauses_to_sign(document, signed)
