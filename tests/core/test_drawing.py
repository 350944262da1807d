"""Graphs as SVG: shapes, words and the links that were asked for, and nothing else."""

from __future__ import annotations

import shutil

import pytest

from core.services import drawing

needs_graphviz = pytest.mark.skipif(shutil.which("dot") is None, reason="graphviz is not installed")
SOURCE = 'digraph { a [label="Here", URL="#a"]; b [label="<b>&amp;", URL="javascript:alert(1)"]; a -> b [URL="#a"]; }'


@needs_graphviz
def test_only_wanted_links_come_through_and_each_has_words():
    svg = drawing.drawn(source=SOURCE, links={"#a": "/edit/#block"})
    assert svg is not None
    assert svg.count("<a ") == svg.count('<a href="/edit/#block">') == 1
    for unwanted in ("javascript", "xlink", "<title", "<b>", "style=", "black"):
        assert unwanted not in svg
    assert "&lt;b&gt;&amp;" in svg


@needs_graphviz
def test_what_is_no_graph_is_not_drawn():
    assert drawing.drawn(source="no graph", links={}) is None


def test_too_much_is_not_drawn(monkeypatch):
    monkeypatch.setattr(drawing, "LONGEST_SOURCE", 10)
    assert drawing.drawn(source=SOURCE, links={}) is None


def test_nothing_is_drawn_without_graphviz(monkeypatch):
    monkeypatch.setenv("PATH", "")
    assert drawing.drawn(source=SOURCE, links={}) is None
