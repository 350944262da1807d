"""The figures of item analysis in plain words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quizzes.domain.statistics.choices import Possible
from quizzes.domain.statistics.choosers import ChoiceVerdict
from quizzes.domain.statistics.items import (
    FEWEST_FOR_ALL,
    FEWEST_FOR_FACILITY,
    ItemStatistics,
    Missing,
    QuizStatistics,
    Shown,
)
from quizzes.domain.statistics.verdicts import Reliability, Verdict, reliability_of
from quizzes.enums import QuestionKind

VERDICTS: dict[Verdict, Promise] = {
    Verdict.TOO_FEW: gettext_lazy("Too few answers to say"),
    Verdict.KNOWERS_WRONG: gettext_lazy("Nearly everybody who knew the rest got this wrong: check the key"),
    Verdict.KNOWERS_WORSE: gettext_lazy("Who knew the rest got this wrong more often than the others: check the key"),
    Verdict.HARDLY_ANYBODY: gettext_lazy("Hardly anybody gets this right: guessing would do as well"),
    Verdict.EVERYBODY: gettext_lazy("Everybody gets this right"),
    Verdict.TELLS_LITTLE: gettext_lazy("Tells little about who knows the rest"),
    Verdict.NOTHING_TO_COMPARE: gettext_lazy("Nothing to compare it with"),
    Verdict.FINE: gettext_lazy("Fine"),
}
CHOICE_VERDICTS: dict[ChoiceVerdict, Promise | str] = {
    ChoiceVerdict.BEST_PREFER_IT: gettext_lazy(
        "More of the best choose this than the right answer: look at the key and the words"
    ),
    ChoiceVerdict.NOBODY: gettext_lazy("Nobody chooses it: write a likelier one, or leave it out"),
    ChoiceVerdict.FINE: "",
}
RELIABILITY: dict[Reliability, Promise] = {
    Reliability.GOOD: gettext_lazy("high: who does well in one half does well in the other"),
    Reliability.MIDDLING: gettext_lazy("middling: one result alone says only so much"),
    Reliability.POOR: gettext_lazy("low: mend the questions that tell little"),
}
MISSING: dict[Missing, Promise] = {
    Missing.ONE_ITEM: gettext_lazy("It takes two questions or more to compare them."),
    Missing.DIFFERENT_ITEMS: gettext_lazy(
        "Not everybody was asked the same questions. If the quiz changed, choose a period in which it didn’t."
    ),
    Missing.SAME_TOTALS: gettext_lazy("Everybody has the same total."),
}


@dataclass(frozen=True)
class Figure:
    """A figure with its name and, in half a sentence, what it means."""

    name: str
    value: str
    meaning: str | Promise


def percent(value: float | None) -> str:
    """Of a value that is per cent already; an empty text for none."""
    return "" if value is None else f"{round(value)} %"


def share(value: float | None) -> str:
    """Of a part of a whole, as per cent."""
    return "" if value is None else percent(100 * value)


def decimal(value: float | None, places: int = 2) -> str:
    return "" if value is None else number_format(value, decimal_pos=places)


def attempts_in_words(attempts: int) -> str | int:
    """A count that gives nobody away."""
    if not attempts:
        return _("nobody yet")
    if attempts < FEWEST_FOR_FACILITY:
        return _("fewer than %(number)s") % {"number": FEWEST_FOR_FACILITY}
    return attempts


def why_little(shown: Shown) -> str:
    """Why there is less to see than there could be; empty if nothing is missing."""
    if shown is Shown.NOTHING:
        return _("Figures appear once %(number)s people have handed it in, so that nobody’s answers show.") % {
            "number": FEWEST_FOR_FACILITY
        }
    if shown is Shown.FACILITY:
        return _(
            "Under %(number)s first attempts chance weighs more than the questions do, so only the average is shown."
        ) % {"number": FEWEST_FOR_ALL}
    return ""


def quiz_figures(statistics: QuizStatistics) -> list[Figure]:
    """Those that there are, of a quiz."""
    reliability = reliability_of(statistics)
    found = [
        Figure(_("Average"), share(statistics.facility), _("of all marks that could be had")),
        Figure(_("Average in marks"), decimal(statistics.mean), _("a whole mark for each question")),
        Figure(
            _("Standard deviation"),
            decimal(statistics.standard_deviation),
            _("marks that results usually lie from the average"),
        ),
        Figure(
            _("Internal consistency"),
            percent(statistics.internal_consistency),
            RELIABILITY[reliability] if reliability else "",
        ),
        Figure(
            _("Error ratio"),
            percent(statistics.error_ratio),
            _("of the differences between people are chance; the lower, the better"),
        ),
        Figure(
            _("Standard error"),
            decimal(statistics.standard_error),
            _("marks by which one result may miss what the person can do"),
        ),
    ]
    return [figure for figure in found if figure.value]


def question_figures(statistics: ItemStatistics) -> list[Figure]:
    """Those that there are, of a question."""
    guess = statistics.item.guess_score
    found = [
        Figure(_("Facility"), share(statistics.facility), FACILITY),
        Figure(_("By guessing"), "" if guess is None else share(float(guess)), GUESS),
        Figure(_("Discrimination"), percent(statistics.discrimination_index), DISCRIMINATION),
        Figure(_("Efficiency"), percent(statistics.discriminative_efficiency), EFFICIENCY),
        Figure(_("Weight"), percent(statistics.effective_weight), WEIGHT),
        Figure(_("Standard deviation"), decimal(statistics.standard_deviation), DEVIATION),
        Figure(_("Facility of the best"), share(statistics.facility_of_best), FACILITY_OF_BEST),
        Figure(_("Seconds"), decimal(statistics.seconds, 0), SECONDS),
    ]
    return [figure for figure in found if figure.value]


FACILITY = gettext_lazy("part of the marks that people got for it")
GUESS = gettext_lazy("what somebody gets on average who knows nothing")
DISCRIMINATION = gettext_lazy(
    "how well it goes with the rest of the quiz: from −100 to 100, good from 30, a fault below 0"
)
EFFICIENCY = gettext_lazy("discrimination, measured by the best that its marks allow")
WEIGHT = gettext_lazy("its share in what makes results differ")
DEVIATION = gettext_lazy("how far marks for it lie apart: 0 if all are the same")
FACILITY_OF_BEST = gettext_lazy("facility for the third who did best in the rest of the quiz")
SECONDS = gettext_lazy("half the people took longer than that")
MEANINGS = (
    (gettext_lazy("Facility"), FACILITY),
    (gettext_lazy("By guessing"), GUESS),
    (gettext_lazy("Discrimination"), DISCRIMINATION),
    (gettext_lazy("Efficiency"), EFFICIENCY),
    (gettext_lazy("Weight"), WEIGHT),
    (gettext_lazy("Standard deviation"), DEVIATION),
    (gettext_lazy("Seconds"), SECONDS),
)


def choice_in_words(kind: str, possible: Possible) -> str:
    text = possible.text or _("Any other answer")
    if possible.about:
        return f"{possible.about} → {text}"
    if not possible.place:
        return text
    if kind == QuestionKind.GAPS:
        return _("Gap %(number)s: %(text)s") % {"number": possible.place, "text": text}
    return _("Place %(number)s: %(text)s") % {"number": possible.place, "text": text}
