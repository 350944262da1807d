"""What there is to say about a file of employees. Each sentence is marked for translation and translated where it is shown."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

LONGEST_PARAM = 80


class Severity(StrEnum):
    """error: nothing comes in before it is mended. warning: look at it."""

    ERROR = "error"
    WARNING = "warning"


class Code(StrEnum):
    # About the file.
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    TOO_MANY_ROWS = "too_many_rows"
    OLD_EXCEL = "old_excel"
    OTHER_FILE = "other_file"
    DAMAGED = "damaged"
    UNSAFE = "unsafe"
    UNKNOWN_ENCODING = "unknown_encoding"
    READ_AS_CP1252 = "read_as_cp1252"
    ONE_SHEET_READ = "one_sheet_read"
    BAD_QUOTES = "bad_quotes"
    CUT_OFF = "cut_off"
    # About its headings.
    NO_HEADINGS = "no_headings"
    NO_KEY_COLUMN = "no_key_column"
    SAME_COLUMN = "same_column"
    UNKNOWN_COLUMN = "unknown_column"
    AMBIGUOUS_DATES = "ambiguous_dates"
    MIXED_DATES = "mixed_dates"
    # About a row.
    TOO_MANY_CELLS = "too_many_cells"
    ERROR_VALUE = "error_value"
    NO_KEY = "no_key"
    TWICE = "twice"
    ROUNDED = "rounded"
    ZEROS_LOST = "zeros_lost"
    TOO_LONG = "too_long"
    EMAIL_MISSING = "email_missing"
    BAD_EMAIL = "bad_email"
    EMAIL_TAKEN = "email_taken"
    NAME_MISSING = "name_missing"
    UNKNOWN_LANGUAGE = "unknown_language"
    BAD_DATE = "bad_date"
    FIRST_AFTER_LAST = "first_after_last"
    SINCE_OUTSIDE = "since_outside"
    UNKNOWN_NAME = "unknown_name"
    UNKNOWN_NAME_LIKE = "unknown_name_like"
    SEVERAL_TEAMS = "several_teams"
    TEAM_MISSING = "team_missing"
    ROLE_MISSING = "role_missing"
    HAS_LEFT = "has_left"
    SWITCHED_OFF = "switched_off"


def gettext_noop(text: str) -> str:
    """Marks a sentence for the catalogues of those who show it; nothing is translated here."""
    return text


WORDS: dict[Code, str] = {
    Code.EMPTY: gettext_noop("There are no people in this file."),
    Code.TOO_LARGE: gettext_noop("The file is larger than %(most)s MB. Split it and bring in the parts."),
    Code.TOO_MANY_ROWS: gettext_noop("The file has more than %(most)s rows. Split it and bring in the parts."),
    Code.OLD_EXCEL: gettext_noop("This is an old Excel file (.xls), or has a password. Save it as .xlsx, or as CSV UTF-8."),
    Code.OTHER_FILE: gettext_noop("This is no table but a %(what)s. Save the table as .xlsx, or as CSV UTF-8."),
    Code.DAMAGED: gettext_noop("This isn’t a whole Excel workbook. Open it in Excel and save it again as .xlsx."),
    Code.UNSAFE: gettext_noop("This workbook isn’t opened: it would grow far beyond its size, or holds what no workbook needs."),
    Code.UNKNOWN_ENCODING: gettext_noop("The letters of this file can’t be read. Save it as “CSV UTF-8”, or as .xlsx."),
    Code.READ_AS_CP1252: gettext_noop("The file isn’t UTF-8; it was read as Windows-1252. Check the accented letters."),
    Code.ONE_SHEET_READ: gettext_noop("Only the sheet “%(sheet)s” was read."),
    Code.BAD_QUOTES: gettext_noop("A quotation mark stands in the middle of a cell. Double it, or take it out."),
    Code.CUT_OFF: gettext_noop("The file ends in the middle of this row. Save or download it once more."),
    Code.NO_HEADINGS: gettext_noop("No row of headings was found. Name the columns as in the template: e-mail, name, team …"),
    Code.NO_KEY_COLUMN: gettext_noop("There is neither a column “employee number” nor “e-mail”: one must say who each row is."),
    Code.SAME_COLUMN: gettext_noop("“%(first)s” and “%(second)s” both say the same. Leave one of them out."),
    Code.UNKNOWN_COLUMN: gettext_noop("The column “%(heading)s” isn’t known and was left out."),
    Code.AMBIGUOUS_DATES: gettext_noop("Is %(example)s a day or a month first? Nothing in this column tells. Write dates like 2026-12-31."),
    Code.MIXED_DATES: gettext_noop("This column writes dates in two ways (%(first)s and %(second)s). Write them like 2026-12-31."),
    Code.TOO_MANY_CELLS: gettext_noop("This row has more cells than there are headings. Is a separator too many in it?"),
    Code.ERROR_VALUE: gettext_noop("“%(value)s” is an error of the spreadsheet. Mend the formula, or write the value."),
    Code.NO_KEY: gettext_noop("This row has neither an employee number nor an e-mail."),
    Code.TWICE: gettext_noop("This is the same person as in row %(row)s."),
    Code.ROUNDED: gettext_noop("“%(value)s” was rounded by the spreadsheet. Format the column as text and write the number again."),
    Code.ZEROS_LOST: gettext_noop("Nobody has %(value)s, but somebody has %(other)s. Format the column as text, so that zeros stay."),
    Code.TOO_LONG: gettext_noop("This has more than %(most)s characters."),
    Code.EMAIL_MISSING: gettext_noop("A new person needs an e-mail."),
    Code.BAD_EMAIL: gettext_noop("“%(value)s” is no e-mail address."),
    Code.EMAIL_TAKEN: gettext_noop("“%(value)s” belongs to somebody else here: %(name)s."),
    Code.NAME_MISSING: gettext_noop("A new person needs a name."),
    Code.UNKNOWN_LANGUAGE: gettext_noop("“%(value)s” is no language of this site. Those are: %(known)s."),
    Code.BAD_DATE: gettext_noop("“%(value)s” is no date. Write it like 2026-12-31."),
    Code.FIRST_AFTER_LAST: gettext_noop("The first day (%(first)s) is after the last (%(last)s)."),
    Code.SINCE_OUTSIDE: gettext_noop("%(since)s isn’t between their first and their last day."),
    Code.UNKNOWN_NAME: gettext_noop("“%(value)s” isn’t here. Add it in the admin first, or correct the name."),
    Code.UNKNOWN_NAME_LIKE: gettext_noop("“%(value)s” isn’t here. Did you mean “%(like)s”?"),
    Code.SEVERAL_TEAMS: gettext_noop("There is a team “%(value)s” in several branches (%(branches)s). Say the branch."),
    Code.TEAM_MISSING: gettext_noop("Say the team."),
    Code.ROLE_MISSING: gettext_noop("Say the job role: nobody belongs to a team without one."),
    Code.HAS_LEFT: gettext_noop("%(name)s left on %(day)s and stays so. To bring them back, give a first day after that."),
    Code.SWITCHED_OFF: gettext_noop("The account of %(name)s is switched off and stays so."),
}  # fmt: skip


@dataclass(frozen=True)
class Note:
    """line: the row as the spreadsheet numbers it; 0 for the whole file. column: its heading in the file."""

    line: int
    severity: Severity
    code: Code
    column: str = ""
    params: tuple[tuple[str, str], ...] = ()

    @property
    def words(self) -> str:
        sentence = WORDS[self.code] % dict(self.params)
        return f"{self.column}: {sentence}" if self.column else sentence


def error(code: Code, line: int = 0, column: str = "", **params: object) -> Note:
    return Note(line, Severity.ERROR, code, _short(column), _shortened(params))


def warning(code: Code, line: int = 0, column: str = "", **params: object) -> Note:
    return Note(line, Severity.WARNING, code, _short(column), _shortened(params))


def _shortened(params: dict[str, object]) -> tuple[tuple[str, str], ...]:
    """Files can be hostile, pages should stay readable."""
    return tuple(sorted((name, _short(str(value))) for name, value in params.items()))


def _short(text: str) -> str:
    text = " ".join(text[: 4 * LONGEST_PARAM].split())
    return text if len(text) <= LONGEST_PARAM else f"{text[: LONGEST_PARAM - 1]}…"
