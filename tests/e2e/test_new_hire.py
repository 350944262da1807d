"""A new hire, on a phone: from the invitation link to a certificate whose QR code says that it is valid."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from core import clock
from home.services.content import load_starter
from people.models import User
from people.services import invite_person
from quizzes.models import QuizAttempt
from tests.factories.people import NOW, MembershipFactory, UserFactory
from tests.factories.programs import assign
from training.domain.scenario.graph import Story
from training.domain.scenario.running import begin, gain, offered, take
from training.domain.scenario.scoring import best_gain
from training.models import Playthrough, Program

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def new_hire() -> User:
    """Somebody with the onboarding programme of the content that ships, and no password yet."""
    load_starter(by=None, now=NOW)
    person = MembershipFactory(user__name="Aina binti Rahman", user__short_name="Aina").user
    assign(Program.objects.get(slug="onboarding"), person, now=clock.now())
    return person


def test_new_hire_goes_from_invitation_to_certificate(phone: Page, new_hire: User, axe: Any, page_faults: Any) -> None:
    page_faults.allow("422")  # signing without the tick
    token = invite_person(user=new_hire, by=UserFactory(), now=clock.now())
    phone.goto(f"/invitation/{token}/")
    axe(phone)
    phone.get_by_label("Password", exact=True).fill("kopi-o-kosong-2026")
    phone.get_by_label("The same again").fill("kopi-o-kosong-2026")
    phone.get_by_role("button", name="Save and start").click()

    expect(phone.get_by_role("heading", level=1)).to_contain_text("Aina")
    expect(phone.get_by_text("0 of 11 done")).to_be_visible()
    axe(phone)

    _visit_standards(phone, axe)
    seen: set[str] = set()
    for _ in range(11):
        phone.goto("/my/")
        kind = phone.locator(".hero-title").inner_text().split()[0]
        phone.locator(".hero .button-next").click()
        {"Read": _read, "Go": _go_through, "Play": _play, "Take": _take}[kind](
            phone, new_hire, _looked_at if kind in seen else axe
        )
        seen.add(kind)

    phone.goto("/my/")
    expect(phone.get_by_text("You’re in order")).to_be_visible()
    axe(phone)
    _verify_certificate(phone, axe)


def test_new_hire_signs_in_with_password_and_is_told_kindly_when_it_is_wrong(phone: Page, axe: Any) -> None:
    person = UserFactory(password="piawai-test-pass")
    phone.goto("/accounts/login/")
    axe(phone)
    phone.get_by_label("E-mail").fill(person.email)
    phone.get_by_label("Password").fill("wrong")
    phone.get_by_role("button", name="Sign in").click()
    expect(phone.get_by_role("alert")).to_contain_text("Check capitals")
    axe(phone)

    phone.get_by_label("Password").fill("piawai-test-pass")
    phone.get_by_role("button", name="Sign in").click()
    expect(phone).to_have_url(re.compile("/my/$"))
    expect(phone.get_by_text("Nothing is assigned to you yet")).to_be_visible()
    axe(phone)


def _looked_at(page: Page) -> None:
    """In place of axe on pages of a kind that it has passed already."""


def _visit_standards(phone: Page, axe: Any) -> None:
    phone.goto("/standards/")
    expect(phone.locator("ol > li.card")).to_have_count(12)
    axe(phone)
    phone.goto("/standards/REL-2/")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Say the whole price first")
    axe(phone)


def _read(phone: Page, person: User, axe: Any) -> None:
    axe(phone)
    phone.get_by_role("button", name="Sign").click()
    expect(phone.get_by_role("alert")).to_be_visible()  # the tick is missing
    phone.locator("#id_agree").check()
    phone.get_by_role("button", name="Sign").click()
    expect(phone.get_by_text("Signed. Thank you")).to_be_visible()


def _go_through(phone: Page, person: User, axe: Any) -> None:
    """With a question that is answered wrong: nobody minds."""
    axe(phone)
    check = phone.locator("section[id^=check-]").first
    check.get_by_role("radio").first.check()
    check.get_by_role("button", name="Check").click()
    expect(check.get_by_role("heading", name="Not this one. Here is the clause.")).to_be_visible()
    axe(phone)
    phone.get_by_role("button", name="I’ve gone through this").click()
    expect(phone.get_by_text("Noted: you have gone through")).to_be_visible()


def _play(phone: Page, person: User, axe: Any) -> None:
    """The best way through, as the graph says."""
    axe(phone)
    phone.locator("main form button").click()
    run = Playthrough.objects.get(learner=person, ended_at=None)
    story = Story.compose(run.version.graph)
    state = begin(story)
    while choices := offered(story, state):
        if state.key == story.start:
            axe(phone)
        choice = max(choices, key=lambda choice: gain(state, choice) + best_gain(story, take(state, choice)))
        phone.locator(f'button.choice[value="{choice.key}"]').click()
        state = take(state, choice)
    expect(phone).to_have_url(re.compile("/debrief/"))
    expect(phone.get_by_role("heading", name="Your path")).to_be_visible()
    expect(phone.get_by_role("heading", name="Points by clause")).to_be_visible()
    axe(phone)


def _take(phone: Page, person: User, axe: Any) -> None:
    """All right, as the keys say."""
    axe(phone)
    phone.locator("main form button").first.click()
    attempt = QuizAttempt.objects.get(learner=person, submitted_at=None)
    for asked in attempt.questions.select_related("version__answer_key").order_by("position"):
        if asked.position == 1:
            axe(phone)
        for option in asked.version.answer_key.content.right:
            phone.locator(f'input[value="{option}"]').check()
        phone.locator('button[value="next"]').click()
        # The page sends what is on its way before it goes on.
        phone.wait_for_url(re.compile(rf"\?(q={asked.position + 1}|review=1)$"))
    axe(phone)
    phone.get_by_role("button", name=re.compile("Hand in")).click()
    expect(phone).to_have_url(re.compile("/results/"))
    expect(phone.get_by_text("Passed").first).to_be_visible()
    axe(phone)


def _verify_certificate(phone: Page, axe: Any) -> None:
    phone.goto("/certificates/")
    axe(phone)
    phone.get_by_role("link", name=re.compile("Welcome to the shop")).first.click()
    axe(phone)
    with phone.expect_download() as download:
        phone.locator('a[href$="/pdf/"]').first.click()
    assert download.value.path().read_bytes().startswith(b"%PDF-")
    address = phone.locator('[href*="/verify/"], [value*="/verify/"]').first
    link = address.get_attribute("href") or address.get_attribute("value") or ""
    phone.context.clear_cookies()
    phone.goto(link)
    expect(phone.get_by_text("Valid", exact=False).first).to_be_visible()
    expect(phone.get_by_text("Aina binti Rahman")).to_be_visible()
    axe(phone)
