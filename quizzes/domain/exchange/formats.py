"""The formats by name: what reads each, what writes it, and what it can't say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from quizzes.domain.exchange.aiken import read_aiken, write_aiken
from quizzes.domain.exchange.gift import read_gift, write_gift
from quizzes.domain.exchange.moodle_xml import read_moodle_xml, unsayable_in_xml, write_moodle_xml
from quizzes.domain.exchange.records import Entry, Parsed
from quizzes.domain.exchange.saying import AIKEN, GIFT, Unsayable, unsayable
from quizzes.domain.exchange.spreadsheets import read_csv, read_xlsx, unsayable_in_a_table, write_csv, write_xlsx


@dataclass(frozen=True)
class Format:
    name: str
    label: str
    suffix: str
    media_type: str
    read: Callable[[bytes], Parsed]
    write: Callable[[Iterable[Entry]], bytes]
    unsayable: Callable[[Entry], Unsayable | None]
    has_pictures: bool = False


@dataclass(frozen=True)
class Unsaid:
    """A question that a format can't say, and why."""

    entry: Entry
    reason: Unsayable


def divide(entries: Iterable[Entry], into: Format) -> tuple[list[Entry], list[Unsaid]]:
    """What the format can say, and what it can't."""
    sayable: list[Entry] = []
    unsaid: list[Unsaid] = []
    for entry in entries:
        reason = into.unsayable(entry)
        if reason:
            unsaid.append(Unsaid(entry, reason))
        else:
            sayable.append(entry)
    return sayable, unsaid


def _as_text(name: str) -> Callable[[Entry], Unsayable | None]:
    def why_not(entry: Entry) -> Unsayable | None:
        return unsayable(entry.authored, name) if entry.authored else Unsayable.UNFINISHED

    return why_not


def _encoded(write: Callable[[Iterable[Entry]], str]) -> Callable[[Iterable[Entry]], bytes]:
    return lambda entries: write(entries).encode()


FORMATS: Mapping[str, Format] = {
    each.name: each
    for each in (
        Format(GIFT, "GIFT", "gift", "text/plain", read_gift, _encoded(write_gift), _as_text(GIFT)),
        Format(AIKEN, "Aiken", "txt", "text/plain", read_aiken, _encoded(write_aiken), _as_text(AIKEN)),
        Format(
            "moodlexml",
            "Moodle XML",
            "xml",
            "application/xml",
            read_moodle_xml,
            write_moodle_xml,
            unsayable_in_xml,
            has_pictures=True,
        ),
        Format(
            "xlsx",
            "Excel (.xlsx)",
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            read_xlsx,
            write_xlsx,
            unsayable_in_a_table,
        ),
        Format("csv", "CSV", "csv", "text/csv", read_csv, write_csv, unsayable_in_a_table),
    )
}
