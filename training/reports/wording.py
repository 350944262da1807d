"""The figures of play in plain words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quizzes.domain.statistics.items import FEWEST_FOR_ALL, FEWEST_FOR_FACILITY, Shown
from quizzes.domain.statistics.verdicts import Verdict
from quizzes.reports.wording import Figure, share
from training.domain.scenario.mapping import BACK, CONDITIONAL, CRITICAL, LATE, NodeKind
from training.domain.scenario.mapping import SIGNS as SIGN_OF
from training.domain.scenario.played import PlayedScene, PlayedStory

VERDICTS: dict[Verdict, Promise] = {
    Verdict.TOO_FEW: gettext_lazy("Too few runs to say"),
    Verdict.KNOWERS_WRONG: gettext_lazy("Nearly everybody who did well elsewhere lost points here: check what is best"),
    Verdict.KNOWERS_WORSE: gettext_lazy("Who did well elsewhere lost more here than the others: check what is best"),
    Verdict.HARDLY_ANYBODY: gettext_lazy("Nearly everybody loses what can be lost here"),
    Verdict.EVERYBODY: gettext_lazy("Hardly anybody loses anything here"),
    Verdict.TELLS_LITTLE: gettext_lazy("Tells little about who does well elsewhere"),
    Verdict.NOTHING_TO_COMPARE: gettext_lazy("Nothing to compare it with"),
    Verdict.FINE: gettext_lazy("Fine"),
}
FACILITY = gettext_lazy("how much of what could be lost here was kept: 100 % if nobody lost anything")
DISCRIMINATION = gettext_lazy(
    "how well it goes with the rest of the run: from −100 to 100, good from 30, a fault below 0"
)
SECONDS = gettext_lazy("half the people took longer than that; pauses of over an hour are left out")
LEFT = gettext_lazy("how many stopped here, in their first run, and haven’t gone on for a week")
MEANINGS = (
    (gettext_lazy("Facility"), FACILITY),
    (gettext_lazy("Discrimination"), DISCRIMINATION),
    (gettext_lazy("Seconds"), SECONDS),
    (gettext_lazy("Left here"), LEFT),
)
SIGNS = (
    (SIGN_OF[NodeKind.START], gettext_lazy("the first scene")),
    (CRITICAL, gettext_lazy("a critical choice: it fails the run")),
    (CONDITIONAL, gettext_lazy("offered under conditions")),
    (LATE, gettext_lazy("taken when time is up")),
    (BACK, gettext_lazy("leads back")),
)
"""The signs of the map, with what they mean."""


def verdict_in_words(scene: PlayedScene) -> str:
    if scene.statistics.shown is Shown.ALL and not scene.is_at_stake:
        return _("Nobody can lose or gain anything here")
    return str(VERDICTS[scene.verdict])


def runs_in_words(runs: int) -> str | int:
    """A count that gives nobody away."""
    if not runs:
        return _("nobody yet")
    return runs if runs >= FEWEST_FOR_FACILITY else _("fewer than %(number)s") % {"number": FEWEST_FOR_FACILITY}


def why_little(shown: Shown) -> str:
    """Why there is less to see than there could be; empty if nothing is missing."""
    if shown is Shown.NOTHING:
        return _("Figures appear once %(number)s people have played it to the end, so that nobody’s choices show.") % {
            "number": FEWEST_FOR_FACILITY
        }
    if shown is Shown.FACILITY:
        return _(
            "Under %(number)s first runs chance weighs more than the decisions do, so there is no discrimination yet."
        ) % {"number": FEWEST_FOR_ALL}
    return ""


def figures(play: PlayedStory) -> list[Figure]:
    """Those that there are, of a role-play."""
    minutes = "" if play.seconds is None else _("%(number)s min") % {"number": minutes_of(play.seconds)}
    found = [
        Figure(_("Passed"), share(play.passed), _("of first runs")),
        Figure(_("Average"), share(play.score), _("of the best points")),
        Figure(_("Time"), minutes, _("half the people took longer than that")),
        Figure(_("Left"), str(play.left or ""), _("stopped on the way, and haven’t gone on for a week")),
    ]
    return [figure for figure in found if figure.value]


def minutes_of(seconds: float) -> int:
    """Whole minutes, and at least one."""
    return max(1, round(seconds / 60))
