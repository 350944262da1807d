"""Which files are videos, told by their first bytes, and which addresses of videos a lesson may name."""

from __future__ import annotations

from types import MappingProxyType
from urllib.parse import urlsplit

HEAD = 64
"""Bytes of a file that tell what it is."""

PROVIDERS = MappingProxyType(
    {
        "www.youtube.com": "YouTube",
        "youtube.com": "YouTube",
        "m.youtube.com": "YouTube",
        "youtu.be": "YouTube",
        "vimeo.com": "Vimeo",
        "www.vimeo.com": "Vimeo",
        "player.vimeo.com": "Vimeo",
    }
)
"""Host → who shows videos there."""


def video_type(head: bytes) -> str | None:
    """The media type of a file that begins with these bytes: MP4 (ISO 14496-12, box `ftyp`) or WebM (EBML, DocType `webm`)."""
    if head[4:8] == b"ftyp":
        return "video/mp4"
    if head[:4] == b"\x1a\x45\xdf\xa3" and b"webm" in head[4:HEAD]:
        return "video/webm"
    return None


def provider_of(address: str) -> str | None:
    """Who shows the video at an address; None for one that isn't https, or of nobody that we know."""
    try:
        parts = urlsplit(address)
        if parts.scheme != "https" or parts.port is not None or parts.username is not None:
            return None
    except ValueError:
        return None
    return PROVIDERS.get(parts.hostname or "")
