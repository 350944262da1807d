"""What readers may have to say about a file, in sentences. Each is marked for translation and translated where it is shown."""

from __future__ import annotations

from quizzes.domain.exchange.records.codes import Code


def gettext_noop(text: str) -> str:
    """Marks a sentence for the catalogues of those who show it; nothing is translated here."""
    return text


WORDS: dict[Code, str] = {
    Code.EMPTY_FILE: gettext_noop("The file holds no questions."),
    Code.FILE_TOO_LARGE: gettext_noop("The file is larger than %(most)s MB. Split it and bring in the parts."),
    Code.TOO_MANY_LINES: gettext_noop("The file has more than %(most)s lines. Split it and bring in the parts."),
    Code.TOO_MUCH_MARKUP: gettext_noop(
        "The file has more than %(most)s tags and references of HTML. Split it and bring in the parts."
    ),
    Code.TOO_MANY_ANSWERS_IN_ALL: gettext_noop(
        "The file has more than %(most)s answers. Split it and bring in the parts."
    ),
    Code.TOO_MANY_QUESTIONS: gettext_noop(
        "The file holds more than %(most)s questions. Split it and bring in the parts."
    ),
    Code.NOT_TEXT: gettext_noop("This isn't a text file."),
    Code.READ_AS_CP1252: gettext_noop("The file isn't UTF-8; it was read as Windows-1252. Check the accented letters."),
    Code.OTHER_FORMAT: gettext_noop("This is another kind of file: %(what)s."),
    Code.NOT_WELL_FORMED: gettext_noop("The file is broken here: %(what)s."),
    Code.FORBIDDEN_MARKUP: gettext_noop(
        "The file declares entities or a document type of its own, which isn't allowed."
    ),
    Code.UNSUPPORTED_TYPE: gettext_noop("Questions of the type “%(type)s” can't be brought in."),
    Code.IS_ESSAY: gettext_noop("An essay can't be brought in: nothing here marks free text."),
    Code.IS_DESCRIPTION: gettext_noop("A description asks nothing, so it can't be brought in."),
    Code.NO_BRACES: gettext_noop(
        "No answers in braces: a description, which can't be brought in. If it should ask something, its answers are missing."
    ),
    Code.BRACE_LEFT_OPEN: gettext_noop("The answers begin with { and don't end with } before the next blank line."),
    Code.BRACE_TOO_MANY: gettext_noop("A } with no { before it. Write \\} for a brace in the text."),
    Code.TWO_ANSWER_SETS: gettext_noop(
        "More than one set of braces. Put a blank line between questions, and write \\{ and \\} for braces in the text."
    ),
    Code.BAD_PAIR: gettext_noop("“%(text)s” isn't a pair: write what belongs together with -> between."),
    Code.TRUE_AND_FALSE: gettext_noop("Both true and false are given as the answer."),
    Code.TOO_MANY_ANSWERS: gettext_noop("The question has more than %(most)s answers or gaps."),
    Code.NOT_A_WEIGHT: gettext_noop("“%(text)s” isn't a weight from -100 to 100 per cent."),
    Code.QUESTION_TOO_LONG: gettext_noop("The question is longer than %(most)s characters."),
    Code.UNREADABLE_ANSWERS: gettext_noop("The answers can't be read: “%(text)s”."),
    Code.BROKEN_GAP: gettext_noop("The gap “%(text)s” can't be read."),
    Code.NO_GAPS: gettext_noop("The text has no gaps."),
    Code.UNKNOWN_GAP_TYPE: gettext_noop("Gaps of the type “%(type)s” can't be brought in."),
    Code.GAP_WITHOUT_ANSWERS: gettext_noop("Gap %(gap)s has no answers."),
    Code.GAP_WITH_ONE_CHOICE: gettext_noop("Gap %(gap)s offers fewer than two choices."),
    Code.GAP_WITHOUT_RIGHT_ANSWER: gettext_noop("Gap %(gap)s has no answer that earns the whole mark."),
    Code.GAP_NOT_A_NUMBER: gettext_noop("Gap %(gap)s asks for a number, but “%(text)s” is none."),
    Code.MISSING_ANSWER_LINE: gettext_noop("The line “ANSWER: …” is missing."),
    Code.ANSWER_IS_NO_OPTION: gettext_noop("The answer “%(text)s” is none of the options."),
    Code.OPTION_WITHOUT_QUESTION: gettext_noop("Options or an answer with no question before them."),
    Code.NO_STEM: gettext_noop("The question has no text."),
    Code.NO_ALT: gettext_noop("The picture has no description."),
    Code.TOO_FEW_OPTIONS: gettext_noop("There are fewer than two different things to choose from."),
    Code.BLANK_OPTION: gettext_noop("An option is empty."),
    Code.SAME_OPTION_TWICE: gettext_noop("Two options say the same."),
    Code.UNKNOWN_KIND: gettext_noop("This kind of question is unknown here."),
    Code.NOT_ONE_RIGHT: gettext_noop("Not exactly one answer is marked as right."),
    Code.NONE_RIGHT: gettext_noop("No answer is marked as right."),
    Code.CREDITS_SHORT: gettext_noop("The right answers together don't earn the whole mark."),
    Code.TOO_FEW_PAIRS: gettext_noop("Matching needs at least two pairs."),
    Code.UNPAIRED: gettext_noop("A pair lacks one of its sides."),
    Code.TOO_FEW_STEPS: gettext_noop("Putting in order needs at least three steps."),
    Code.NOTHING_ACCEPTED: gettext_noop("An answer to accept is missing or empty."),
    Code.NO_FULL_CREDIT: gettext_noop("No answer earns the whole mark."),
    Code.NOT_A_NUMBER: gettext_noop("An answer, or how far one may be off, isn't a number."),
    Code.GAPS_DIFFER: gettext_noop("The gaps in the text and their answers don't fit together."),
    Code.TOO_FEW_LINES: gettext_noop("A dialogue needs at least three lines."),
    Code.NOTHING_BROKEN: gettext_noop("No line breaks a standard."),
    Code.BREAKS_UNCITED: gettext_noop("A line breaks a standard that the question doesn't name."),
    Code.NO_CLAUSE: gettext_noop("The question names no clause."),
    Code.CLOZE_IN_GIFT: gettext_noop(
        "This is Moodle's cloze notation, which GIFT doesn't have. It was read as one text with %(gaps)s gaps: check it."
    ),
    Code.SEVERAL_RIGHT: gettext_noop(
        "More than one option is marked as right; the first was taken, and the others earn the whole mark too."
    ),
    Code.FORMATTING_LOST: gettext_noop("Formatting was left out: %(what)s."),
    Code.PICTURE_LOST: gettext_noop("A picture was left out: %(what)s."),
    Code.LINK_LOST: gettext_noop("A link was left out, its text kept: %(what)s."),
    Code.WEIGHT_ROUNDED: gettext_noop("The weight %(text)s was taken as %(value)s."),
    Code.PENALTY_IGNORED: gettext_noop(
        "A penalty for a wrong answer (%(text)s) was left out: this kind of question takes none."
    ),
    Code.RIGHT_AND_WRONG: gettext_noop("An answer is marked with ~ and = at once; it was taken as right."),
    Code.UNESCAPED: gettext_noop("A “=” inside an answer was taken as text. Write \\= to be sure."),
    Code.TEXT_AFTER_ANSWERS: gettext_noop("What stands after the answers was left out: “%(text)s”."),
    Code.TAG_UNREADABLE: gettext_noop("The tag “%(text)s” can't be read and was left out."),
    Code.CATEGORY_TOO_DEEP: gettext_noop(
        "A category of more than %(most)s levels or with a name of more than %(longest)s characters was cut."
    ),
    Code.FEEDBACK_LOST: gettext_noop("Feedback was left out: %(what)s."),
    Code.DEFAULT_GRADE_LOST: gettext_noop(
        "The mark of %(text)s was left out: questions count the same until a quiz says otherwise."
    ),
    Code.GAP_LAYOUT_LOST: gettext_noop("How the choices of a gap are laid out was left out."),
    Code.CASE_FOR_ALL: gettext_noop("Capital letters count in some gaps only; here they count in all."),
    Code.GRADING_CHANGED: gettext_noop("The grading “%(text)s” was left out: each step in its place counts."),
    Code.UNKNOWN_CLAUSE: gettext_noop("There is no clause %(clause)s in force; the question comes in without it."),
    Code.TOO_MANY_TO_PUBLISH: gettext_noop(
        "At most %(most)s questions are published at once; these come in as drafts."
    ),
    Code.UNIT_TOO_LONG: gettext_noop("The unit “%(text)s” has more than %(most)s characters."),
    Code.NESTED_TOO_DEEP: gettext_noop("Too many things stand inside each other."),
    Code.PICTURE_DAMAGED: gettext_noop("The file “%(name)s” that belongs to the question is damaged."),
    Code.PICTURE_REFUSED: gettext_noop(
        "“%(name)s” was left out: it isn't a PNG, JPEG, GIF or WebP picture of at most %(most)s MB."
    ),
    Code.FILE_LOST: gettext_noop("The picture “%(name)s” was left out: a question keeps one, the first of its text."),
    Code.IS_HIDDEN: gettext_noop("The question is hidden where it comes from, so it comes in as a draft."),
    Code.SETTING_LOST: gettext_noop("A setting was left out: %(what)s."),
    Code.ELEMENT_LOST: gettext_noop("“%(what)s” is no question and was left out."),
    Code.NOT_A_WORKBOOK: gettext_noop(
        "This isn't an ordinary .xlsx workbook: %(what)s. Open it in a spreadsheet program and save it again."
    ),
    Code.NOT_A_TABLE: gettext_noop("The table can't be read here: %(what)s."),
    Code.NO_COLUMN: gettext_noop(
        "The first row must name the columns; “%(what)s” isn't among them. The template shows them all."
    ),
    Code.COLUMN_TWICE: gettext_noop("Two columns are named “%(what)s”."),
    Code.UNKNOWN_COLUMN: gettext_noop("The column “%(what)s” isn't known and was left out."),
    Code.NOT_A_KIND: gettext_noop("“%(text)s” is no kind of question."),
    Code.ROW_TOO_WIDE: gettext_noop("Something stands to the right of the last named column."),
    Code.CELL_UNUSED: gettext_noop("This kind of question has no use for: %(what)s."),
    Code.UNREADABLE_CELL: gettext_noop("“%(text)s” in the column “%(column)s” can't be read."),
    Code.IS_FORMULA: gettext_noop("The cell %(cell)s holds a formula. Put its value there."),
}
"""One sentence for each code, with its params by name."""
