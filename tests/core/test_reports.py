"""What the reports of the admin have in common."""

from __future__ import annotations

from types import SimpleNamespace

from core.reports import CodesColumn


def test_no_code_is_broken_at_its_hyphen():
    column = CodesColumn("clauses")

    assert column.get_value(SimpleNamespace(clauses="REL-1, A<B")) == (
        '<span class="code">REL-1</span>, <span class="code">A&lt;B</span>'
    )
    assert column.get_value(SimpleNamespace(clauses="")) == ""
