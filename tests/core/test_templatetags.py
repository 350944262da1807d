from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.template import Context, Template
from django.utils import translation

from core.enums import Status
from core.models import OrganisationSettings
from core.templatetags.piawai import (
    get_item,
    greeting_key,
    icon,
    kept,
    letter,
    minutes,
    organisation_name,
    qr_code,
    rendered,
    spent,
    status,
    symbol,
    weave,
)
from training.enums import ActivityKind
from training.selectors.my_training import ActivityCard


def test_icon_is_hidden_from_screen_readers():
    assert icon("i-book") == ('<svg class="icon" aria-hidden="true"><use href="/static/icons.svg#i-book"/></svg>')
    assert 'class="icon icon-large"' in icon("i-book", "large")


def test_status_is_shape_word_and_colour():
    assert status(Status.OVERDUE) == (
        '<span class="status tone-stop"><svg class="icon" aria-hidden="true">'
        '<use href="/static/icons.svg#s-overdue"/></svg>Overdue</span>'
    )
    assert status(Status.DONE, "bare").startswith('<span class="status tone-ok status-bare">')


def test_what_is_kept_is_rendered_once_for_each_value_and_language():
    first = ActivityCard(ActivityKind.QUIZ, "Kept", "/quizzes/kept/", 3, Status.ASSIGNED, None)
    same = replace(first)
    other = replace(first, done_on=date(2026, 3, 2))
    before = rendered.cache_info().misses
    parts = [kept("home/activity.html", card) for card in (first, same, other)]
    with translation.override("de"):
        kept("home/activity.html", first)

    assert parts[0] is parts[1]
    assert "Done 2 March" in parts[2]
    assert rendered.cache_info().misses - before == 3


def test_what_is_kept_stands_on_the_page_as_markup():
    card = ActivityCard(ActivityKind.QUIZ, "Bags & boxes", "/quizzes/kept/", 3, Status.ASSIGNED, None)
    page = Template('{% kept "home/activity.html" card %}').render(Context({"card": card}))

    assert '<a class="item" href="/quizzes/kept/">' in page
    assert "Bags &amp; boxes" in page


def test_symbol_has_no_size():
    assert symbol("logo") == '<svg aria-hidden="true"><use href="/static/icons.svg#logo"/></svg>'


def test_weave_is_one_tile_a_step_with_its_words():
    assert weave("1 of 3 done", ["done", "now", ""]) == (
        '<p class="weave" role="img" aria-label="1 of 3 done"><i class="is-done"></i><i class="is-now"></i><i></i></p>'
    )


@pytest.mark.parametrize("tag", [icon, symbol, lambda text: weave(text, [text])])
def test_tags_escape_what_they_are_given(tag):
    assert "<script>" not in tag('"><script>')


@pytest.mark.django_db
def test_organisation_name_is_escaped_by_the_template():
    from django.template import engines

    OrganisationSettings.objects.create(name="Kedai <b>Maju</b>")

    assert organisation_name() == "Kedai <b>Maju</b>"
    assert engines["django"].from_string("{% organisation_name %}").render() == "Kedai &lt;b&gt;Maju&lt;/b&gt;"


def test_minutes_are_counted():
    assert [minutes(1), minutes(8)] == ["1 minute", "8 minutes"]


@pytest.mark.parametrize(
    ("duration", "expected"),
    [
        (None, "1 minute"),
        (timedelta(seconds=5), "1 minute"),
        (timedelta(seconds=150), "2 minutes"),
        (timedelta(hours=1), "60 minutes"),
    ],
)
def test_time_spent_is_whole_minutes_at_least_one(duration, expected):
    assert spent(duration) == expected


def test_letters_and_items():
    assert [letter(index) for index in range(3)] == ["A", "B", "C"]
    assert (get_item({1: "one"}, 1), get_item({}, 1)) == ("one", None)


@pytest.mark.parametrize(
    ("hour", "part"), [(0, "morning"), (11, "morning"), (12, "afternoon"), (17, "afternoon"), (18, "evening")]
)
def test_greeting_follows_the_hour(hour, part):
    assert greeting_key(datetime(2026, 1, 1, hour)) == part  # noqa: DTZ001


def test_a_qr_code_is_drawn_dark_on_whatever_ground():
    code = qr_code("https://shop.example/standards/REL-1/")

    assert code.startswith("<svg")
    assert 'stroke="#0d2728"' in code
    assert "fill=" not in code
