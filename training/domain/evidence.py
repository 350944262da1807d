"""Files that show something: a scan or a photo. Their content says what they are, never their name."""

from __future__ import annotations

LARGEST = 10 * 1024 * 1024
"""Bytes."""

SIGNATURES = {b"%PDF-": "pdf", b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpeg"}
CONTENT_TYPES = {"pdf": "application/pdf", "png": "image/png", "jpeg": "image/jpeg"}


def kind_of_file(start: bytes) -> str | None:
    """pdf, png or jpeg, by the first bytes of a file (at least 8, if it has so many); None for anything else."""
    return next((kind for signature, kind in SIGNATURES.items() if start.startswith(signature)), None)
