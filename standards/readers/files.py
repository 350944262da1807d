"""Reads a file by its kind."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from standards.domain.importing import Block
from standards.readers.limits import FileRefused, read_limited
from standards.readers.markdown import read_markdown
from standards.readers.word import read_word

READERS: dict[str, Callable[[bytes], list[Block]]] = {
    ".docx": read_word,
    ".md": read_markdown,
    ".markdown": read_markdown,
}


def read_file(path: Path) -> list[Block]:
    """The blocks of a .docx or Markdown file, in their order. Raises FileRefused."""
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise FileRefused(f"{path.name} is neither .docx nor .md.")
    return reader(read_limited(path))
