"""What readers have to say, as short lines: `3 warning file_lost name=till.pdf`."""

from __future__ import annotations

from collections.abc import Iterable

from quizzes.domain.exchange.records import Note


def told(notes: Iterable[Note]) -> list[str]:
    return [
        " ".join([str(one.line), one.severity, one.code, *(f"{name}={value}" for name, value in one.params)])
        for one in notes
    ]
