"""By which words a person is found, and what they are replaced with."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.domain.erasing import Traces, traces_of

NAME, EMAIL, NUMBER = "Aminah binti Contoh", "aminah@example.com", "E1042"
TRACES = traces_of([NAME, EMAIL, NUMBER])


def replaced(value):
    return TRACES.replace_in(value, "X")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ask Aminah binti Contoh.", "Ask X."),
        ("AMINAH BINTI CONTOH said so", "X said so"),
        ("<p>Aminah binti Contoh</p>", "<p>X</p>"),
        ("mail aminah@example.com, or not", "mail X, or not"),
        ("from aminah@example.com.", "from X."),
        ("No. E1042", "No. X"),
    ],
)
def test_a_trace_is_replaced(text, expected):
    assert replaced(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Ask Aminah.",
        "Aminah binti Contohan",
        "siti.aminah@example.com",
        "aminah@example.com.my",
        "aminah@example.community",
        "E10421",
        "",
        "[not JSON",
        '["nothing", "of hers"]',
        '"just a text"',
    ],
)
def test_what_is_somebody_or_something_else_stays(text):
    assert replaced(text) is text


def test_json_is_searched_to_the_bottom_and_within_its_strings():
    inner = json.dumps([{"value": f"first line\n{NAME}", "id": 7}])
    content = {"nodes": inner, "list": [1, None, EMAIL], "other": {"deep": f"{NUMBER}!"}}

    found = replaced(content)

    assert json.loads(found["nodes"]) == [{"value": "first line\nX", "id": 7}]
    assert (found["list"], found["other"]) == ([1, None, "X"], {"deep": "X!"})


def test_json_without_a_trace_is_the_same_object():
    content = {"nodes": '[{"value": "nothing"}]', "list": [1]}

    assert replaced(content) is content


@pytest.mark.parametrize(
    ("word", "certain", "doubtful"),
    [
        ("Siti", (), ("Siti",)),
        ("Al", (), ()),
        ("1042", (), ()),
        ("20261042", ("20261042",), ()),
        ("E12", (), ()),
        (" ", (), ()),
        ("Siti Aminah", ("Siti Aminah",), ()),
    ],
)
def test_what_may_mean_something_else_is_only_counted(word, certain, doubtful):
    traces = traces_of([word])

    assert (traces.certain, traces.doubtful, bool(traces)) == (certain, doubtful, bool(certain or doubtful))
    assert traces.replace_in(word, "X") == ("X" if certain else word)
    assert traces.count_in({"text": f"for {word}, and {word}"}) == (2 if certain or doubtful else 0)


def test_a_name_is_found_as_rich_text_has_it():
    traces = traces_of(["Sean O'Brien"])

    assert traces.replace_in("<p>Sean O&#x27;Brien, Sean O'Brien</p>", "X") == "<p>X, X</p>"


def test_a_name_is_looked_for_as_a_database_holds_it():
    assert traces_of(["Zoë Lim"]).as_stored == ("Zoë Lim", "Zo\\u00eb Lim", "Zo\\\\u00eb Lim")


words = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=30)


@given(st.lists(words, max_size=4), words)
def test_whatever_was_replaced_is_not_found_again(names, text):
    traces = traces_of(names)
    certain = Traces(traces.certain)

    assert certain.count_in(traces.replace_in(" ".join([text, *names]), "~")) == 0 or not traces.certain


@given(st.recursive(words | st.integers() | st.none(), lambda inner: st.lists(inner) | st.dictionaries(words, inner)))
def test_without_a_trace_any_json_stays(value):
    assert traces_of([]).replace_in(value, "X") is value
