from __future__ import annotations

import pytest

from training.domain.lesson.videos import provider_of, video_type

MP4 = b"\x00\x00\x00\x20ftypisom\x00\x00\x02\x00isomiso2avc1mp41"
WEBM = b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\xf7\x81\x01\x42\xf2\x81\x04\x42\xf3\x81\x08\x42\x82\x84webm\x42\x87"


@pytest.mark.parametrize(
    ("head", "found"),
    [
        (MP4, "video/mp4"),
        (WEBM, "video/webm"),
        (WEBM.replace(b"\x84webm", b"\x88matroska"), None),
        (b"<!doctype html><script>ftyp", None),
        (b"webm", None),
        (b"", None),
    ],
)
def test_a_video_is_told_by_its_first_bytes(head, found):
    assert video_type(head) == found


@pytest.mark.parametrize(
    ("address", "provider"),
    [
        ("https://www.youtube.com/watch?v=abc", "YouTube"),
        ("https://youtu.be/abc", "YouTube"),
        ("https://VIMEO.com/123", "Vimeo"),
        ("http://vimeo.com/123", None),
        ("https://vimeo.com:8443/123", None),
        ("https://me@vimeo.com/123", None),
        ("https://vimeo.com.example/123", None),
        ("https://example.com/vimeo.com", None),
        ("javascript:alert(1)//vimeo.com", None),
        ("https://[vimeo.com/1", None),
        ("https://vimeo.com:x/1", None),
        ("", None),
    ],
)
def test_an_address_is_of_a_provider_that_we_know_or_of_none(address, provider):
    assert provider_of(address) == provider
