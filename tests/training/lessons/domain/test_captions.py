"""WebVTT: what a browser would show, and what it would leave out."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.domain.lesson.captions import BrokenCaptions, CaptionsFault, Cue, read_captions

# As in the examples of the standard, https://www.w3.org/TR/webvtt1/#introduction
WHOLE = """WEBVTT - Roger Bingham

NOTE
This is not shown --> neither is this.

STYLE
::cue { color: lime }

REGION
id:fred

00:11.000 --> 00:13.000 align:start position:20%
<v Roger Bingham>We are in New York City

2
00:01:16.000 --> 100:00:20.500
We’re actually at the Lucern Hotel,
just down the street
"""


def test_cues_are_read_and_comments_styles_and_regions_left_out():
    assert read_captions(WHOLE) == (
        Cue(11_000, 13_000, "<v Roger Bingham>We are in New York City"),
        Cue(76_000, 360_020_500, "We’re actually at the Lucern Hotel,\njust down the street"),
    )


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("header", ["WEBVTT", "\ufeffWEBVTT", "WEBVTT\tKind: captions", "WEBVTT\nKind: captions"])
def test_headers_and_line_endings_as_tools_write_them(header, ending):
    text = f"{header}\n\n00:00.000 --> 00:01.000\nHello"

    assert read_captions(text.replace("\n", ending)) == (Cue(0, 1000, "Hello"),)


@pytest.mark.parametrize(
    ("text", "fault", "line"),
    [
        ("", CaptionsFault.NO_HEADER, 1),
        ("WEBVTTX\n\n00:00.000 --> 00:01.000\nHello", CaptionsFault.NO_HEADER, 1),
        ("1\n00:00:00,000 --> 00:00:01,000\nSubRip", CaptionsFault.NO_HEADER, 1),
        ("WEBVTT", CaptionsFault.NO_CUES, 1),
        ("WEBVTT\n\nNOTE nothing yet\n", CaptionsFault.NO_CUES, 4),
        ("WEBVTT\n\n00:00:00,000 --> 00:00:01,000\nHello", CaptionsFault.BAD_TIMING, 3),
        ("WEBVTT\n\none\n00:61.000 --> 01:02.000\nHello", CaptionsFault.BAD_TIMING, 4),
        ("WEBVTT\n\n00:00.000-->00:01.000\nHello", CaptionsFault.BAD_TIMING, 3),
        ("WEBVTT\n\n00:00.000 --> soon\nHello", CaptionsFault.BAD_TIMING, 3),
        ("WEBVTT\n\nHello alone", CaptionsFault.BAD_TIMING, 4),
        ("WEBVTT\n\n00:01.000 --> 00:01.000\nHello", CaptionsFault.ENDS_BEFORE_IT_BEGINS, 3),
        ("WEBVTT\n\n00:01.000 --> 00:02.000", CaptionsFault.NO_WORDS, 3),
        (
            "WEBVTT\n\n00:05.000 --> 00:06.000\nTwo\n\n00:01.000 --> 00:02.000\nOne",
            CaptionsFault.OUT_OF_ORDER,
            6,
        ),
    ],
)
def test_what_a_browser_would_leave_out_is_named_with_its_line(text, fault, line):
    with pytest.raises(BrokenCaptions) as broken:
        read_captions(text)

    assert (broken.value.fault, broken.value.line) == (fault, line)


def stamp(moment: int) -> str:
    minutes, rest = divmod(moment, 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02}.{rest % 1000:03}"


@given(
    st.lists(st.tuples(st.integers(0, 10**9), st.integers(1, 10**6), st.from_regex(r"[a-z ]*[a-z]", fullmatch=True)))
)
def test_what_is_written_is_read(made):
    cues = tuple(Cue(start, start + lasts, text) for start, lasts, text in sorted(made))
    blocks = (f"{stamp(cue.start)} --> {stamp(cue.end)}\n{cue.text}" for cue in cues)
    text = "\n\n".join(["WEBVTT", *blocks])

    if cues:
        assert read_captions(text) == cues
    else:
        with pytest.raises(BrokenCaptions):
            read_captions(text)


@given(st.text())
def test_no_text_breaks_the_reader(text):
    with suppress(BrokenCaptions):
        read_captions(f"WEBVTT\n\n{text}")
