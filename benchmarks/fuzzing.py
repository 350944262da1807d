"""Files as nobody would write them: real ones, cut, doubled, swapped and sprinkled with what their format reserves."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from benchmarks.fuzzing_wholes import csv_file, xlsx_file, xml_file
from quizzes.domain.exchange.aiken import read_aiken
from quizzes.domain.exchange.examples import examples
from quizzes.domain.exchange.gift import read_gift
from quizzes.domain.exchange.moodle_xml import read_moodle_xml, unsayable_in_xml, write_moodle_xml
from quizzes.domain.exchange.records import Parsed
from quizzes.domain.exchange.spreadsheets import read_csv, read_xlsx, write_csv, write_xlsx

LARGEST = 1024 * 1024


@dataclass(frozen=True)
class Fuzzed:
    """A format: how its files are read, what they begin as, and the pieces that mean something in them."""

    name: str
    read: Callable[[bytes], Parsed]
    seeds: tuple[bytes, ...]
    marks: tuple[bytes, ...]
    folder: str = ""
    suffixes: tuple[str, ...] = ()
    make: Callable[[Sequence[bytes], random.Random], bytes] | None = None
    """What makes a file of the seeds; nothing: `mutated`."""

    def file(self, seeds: Sequence[bytes], chance: random.Random) -> bytes:
        return self.make(seeds, chance) if self.make else mutated(seeds, self.marks, chance)


_ANYWHERE = (
    b"",
    b"\n",
    b"\n\n",
    b"\r",
    b"\t",
    b"\x00",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\xe9",
    "漢".encode(),
    b" " * 50,
)

GIFT = Fuzzed(
    "GIFT",
    read_gift,
    (
        b"// [id:q1] [tag:REL-1]\n::Till::[html]<p>Which?</p>{\n=a#Yes\n~%-50%b\n~c\n####All}\n\nOpen?{T#no#yes}",
        b"$CATEGORY: $course$/top/A\nMatch{=a -> b =c -> d = -> e}\n\nHow many?{#=1:0.5 =%50%1..3 ~#no}\n\nSay{=a =%50%b*}",
        b'// [feedback:1:"x"]\nOrder{>3 ALL VERTICAL ABSOLUTE_POSITION SHOW none\na\nb\nc\n}\n\nIn {1:SA:=a~%50%b#c} and {2:MC:=a~b}',
    ),
    tuple(
        b"\\ \\\\ { } {} ~ = ~= # #### % %50% %-33.33333% :: : // -> .. $CATEGORY: [html] [markdown] [plain] {# {> {1:SA: {1:MC:=a~b} "
        b"[id: [tag: [feedback: ] T TRUE <p> <!-- --> <img &amp; &# &#9999999999; ** _ ` ![ ]( * 1e99 1,200 999999999999999999".split(
            b" "
        )
    ),
    "gift",
    (".gift", ".txt"),
)
AIKEN = Fuzzed(
    "Aiken",
    read_aiken,
    (b"What now?\nA) Say so\nB) Wait\nANSWER: A\n\nAnd then?\nA. x\nB. y\nC. z\nANSWER: C\n",),
    (b"A) ", b"B. ", b"Z) ", b"ANSWER:", b"ANSWER: A", b"answer: b", b"?"),
    "aiken",
    (".txt",),
)
MOODLE_XML = Fuzzed(
    "Moodle XML",
    read_moodle_xml,
    (
        write_moodle_xml(entry for entry in examples() if unsayable_in_xml(entry) is None),
        b'<quiz><question type="category"><category><text>$course$/top/A//B</text></category></question></quiz>',
    ),
    tuple(
        b"< > & &amp; &nbsp; &#0; &#xD800; <![CDATA[ ]]> <!-- --> <?x?> <!DOCTYPE <text> </text> <answer> </answer> </question> "
        b'fraction="50" fraction="-1e9" fraction="33" format="markdown" format="x" <file>!</file> {1:MC:=a~b} {1:SA: 1e999 @@PLUGINFILE@@/ '
        b'encoding="utf-16" encoding="big5" <units><unit> <multiplier>0</multiplier> <hidden>1</hidden>'.split(b" ")
    ),
    "moodle-xml",
    (".xml",),
)
CSV = Fuzzed(
    "CSV",
    read_csv,
    (write_csv(examples()), b"kind;question;right\ntrue or false;Q?;true\n"),
    (
        *b', ; | " "" \' \'= = kind question right 1/3 1/0 50% 1e999 yes gaps text; [[1]] [[99]] 1-2'.split(b" "),
        b"\r\n",
    ),
    "people-csv",
    (".csv",),
)
_SHEET = "xl/worksheets/sheet1.xml"


def _sheet(workbook: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        return archive.read(_SHEET)


def _read_sheet(sheet: bytes) -> Parsed:
    """A workbook that is whole but for its sheet: spoilt as a whole it would hardly ever be opened."""
    output = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_WORKBOOK)) as whole, zipfile.ZipFile(output, "w") as spoilt:
        for entry in whole.infolist():
            spoilt.writestr(entry, sheet if entry.filename == _SHEET else whole.read(entry))
    return read_xlsx(output.getvalue())


_WORKBOOK = write_xlsx(examples())
XLSX = Fuzzed(
    "XLSX",
    _read_sheet,
    (_sheet(_WORKBOOK),),
    tuple(
        b'<c> </c> <row> </row> r="A1" r="XFD1048576" r="1048576" t="s" t="n" t="b" t="e" t="d" <f>1+1</f> <v>1e999</v> <v>99999</v> '
        b"<v>-1</v> <is><t> &#0; &nbsp; <!DOCTYPE".split(b" ")
    ),
)
WHOLE = (
    replace(MOODLE_XML, name="Moodle XML, well-formed", make=xml_file),
    replace(CSV, name="CSV, whole", make=csv_file),
    replace(XLSX, name="XLSX, whole", read=read_xlsx, make=xlsx_file),
)
SPOILT = (GIFT, AIKEN, MOODLE_XML, CSV, XLSX)
FORMATS = (*SPOILT, *WHOLE)


def mutated(seeds: Sequence[bytes], marks: Sequence[bytes], chance: random.Random) -> bytes:
    """One of the seeds after a few changes; now and then grown to a megabyte, or in another encoding."""
    content = chance.choice(seeds)
    for _ in range(chance.randint(1, 12)):
        content = chance.choice(_CHANGES)(content, seeds, (*marks, *_ANYWHERE), chance)[:LARGEST]
    return content


def _spot(content: bytes, chance: random.Random) -> tuple[int, int]:
    start = chance.randint(0, len(content))
    return start, min(len(content), start + chance.choice((1, 3, 20, 200)))


def _cut(content: bytes, seeds: Sequence[bytes], marks: Sequence[bytes], chance: random.Random) -> bytes:
    start, end = _spot(content, chance)
    return content[:start] + content[end:]


def _end(content: bytes, seeds: Sequence[bytes], marks: Sequence[bytes], chance: random.Random) -> bytes:
    return content[: chance.randint(0, len(content))]


def _double(content: bytes, seeds: Sequence[bytes], marks: Sequence[bytes], chance: random.Random) -> bytes:
    start, end = _spot(content, chance)
    return content[:end] + content[start:]


def _sprinkle(content: bytes, seeds: Sequence[bytes], marks: Sequence[bytes], chance: random.Random) -> bytes:
    start, _ = _spot(content, chance)
    return content[:start] + chance.choice(marks) + content[start:]


def _swarm(content: bytes, seeds: Sequence[bytes], marks: Sequence[bytes], chance: random.Random) -> bytes:
    start, _ = _spot(content, chance)
    swarm = b"".join(chance.choices(marks, k=chance.randint(1, 3)))
    return content[:start] + swarm * chance.choice((10, 100, 1000)) + content[start:]


def _flip(content: bytes, seeds: Sequence[bytes], marks: Sequence[bytes], chance: random.Random) -> bytes:
    start, end = _spot(content, chance)
    return content[:start] + chance.randbytes(end - start) + content[end:]


def _splice(content: bytes, seeds: Sequence[bytes], marks: Sequence[bytes], chance: random.Random) -> bytes:
    other = chance.choice(seeds)
    return content[: chance.randint(0, len(content))] + other[chance.randint(0, len(other)) :]


def _recode(content: bytes, seeds: Sequence[bytes], marks: Sequence[bytes], chance: random.Random) -> bytes:
    return content.decode(errors="replace").encode(chance.choice(("utf-8-sig", "utf-16", "cp1252")), errors="replace")


_CHANGES = (_cut, _end, _double, _sprinkle, _sprinkle, _sprinkle, _swarm, _flip, _splice, _recode)
