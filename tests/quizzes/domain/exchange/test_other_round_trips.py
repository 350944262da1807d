"""Questions of every kind come back from Moodle XML and from tables as they went."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, assume, event, given, settings

from quizzes.domain.exchange.formats import FORMATS
from quizzes.domain.exchange.identity import content_digest
from quizzes.domain.exchange.records import Entry
from tests.factories.authored import BY_KIND, entries

lenient = settings(
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much], deadline=None, max_examples=15
)


@pytest.mark.parametrize("name", ["moodlexml", "csv", "xlsx"])
@pytest.mark.parametrize("kind", BY_KIND)
def test_what_a_format_can_say_comes_back_as_it_went(name, kind):
    into = FORMATS[name]

    @lenient
    @given(entry=entries(kind))
    def check(entry: Entry) -> None:
        reason = into.unsayable(entry)
        event(str(reason))
        assume(reason is None)

        parsed = into.read(into.write([entry]))

        (read,) = parsed.entries
        assert parsed.notes == ()
        assert read.notes == ()
        assert content_digest(read.authored) == content_digest(entry.authored)
        assert (read.external_id, read.category) == (entry.external_id, entry.category)
        assert (read.tags, read.difficulty) == (entry.tags, entry.difficulty)
        if entry.codes:
            assert read.codes == entry.codes

    if name == "moodlexml" and kind == "spot_it":
        pytest.skip("Moodle has no dialogues")
    check()
