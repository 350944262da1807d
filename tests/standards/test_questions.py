"""Questions and suggestions as browsers send and read them."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest
from django.test import Client

from core import clock
from people.models import User
from standards.domain.enquiries import OPEN_AT_MOST
from standards.enums import EnquiryKind, ReplyOutcome
from standards.models import Enquiry, EnquiryReply, EnquiryText
from standards.views import enquiries as views
from tests.factories.enquiries import ask, owned_by, reply
from tests.factories.people import NOW, UserFactory
from tests.factories.standards import edit_clause, publish, publish_chapter, retire
from tests.pages import signed_in
from tests.pages import smooth as text

pytestmark = pytest.mark.django_db

ASK, LIST, CLAUSE = "/standards/REL-1/ask/", "/standards/questions/", "/standards/REL-1/"
WORDS = "Does a promise made by phone count?"


def send(client: Client, **fields: str):
    with clock.set_to(NOW):
        return client.post(ASK, {"kind": "question", "text": WORDS, **fields})


def answer(client: Client, enquiry: Enquiry, **fields: str):
    with clock.set_to(NOW):
        return client.post(
            enquiry.get_absolute_url(), {"outcome": "shown", "text": "Yes, it does.", "after": "0", **fields}
        )


def test_a_chapter_and_a_clause_lead_to_the_form(client, learner):
    publish_chapter()

    for address in ("/standards/chapters/reliability/", CLAUSE):
        assert f'href="{ASK}"' in text(client.get(address))
    page = text(client.get(ASK))
    assert "We do what REL-1 says." in page
    assert "An editor of this chapter will answer." in page


def test_what_is_sent_is_kept_and_the_page_says_who_will_answer(client, learner):
    publish_chapter()
    owned_by(UserFactory(name="Farah binti Ismail"))

    response = send(client, kind="suggestion", is_named="on", asker="1", asked_at="2020-01-01")

    enquiry = Enquiry.objects.get()
    assert response.headers["Location"] == f"{LIST}{enquiry.public_id}/"
    assert (enquiry.asker, enquiry.kind, enquiry.is_named, enquiry.asked_at) == (learner, "suggestion", True, NOW)
    shown = text(client.get(response.headers["Location"]))
    assert "Sent. Farah binti Ismail looks after this clause and will answer." in shown
    assert "Suggestion at REL-1" in shown
    assert "Waiting for an answer" in shown
    assert "Correct the answer" not in shown


def test_sent_twice_it_is_one(client, learner):
    publish_chapter()

    assert send(client).headers["Location"] == send(client).headers["Location"]
    assert Enquiry.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"text": ""}, "Write what you want to know or suggest."),
        ({"text": " too few "}, "Write 10 characters or more."),
        ({"text": "x" * 1001}, "That is 1001 characters; up to 1000 can be sent."),
        ({"kind": "nonsense"}, "Select a valid choice"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(client, learner, fields, error):
    publish_chapter()

    response = send(client, is_named="on", **fields)

    assert response.status_code == 422
    page = text(response)
    assert error in page
    assert fields.get("text", WORDS).strip() in page
    assert 'name="is_named" id="id_is_named" checked' in page
    assert not Enquiry.objects.exists()


def test_lines_count_once_whatever_the_browser_sends(client, learner):
    publish_chapter()

    send(client, text="\r\n".join(["x" * 9] * 100))

    assert len(EnquiryText.objects.get().text) == 999


def test_who_has_asked_ten_things_waits(client, learner):
    publish_chapter()
    for number in range(OPEN_AT_MOST):
        ask(learner, text=f"Question number {number}?")

    response = send(client)

    assert response.status_code == 422
    assert "10 of your questions wait for an answer already." in text(response)
    assert WORDS in text(response)


def test_a_retired_clause_takes_no_questions(client, learner):
    page = publish_chapter()
    reply(ask(text="Asked before?"))
    retire(page, "REL-1")

    assert client.get(ASK).headers["Location"] == send(client).headers["Location"] == CLAUSE
    assert Enquiry.objects.count() == 1
    shown = text(client.get(CLAUSE))
    assert "Asked before?" in shown
    assert ASK not in shown
    assert "A clause that no longer applies takes no questions." in text(client.get(_retired(page, "REL-2")))


def test_a_clause_that_is_retired_while_one_types_takes_none(client, learner, monkeypatch):
    page, found = publish_chapter(), views.found_clause
    monkeypatch.setattr(views, "found_clause", lambda *args: (found(*args), retire(page, "REL-1"))[0])

    assert send(client).headers["Location"] == CLAUSE
    assert not Enquiry.objects.exists()


def test_under_the_clause_stands_what_was_answered_for_all(client, learner):
    page = publish_chapter()
    assert "Nobody has asked anything here" in text(client.get(CLAUSE))
    reply(ask(UserFactory(name="Aina"), text=WORDS, is_named=True), text="Yes.", by=UserFactory(name="Farah"))

    shown = text(client.get(CLAUSE))

    assert shown.index(WORDS) < shown.index("Yes.") < shown.index("when version 1 was in force")
    assert "changed in substance since." not in shown
    assert ("Aina" in shown, "Farah" in shown) == (False, False)

    publish(edit_clause(page, "REL-1", kind="substantive", why="New."))
    assert "The clause has changed in substance since." in text(client.get(CLAUSE))


def test_ones_own_stands_there_too_for_oneself_alone(client, learner):
    publish_chapter()
    reply(ask(learner, text=WORDS), ReplyOutcome.PRIVATE, "Yes, for you.")

    assert "Only you see this here." in text(client.get(CLAUSE))
    assert WORDS not in text(signed_in(UserFactory()).get(CLAUSE))


def test_my_questions_lists_ones_own_with_their_state(client, learner):
    publish_chapter()
    assert "You haven’t asked anything yet" in text(client.get(LIST))
    ask(learner, text=WORDS)
    reply(ask(learner, text="Was that closed?", kind=EnquiryKind.SUGGESTION), ReplyOutcome.CLOSED)
    ask(text="Somebody else’s?")

    page = text(client.get(LIST))

    assert "2 questions and suggestions" in page
    assert page.index("Closed") < page.index(WORDS) < page.index("Waiting for an answer")
    assert "Somebody else’s?" not in page
    assert "For me to answer" not in page
    assert LIST in text(client.get("/standards/"))


def test_a_long_list_has_pages(client, learner):
    publish_chapter()
    for number in range(21):
        reply(ask(learner, text=f"Question number {number}?"), ReplyOutcome.CLOSED)

    assert "1 to 20 of 21" in text(client.get(LIST))
    assert "21 to 21 of 21" in text(client.get(LIST, {"page": "2"}))
    assert "21 to 21 of 21" in text(client.get(LIST, {"page": "99"}))


def test_an_owner_who_has_no_admin_answers_on_the_site(client, learner):
    publish_chapter()
    owned_by(learner)
    assert "Nothing waits" in text(client.get(LIST, {"show": "to-answer"}))
    enquiry, asker = ask(text=WORDS), Enquiry.objects.get().asker

    assert "For me to answer 1" in text(client.get(LIST))
    assert WORDS in text(client.get(LIST, {"show": "to-answer"}))
    assert "Asked without a name" in text(client.get(enquiry.get_absolute_url()))
    response = answer(client, enquiry)

    assert "Answered. It stands under the clause now" in text(client.get(response.headers["Location"]))
    assert (EnquiryReply.objects.get().replied_by, EnquiryReply.objects.get().outcome) == (learner, "shown")
    told = text(signed_in(asker).get(enquiry.get_absolute_url()))
    assert "Yes, it does." in told
    assert learner.name in told


def test_who_answers_may_be_told_who_asked(learner):
    publish_chapter()
    enquiry = ask(learner, is_named=True)

    page = text(signed_in(UserFactory(role="Editors")).get(enquiry.get_absolute_url()))

    assert learner.name in page
    assert "Edit the chapter" in page
    assert 'href="/admin/reports/questions/"' in page


def test_who_answers_sees_what_the_clause_said_then():
    page = publish_chapter()
    enquiry = ask()
    publish(edit_clause(page, "REL-1", kind="substantive", statement="We do it at once."))

    shown = text(signed_in(UserFactory(role="Editors")).get(enquiry.get_absolute_url()))

    assert shown.index("We do it at once.") < shown.index("version 1 said:") < shown.index("We do what REL-1 says.")


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"text": " "}, "Write the answer, or why you close it."),
        ({"text": "x" * 2001}, "That is 2001 characters; up to 2000 can be sent."),
        ({"outcome": ""}, "Choose what happens with it."),
        ({"after": "no number"}, "Enter a whole number."),
    ],
)
def test_a_reply_that_is_not_whole_is_not_sent(fields, error):
    publish_chapter()

    response = answer(signed_in(UserFactory(role="Editors")), ask(), **fields)

    assert response.status_code == 422
    assert error in text(response)
    assert fields.get("text", "Yes, it does.").strip() in text(response)
    assert not EnquiryReply.objects.exists()


def test_two_who_answer_at_once_see_each_other(learner):
    publish_chapter()
    enquiry, editor = ask(), signed_in(UserFactory(role="Editors"))
    reply(enquiry, text="Mine came first.")

    response = answer(editor, enquiry)

    assert response.status_code == 409
    page = text(response)
    assert "Somebody has replied meanwhile." in page
    assert ("Mine came first." in page, "Yes, it does.</textarea>" in page) == (True, True)
    assert answer(editor, enquiry, after="1").status_code == 302
    assert [given.text for given in enquiry.replies.order_by("number")] == ["Mine came first.", "Yes, it does."]
    assert "Mine came first." in text(signed_in(enquiry.asker).get(enquiry.get_absolute_url()))


def test_it_can_be_closed_with_the_reason(learner, client):
    publish_chapter()
    enquiry = ask(learner, kind=EnquiryKind.SUGGESTION)

    response = answer(signed_in(UserFactory(role="Editors")), enquiry, outcome="closed", text="We tried it in May.")

    assert response.status_code == 302
    page = text(client.get(enquiry.get_absolute_url()))
    assert page.index("Why it was closed") < page.index("We tried it in May.") < page.index("Closed 24 November 2026")


@pytest.mark.parametrize("reader", [UserFactory, lambda: owned_by(UserFactory(), "REL-2")])
def test_a_foreign_and_an_unknown_question_are_404(reader: Callable[[], User]):
    publish_chapter()
    client = signed_in(reader())

    for address in (ask().get_absolute_url(), f"{LIST}{uuid.uuid4()}/"):
        assert client.get(address).status_code == client.post(address).status_code == 404


def test_hostile_words_are_inert(client, learner):
    publish_chapter()
    hostile = "<script>alert(1)</script> & <img src=x onerror=alert(2)>"
    enquiry = ask(learner, text=hostile)
    reply(enquiry, text=hostile)

    editor = signed_in(UserFactory(role="Editors"))
    pages = [client.get(address) for address in (CLAUSE, LIST, enquiry.get_absolute_url())]
    pages += [editor.get(address) for address in (enquiry.get_absolute_url(), "/admin/reports/questions/")]

    for page in pages:
        shown = page.content.decode()
        assert "&lt;script&gt;alert(1)" in shown
        assert ("<script>alert" in shown, "<img src=x" in shown) == (False, False)


def test_erased_words_are_said_to_be_erased(client, learner):
    publish_chapter()
    enquiry = ask(learner)
    reply(enquiry)
    EnquiryText.objects.update(text="")

    for address in (CLAUSE, LIST, enquiry.get_absolute_url()):
        assert "The words were erased." in text(client.get(address))


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("cost", [(CLAUSE, 18), (LIST, 9), (f"{LIST}?show=to-answer", 9)])
def test_lists_cost_the_same_for_any_number(client, learner, count, cost, django_assert_num_queries):
    publish_chapter()
    owned_by(learner)
    address, queries = cost
    for number in range(count):
        for outcome in (ReplyOutcome.PRIVATE, ReplyOutcome.SHOWN):
            reply(ask(learner, text=f"Question number {number}, {outcome}?"), outcome)
        ask(text=f"Another’s number {number}?")
    client.get(address)

    with django_assert_num_queries(queries):
        client.get(address)


def _retired(page, code: str) -> str:
    retire(page, code)
    return f"/standards/{code}/"
