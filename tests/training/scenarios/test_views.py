"""Playing in a browser without JavaScript: the list, the player, the debrief."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from core import clock
from tests.factories.people import NOW, UserFactory
from tests.factories.scenarios import (
    BEST,
    FEEBLE,
    begin,
    play,
    play_again,
    practice_page,
    pressing_content,
    publish_scenario,
)
from tests.pages import text
from training.models import Playthrough, PlaythroughStep
from training.services.playing import take_choice

pytestmark = pytest.mark.django_db

PLAYER = "/practice/surprise-fee/"


@pytest.fixture
def learner(client):
    user = UserFactory()
    client.force_login(user)
    return user


@pytest.fixture
def scenario():
    return publish_scenario()


def choose(client, run: Playthrough, position: int, choice: str, **more: str):
    fields = {"run": run.public_id, "position": position, "choice": choice, **more}
    return client.post(PLAYER, fields)


def test_practice_lists_role_plays_with_the_result(client, learner, scenario):
    play(learner, scenario, FEEBLE)
    page = text(client.get(reverse("practice")))
    assert f'href="{PLAYER}"' in page
    assert "with Puan Salmah, 8 minutes" in page
    assert "best 1 of 5 points" in page
    assert "Not passed" in page
    assert 'aria-current="page"' in page


def test_practice_without_role_plays_says_what_to_do(client, learner):
    page = text(client.get(reverse("practice")))
    assert "No role-plays yet" in page
    assert reverse("standards") in page


@pytest.mark.parametrize("rows", [1, 3])
def test_practice_costs_the_same_queries_with_more_rows(client, learner, rows, django_assert_num_queries):
    for number in range(rows):
        play(learner, publish_scenario(slug=f"scenario-{number}"), BEST)
    client.get(reverse("practice"))
    with django_assert_num_queries(12):
        client.get(reverse("practice"))


def test_introduction_starts_a_run_by_post_only(client, learner, scenario):
    page = text(client.get(PLAYER))
    assert "It is Friday, twenty to one" in page
    assert "Runs a cake shop." in page
    assert not Playthrough.objects.exists()

    started = client.post(PLAYER, {"start": "1"})

    assert (started.status_code, started["Location"]) == (302, f"{PLAYER}#now")
    assert Playthrough.objects.get().learner == learner


def test_introduction_shows_the_best_run(client, learner, scenario):
    run = play(learner, scenario, FEEBLE)
    page = text(client.get(PLAYER))
    assert "Your best run: 1 of 5 points" in page
    assert f'href="{run.get_absolute_url()}"' in page


def test_starting_twice_begins_one_run(client, learner, scenario):
    answers = [client.post(PLAYER, {"start": "1"}) for _ in range(2)]
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {(302, f"{PLAYER}#now")}
    assert Playthrough.objects.count() == 1


def test_whole_run_from_start_to_debrief(client, learner, scenario):
    client.post(PLAYER, {"start": "1"})
    run = Playthrough.objects.get()
    first = text(client.get(PLAYER))
    assert "I was told it takes five minutes." in first
    assert re.search(r'<li class="talk-scene" id="now" tabindex="-1">Puan Salmah steps up', first)
    assert 'role="log"' in first
    assert "Scene 1 of about 3" in first

    assert choose(client, run, 1, "listen")["Location"] == f"{PLAYER}#now"
    second = text(client.get(PLAYER))
    assert "Five minutes it is. What do you need it for?" in second
    assert "And it’s free?" in second
    assert "was unsure" in second

    ended = choose(client, run, 2, "whole-price")
    assert ended["Location"] == f"{PLAYER}debrief/{run.public_id}/"
    debrief = text(client.get(ended["Location"]))
    assert "Passed." in debrief
    assert "she signs and thanks you" in debrief
    assert "The best way through reaches 5 points; 4 were needed." in debrief
    assert "Title of REL-1" in debrief
    assert "2 decisions" in debrief


def test_debrief_of_a_run_that_failed_offers_another(client, learner, scenario):
    run = play(learner, scenario, FEEBLE)
    page = text(client.get(run.get_absolute_url()))
    assert "Not passed yet." in page
    assert "Cost you 3 points" in page
    assert "Pitfall: Runaround" in page
    assert "Worth another look" in page
    assert re.search(r'<button[^>]*name="start"[^>]*>.*Play again', page)


def test_debrief_of_a_scenario_taken_down_offers_others(client, learner, scenario):
    run = play(learner, scenario, FEEBLE)
    scenario.unpublish()
    page = text(client.get(run.get_absolute_url()))
    assert "More role-plays" in page
    assert 'name="start"' not in page


def test_nothing_of_what_a_choice_leads_to_is_in_the_page(client, learner, scenario):
    """Targets, points, feedback and endings are marked with “Canary”, or named here."""
    run = begin(learner, scenario)
    pages = [text(client.get(PLAYER)), text(client.get(reverse("practice")))]
    for position, choice in enumerate(("listen", "sorry"), start=1):
        choose(client, run, position, choice)
        pages.append(text(client.get(PLAYER)))
    for page in pages:
        for secret in ("Canary", "stays", "doubts", "leaves", "REL-1", "REL-2", "RES-1", "brush_off", "Runaround"):
            assert secret not in page


def test_introduction_tells_nothing_of_the_scenes(client, learner, scenario):
    page = text(client.get(PLAYER))
    for secret in ("Canary", "whole-price", "five minutes", "REL-1"):
        assert secret not in page


def test_double_submit_gives_the_same_answer_twice(client, learner, scenario):
    run = begin(learner, scenario)
    assert {choose(client, run, 1, "listen")["Location"] for _ in range(2)} == {f"{PLAYER}#now"}
    answers = {choose(client, run, 2, "whole-price")["Location"] for _ in range(2)}
    assert answers == {f"{PLAYER}debrief/{run.public_id}/"}
    assert PlaythroughStep.objects.count() == 2


def test_second_tab_sees_where_the_first_went(client, learner, scenario):
    run = begin(learner, scenario)
    choose(client, run, 1, "listen")
    answer = client.post(PLAYER, {"run": run.public_id, "position": 1, "choice": "hurry"}, follow=True)
    page = text(answer)
    assert "This was already decided, perhaps in another tab." in page
    assert "Scene 2 of about" in page
    assert PlaythroughStep.objects.get().choice_key == "listen"


def test_second_tab_after_the_ending_sees_the_debrief(client, learner, scenario):
    run = play(learner, scenario, BEST)
    answer = client.post(PLAYER, {"run": run.public_id, "position": 2, "choice": "later"}, follow=True)
    assert answer.redirect_chain == [(run.get_absolute_url(), 302)]
    assert "This was already decided" in text(answer)


@pytest.mark.parametrize(
    "changes",
    [
        {"choice": "shout"},
        {"choice": ""},
        {"choice": "whole-price"},
        {"choice": "x" * 61},
        {"position": "2"},
        {"position": "nought"},
        {"position": "99999999999999999999"},
        {"run": "nobody"},
    ],
)
def test_forged_choice_is_refused_and_the_run_unharmed(client, learner, scenario, changes):
    run = begin(learner, scenario)
    answer = client.post(PLAYER, {"run": run.public_id, "position": 1, "choice": "listen", **changes})
    assert answer.status_code == 422
    assert "nothing was taken" in text(answer)
    assert "Scene 1 of about" in text(answer)
    assert not PlaythroughStep.objects.exists()


def test_forged_choice_without_a_run_shows_the_introduction(client, learner, scenario):
    answer = client.post(PLAYER, {"choice": "listen"})
    assert answer.status_code == 422
    assert 'name="start"' in text(answer)


def test_extra_fields_are_ignored(client, learner, scenario):
    run = begin(learner, scenario)
    choose(client, run, 1, "listen", points="99", mood="5", learner="1")
    assert PlaythroughStep.objects.get().points == 2


@pytest.mark.parametrize("foreign", ["person", "scenario", "unknown"])
def test_foreign_run_is_not_found(client, learner, scenario, foreign):
    other = publish_scenario(slug="other")
    run_id = {
        "person": lambda: play(UserFactory(), scenario).public_id,
        "scenario": lambda: play(learner, other).public_id,
        "unknown": uuid.uuid4,
    }[foreign]()
    assert client.get(f"{PLAYER}debrief/{run_id}/").status_code == 404
    assert client.post(PLAYER, {"run": run_id, "position": 1, "choice": "listen"}).status_code == 404
    assert not PlaythroughStep.objects.filter(playthrough__learner=learner, playthrough__scenario=scenario).exists()


def test_debrief_of_an_open_run_is_not_found(client, learner, scenario):
    run = begin(learner, scenario)
    assert run.get_absolute_url() == PLAYER
    assert client.get(f"{PLAYER}debrief/{run.public_id}/").status_code == 404


def test_draft_and_unknown_scenario_are_not_found(client, learner, scenario):
    scenario.unpublish()
    for address in (PLAYER, "/practice/unknown/"):
        assert client.get(address).status_code == 404
        assert client.post(address, {"start": "1"}).status_code == 404


def test_scenario_taken_down_after_a_run_cannot_be_begun(client, learner, scenario):
    play(learner, scenario)
    scenario.unpublish()
    assert client.get(PLAYER).status_code == 404
    assert client.post(PLAYER, {"start": "1"}).status_code == 404


def test_run_goes_on_when_the_scenario_is_taken_down(client, learner, scenario):
    run = begin(learner, scenario)
    scenario.unpublish()
    assert "five minutes" in text(client.get(PLAYER))
    assert choose(client, run, 1, "listen").status_code == 302


def test_choice_after_the_session_ended_comes_back_to_the_player_which_says_so(client, learner, scenario):
    run = begin(learner, scenario)
    client.logout()

    answer = choose(client, run, 1, "listen")

    assert answer["Location"] == f"/accounts/login/?next={PLAYER}%3Funtaken%3Dlisten"
    client.force_login(learner)
    page = text(client.get(f"{PLAYER}?untaken=listen"))
    assert "You had been signed out, so this was not taken: Five minutes it is." in page
    assert f'action="{PLAYER}"' in page
    assert not PlaythroughStep.objects.exists()


def test_untaken_choice_of_another_scene_is_not_repeated(client, learner, scenario):
    begin(learner, scenario)
    page = text(client.get(f"{PLAYER}?untaken=%3Cscript%3E"))
    assert "your last choice was not taken" in page
    assert "<script>" not in page
    assert "script&gt;" not in page


@pytest.mark.parametrize("address", ["/practice/", PLAYER, f"{PLAYER}debrief/{uuid.UUID(int=7)}/"])
def test_visitor_is_sent_to_sign_in_and_back(client, scenario, address):
    answer = client.get(address)
    assert (answer.status_code, answer["Location"]) == (302, f"/accounts/login/?next={address}")
    if address == PLAYER:
        assert client.post(address, {"start": "1"})["Location"] == f"/accounts/login/?next={address}"


def test_pages_own_addresses_lead_to_the_views(rf, learner, scenario):
    request = rf.get("/")
    request.user = learner
    assert scenario.serve(request)["Location"] == PLAYER
    assert practice_page().serve(request)["Location"] == "/practice/"


@pytest.mark.parametrize("choices", [[], ["listen"], ["listen", "sorry"]])
def test_scene_costs_the_same_queries_however_long_the_run(
    client, learner, scenario, choices, django_assert_num_queries
):
    begin(learner, scenario)
    play(learner, scenario, choices)
    client.get(PLAYER)
    with django_assert_num_queries(6):  # session, user, run, steps, words; messages
        client.get(PLAYER)


@pytest.mark.parametrize("choices", [["listen", "later"], ["hurry", "sorry", "keep"]])
def test_debrief_costs_the_same_queries_however_long_the_run(
    client, learner, scenario, choices, django_assert_num_queries
):
    address = play(learner, scenario, choices).get_absolute_url()
    client.get(address)
    with django_assert_num_queries(14):
        client.get(address)


AGAIN = "Try again from here"


def try_from(client, run: Playthrough, position: object):
    return client.post(run.get_absolute_url(), {"position": position})


def test_debrief_offers_to_try_again_from_each_decision(client, learner, scenario):
    run = play(learner, scenario, FEEBLE)
    assert text(client.get(run.get_absolute_url())).count(AGAIN) == 2
    answer = try_from(client, run, 2)
    practice = Playthrough.objects.get(practice_of=run)
    assert answer["Location"] == f"{PLAYER}again/{practice.public_id}/#now"
    page = text(client.get(practice.get_absolute_url()))
    assert "Scene 2 of about" in page
    assert "Then let’s be quick." in page
    assert f'action="{practice.get_absolute_url()}"' in page


def test_practice_is_played_at_its_own_address_to_a_debrief_that_says_so(client, learner, scenario):
    run = play(learner, scenario, FEEBLE)
    practice = play_again(run, 2)
    address = practice.get_absolute_url()
    fields = {"run": practice.public_id, "position": 2}
    assert client.post(address, {**fields, "choice": "give"}).status_code == 422
    ended = client.post(address, {**fields, "choice": "whole-price"})
    assert ended["Location"] == f"{PLAYER}debrief/{practice.public_id}/"
    assert client.get(address)["Location"] == ended["Location"]
    page = text(client.get(ended["Location"]))
    assert "This would have passed." in page
    assert "your result stays what it was" in page
    assert page.count("As in the run that this practice began from") == 1
    assert f'href="{run.get_absolute_url()}"' in page
    assert "Your best run: 1 of 5 points" in text(client.get(PLAYER))


@pytest.mark.parametrize("position", ["0", "3", "nought", ""])
def test_try_again_from_no_decision_is_refused(client, learner, scenario, position):
    run = play(learner, scenario, FEEBLE)
    answer = try_from(client, run, position)
    assert answer.status_code == 422
    assert "no such decision" in text(answer)
    assert Playthrough.objects.get() == run


def test_nobody_tries_again_in_a_scenario_taken_down(client, learner, scenario):
    run = play(learner, scenario, FEEBLE)
    scenario.unpublish()
    assert AGAIN not in text(client.get(run.get_absolute_url()))
    assert try_from(client, run, 2).status_code == 404


def test_only_ones_own_practice_is_found(client, learner, scenario):
    run = play(learner, scenario, FEEBLE)
    other = play_again(play(UserFactory(), scenario, FEEBLE), 1)
    for public_id in (run.public_id, other.public_id, uuid.UUID(int=7)):
        assert client.get(f"{PLAYER}again/{public_id}/").status_code == 404


def after(**delta: int):
    return clock.set_to(NOW + timedelta(**delta))


def test_clock_stands_in_the_page_and_what_it_chose_is_told(client, learner):
    run = begin(learner, publish_scenario(**pressing_content()))
    with after(seconds=30):
        page = text(client.get("/practice/pressing/"))
    assert 'data-left="60" data-total="90" data-grace="4"' in page
    assert 'aria-label="60 seconds left"' in page
    assert '<noscript><meta http-equiv="refresh" content="64; url=/practice/pressing/"></noscript>' in page

    with after(seconds=94):
        shown = client.get("/practice/pressing/", follow=True)

    assert shown.redirect_chain == [("/practice/pressing/#now", 302)]
    assert "The time was up." in text(shown)
    assert "Scene 2 of about" in text(shown)
    assert run.steps.get().is_late


def test_choice_that_came_too_late_is_said_to_be_so(client, learner):
    run = begin(learner, publish_scenario(**pressing_content()))
    fields = {"run": run.public_id, "position": 1, "choice": "listen"}
    with after(seconds=94):
        answer = client.post("/practice/pressing/", fields, follow=True)
    assert "The time was up before you chose." in text(answer)
    assert PlaythroughStep.objects.get().choice_key == "hurry"


def test_introduction_says_that_some_moments_do_not_wait(client, learner):
    publish_scenario(**pressing_content(mode="practice"))
    page = text(client.get("/practice/pressing/"))
    assert "choose before it runs out" in page
    assert "You hear what came of each choice" in page
    assert "Yours runs longer" not in page


def test_debrief_names_the_critical_choice_and_the_late_one(client, learner):
    run = begin(learner, publish_scenario(**pressing_content()))
    at = {"learner": learner, "playthrough": run, "now": NOW + timedelta(minutes=2)}
    take_choice(**at, position=1, choice_key="listen")
    take_choice(**at, position=2, choice_key="later")
    page = text(client.get(Playthrough.objects.get().get_absolute_url()))
    assert "with it nobody passes" in page
    assert page.count("Crossed a line") == 1
    assert page.count("The time was up, so this is what happened.") == 1


def test_page_tells_nothing_of_conditions_critical_choices_and_targets(client, learner):
    run = begin(learner, publish_scenario(**pressing_content()))
    with after(seconds=0):
        pages = [text(client.get("/practice/pressing/"))]
        for position, choice in enumerate(("hurry", "sorry"), start=1):
            take_choice(learner=learner, playthrough=run, position=position, choice_key=choice, now=NOW)
            pages.append(text(client.get("/practice/pressing/")))
    assert "Three months are on us." not in pages[2]
    for page in pages:
        for secret in ("Canary", "critical", "mood_at_least", "chosen", "stays", "doubts", "gift", "late=", "greeting"):
            assert secret not in page


@pytest.mark.parametrize("choices", [["listen"], ["ask-first", "listen"]])
def test_a_choice_costs_the_same_queries_however_long_the_run(client, learner, choices, django_assert_num_queries):
    run = play(learner, publish_scenario(**pressing_content()), choices)
    fields = {"run": run.public_id, "position": len(choices) + 1, "choice": "sorry"}
    with django_assert_num_queries(10):  # session, user, run; within a savepoint: run, steps, step, clauses, their rows
        client.post("/practice/pressing/", fields)
