"""What the linter says of role-plays that are published, and of their drafts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from wagtail.models import Locale

from standards.selectors.citations import outdated_uses_unscoped
from standards.selectors.clauses import clause_ids_in_force
from training.admin_forms.scenarios import message
from training.domain.scenario.graph import Story
from training.domain.scenario.linting import Fault, Severity, lint
from training.models import ScenarioPage, ScenarioVersion, ScenarioVersionText
from training.selectors.scenarios import live_scenarios_unscoped, scenario_key
from training.selectors.writing import place_of


@dataclass(frozen=True)
class Said:
    """One finding in words. place: keys of the scene or ending, and of the choice; empty for what is about the whole story."""

    severity: Severity
    place: str
    text: str


@dataclass(frozen=True)
class CheckedScenario:
    """is_draft: changes that are not published yet were looked at, else the version that a new run would tell."""

    title: str
    slug: str
    is_draft: bool
    said: list[Said]


def checked_scenarios_unscoped(*, with_drafts: bool = False) -> Iterator[CheckedScenario]:
    """Every published scenario in the source language, in the order of the list of role-plays.

    with_drafts: and what is written in each of them but not published.
    """
    pages = list(live_scenarios_unscoped())
    newest = ScenarioVersion.objects.newest().filter(scenario_key__in=[page.translation_key for page in pages])
    versions = {version.scenario_key: version for version in newest}
    words = ScenarioVersionText.objects.best_for([one.pk for one in versions.values()], Locale.get_default())
    in_force, outdated = clause_ids_in_force(), outdated_uses_unscoped()
    for page in pages:
        key = scenario_key(page)
        changed = {clause.code for clause in outdated[key].clauses} if key in outdated else set()
        version = versions[page.translation_key]
        told = Story.compose(version.graph, words[version.pk].text)
        yield _checked(page, told, lint(told, in_force, mastery_score=version.mastery_score, changed=changed))
        if with_drafts and page.has_unpublished_changes:
            draft = page.get_latest_revision_as_object()
            # A draft may lack what a published one has.
            least = draft.mastery_score or Decimal(0)
            faults = lint(draft.story, in_force, mastery_score=least, changed=changed)
            yield _checked(draft, draft.story, faults, is_draft=True)


def _checked(page: ScenarioPage, story: Story, faults: list[Fault], *, is_draft: bool = False) -> CheckedScenario:
    said = [Said(fault.kind.severity, place_of(story, fault), message(fault)) for fault in faults]
    return CheckedScenario(page.title, page.slug, is_draft, said)
