"""Pictures that come inside of other files: what they are is judged by their first bytes, never by their names."""

from __future__ import annotations

import base64
import binascii
import re

LARGEST_PICTURE = 5 * 1024 * 1024
_STARTS = {"png": b"\x89PNG\r\n\x1a\n", "jpg": b"\xff\xd8\xff", "gif": b"GIF8", "webp": b"RIFF"}
_UNFIT = re.compile(r"[^\w.\- ]+")


def picture_type(content: bytes) -> str | None:
    """png, jpg, gif or webp; None for everything else, SVG among it, and for what is too large."""
    if len(content) > LARGEST_PICTURE:
        return None
    found = next((kind for kind, start in _STARTS.items() if content.startswith(start)), None)
    return None if found == "webp" and content[8:12] != b"WEBP" else found


def decoded(text: str) -> bytes | None:
    """What base64 says; None where it is damaged."""
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        return None


def file_name(name: str) -> str:
    """A name without folders and without anything that a file system might take amiss."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return _UNFIT.sub("_", last).strip(" .")[-100:] or "picture"
