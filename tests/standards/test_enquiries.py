"""Asking, answering and closing: what is kept, and who may see it."""

from __future__ import annotations

from datetime import timedelta
from itertools import count

import pytest
from wagtail.models import Locale

from core.models import FactError
from people.models import User
from standards.domain.enquiries import OPEN_AT_MOST
from standards.enums import EnquiryKind, EnquiryState, ReplyOutcome
from standards.models import Clause, Enquiry, EnquiryReply, EnquiryText
from standards.selectors.enquiries import (
    clause_owner,
    enquiries_at_clause,
    enquiries_for_owner,
    enquiry_for_viewer,
    open_enquiries,
    open_enquiry_count_for_answerer,
)
from standards.services import AnsweredMeanwhile, ClauseNotInForce, TooManyOpen, ask_at_clause, reply_to_enquiry
from tests.factories.enquiries import ask, owned_by, reply
from tests.factories.people import NOW, TeamSupervisionFactory, UserFactory
from tests.factories.standards import edit_clause, make_chapter, publish, publish_chapter, retire

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=30)
SHOWN, PRIVATE, CLOSED = ReplyOutcome.SHOWN, ReplyOutcome.PRIVATE, ReplyOutcome.CLOSED


def state(enquiry: Enquiry, viewer: User) -> EnquiryState:
    reading = enquiry_for_viewer(viewer, enquiry.public_id, Locale.get_default())
    assert reading
    return reading.entry.state


def shown_to(viewer: User, code: str = "REL-1") -> list[str]:
    listed = enquiries_at_clause(viewer, Clause.objects.get(code=code), None)
    return [entry.text for entry in listed.entries]


def test_it_keeps_who_asked_what_at_which_version_and_when():
    page, asker = publish_chapter(), UserFactory()
    publish(edit_clause(page, "REL-1", kind="substantive", why="New."))

    enquiry = ask(asker, kind=EnquiryKind.SUGGESTION, text="Say it shorter.", now=LATER)

    assert (enquiry.asker, str(enquiry.version), enquiry.asked_at) == (asker, "REL-1 v2", LATER)
    assert (enquiry.kind, enquiry.wording.text, str(enquiry.wording)) == (
        "suggestion",
        "Say it shorter.",
        "Say it shorter.",
    )
    assert str(enquiry) == f"Suggestion {enquiry.public_id}"


def test_the_same_words_twice_are_one_as_long_as_they_wait():
    publish_chapter()
    asker = UserFactory()

    first = ask(asker)
    assert ask(asker, now=LATER) == first
    assert len({first, ask(asker, "REL-2"), ask(), ask(asker, kind=EnquiryKind.SUGGESTION)}) == 4

    reply(first)
    assert ask(asker, now=LATER) != first


def test_ten_may_wait_and_an_eleventh_when_one_is_answered():
    publish_chapter()
    asker, number = UserFactory(), count()
    enquiries = [ask(asker, text=f"Question number {next(number)}?") for _ in range(OPEN_AT_MOST)]

    with pytest.raises(TooManyOpen):
        ask(asker, text="One more question?")
    assert ask(asker, text="Question number 0?") == enquiries[0]
    assert ask(text="Somebody else’s question?")

    reply(enquiries[5], CLOSED)
    assert ask(asker, text="One more question?")


def test_nothing_is_asked_at_a_clause_that_is_not_in_force():
    page = publish_chapter()
    clause = Clause.objects.get(code="REL-2")
    retire(page, "REL-2")
    never = Clause.objects.create(code="REL-9", chapter_key=page.translation_key)

    for gone in (clause, never):
        with pytest.raises(ClauseNotInForce):
            ask_at_clause(
                asker=UserFactory(), clause=gone, kind=EnquiryKind.QUESTION, text="Why?", is_named=False, now=NOW
            )
    assert not Enquiry.objects.exists()


def test_an_answer_keeps_by_whom_when_and_at_which_version():
    page, owner = publish_chapter(), UserFactory()
    enquiry = ask()
    publish(edit_clause(page, "REL-1", kind="substantive", why="New."))

    answer = reply(enquiry, by=owner, now=LATER)

    assert (answer.number, answer.replied_by, answer.replied_at) == (1, owner, LATER)
    assert (str(answer.version), str(answer)) == ("REL-1 v2", f"{enquiry} 1")
    assert str(enquiry.version) == "REL-1 v1"


def test_the_last_reply_counts_and_the_earlier_stay():
    publish_chapter()
    asker = UserFactory()
    enquiry = ask(asker)
    assert state(enquiry, asker) is EnquiryState.OPEN

    reply(enquiry, CLOSED, "Not now.")
    assert state(enquiry, asker) is EnquiryState.CLOSED
    reply(enquiry, SHOWN, "Yes.")
    assert state(enquiry, asker) is EnquiryState.ANSWERED
    assert shown_to(UserFactory()) == ["What does that mean at the till?"]
    reply(enquiry, PRIVATE, "Yes, but only you.")

    assert shown_to(UserFactory()) == []
    assert list(enquiry.replies.values_list("number", "text")) == [
        (1, "Not now."),
        (2, "Yes."),
        (3, "Yes, but only you."),
    ]


def test_the_same_reply_twice_is_one_and_another_after_it_is_refused():
    publish_chapter()
    enquiry, owner = ask(), UserFactory()
    said = {"enquiry": enquiry, "outcome": SHOWN, "text": "Yes.", "by": owner, "after": 0}

    assert reply_to_enquiry(**said, now=NOW) == reply_to_enquiry(**said, now=LATER)
    for other in ({"text": "No."}, {"by": UserFactory()}, {"outcome": CLOSED}):
        with pytest.raises(AnsweredMeanwhile):
            reply_to_enquiry(**{**said, **other}, now=NOW)
    assert EnquiryReply.objects.count() == 1


def test_the_same_answer_can_be_given_again_at_a_new_version():
    page, enquiry, owner = publish_chapter(), ask(code="REL-1"), UserFactory()
    reply(enquiry, by=owner)
    publish(edit_clause(page, "REL-1", kind="substantive", why="New."))
    assert [entry.reply.is_outdated for entry in _entries()] == [True]

    reply(enquiry, by=owner, now=LATER)

    assert [(entry.reply.is_outdated, entry.reply.version) for entry in _entries()] == [(False, 2)]


def test_an_editorial_change_leaves_an_answer_as_good_as_it_was():
    page = publish_chapter()
    reply(ask())
    publish(edit_clause(page, "REL-1", kind="editorial", why="New."))

    assert [entry.reply.is_outdated for entry in _entries()] == [False]


def test_what_happened_stays_and_the_words_can_be_erased():
    publish_chapter()
    enquiry = ask()
    answer = reply(enquiry)

    for fact in (enquiry, answer):
        with pytest.raises(FactError):
            fact.save()
        with pytest.raises(FactError):
            fact.delete()
    EnquiryText.objects.update(text="")
    assert shown_to(UserFactory()) == [""]


def test_answers_of_a_retired_clause_stay():
    page = publish_chapter()
    enquiry = ask(code="REL-2")
    retire(page, "REL-2")

    answer = reply(enquiry)

    assert str(answer.version) == "REL-2 v1"
    assert shown_to(UserFactory(), "REL-2") == ["What does that mean at the till?"]


def test_open_ones_are_counted_for_many_clauses_at_once(django_assert_num_queries):
    publish_chapter()
    ids = {clause.code: clause.pk for clause in Clause.objects.all()}
    ask(), ask(), reply(ask(), PRIVATE), reply(ask(code="REL-2"), CLOSED)

    with django_assert_num_queries(1):
        assert open_enquiries(ids.values()) == {ids["REL-1"]: 2}
    assert open_enquiries([ids["REL-2"]]) == open_enquiries([]) == {}


def test_under_a_clause_stand_shown_answers_and_what_one_asked_oneself():
    publish_chapter()
    asker = UserFactory()
    ask(asker, text="Mine, still open?")
    reply(ask(asker, text="Mine, answered to me?"), PRIVATE)
    reply(ask(text="Somebody’s, shown?"), SHOWN)
    reply(ask(text="Somebody’s, not shown?"), PRIVATE)
    reply(ask(text="Somebody’s, closed?"), CLOSED)
    ask(text="Somebody’s, open?")
    reply(ask(code="REL-2", text="Elsewhere?"), SHOWN)

    assert shown_to(asker) == ["Somebody’s, shown?", "Mine, answered to me?", "Mine, still open?"]
    assert shown_to(UserFactory()) == ["Somebody’s, shown?"]


def test_who_asked_who_owns_and_who_may_edit_see_it_and_nobody_else():
    publish_chapter()
    asker, owner = UserFactory(), owned_by(UserFactory())
    enquiry = ask(asker)

    def sees(viewer: User) -> tuple[bool, bool]:
        reading = enquiry_for_viewer(viewer, enquiry.public_id, Locale.get_default())
        return reading is not None, bool(reading and reading.can_reply)

    assert sees(asker) == (True, False)
    assert sees(owner) == sees(UserFactory(role="Editors")) == sees(UserFactory(role="Approvers")) == (True, True)
    assert sees(UserFactory(role="Administrators")) == (True, False)
    assert sees(UserFactory()) == sees(TeamSupervisionFactory().user) == (False, False)
    assert sees(owned_by(UserFactory(), "REL-2")) == (False, False)


@pytest.mark.parametrize("is_named", [True, False])
def test_the_name_is_for_who_answers_if_the_asker_says_so(is_named):
    publish_chapter()
    asker = UserFactory(name="Aina binti Rahman")
    enquiry = ask(asker, is_named=is_named)

    def name_for(role: str) -> str:
        return enquiry_for_viewer(UserFactory(role=role), enquiry.public_id, Locale.get_default()).asker

    assert name_for("Editors") == ("Aina binti Rahman" if is_named else "")
    assert name_for("Administrators") == ""


def test_the_owner_is_whom_the_live_chapter_names_if_they_work_here():
    page, owner = publish_chapter(), UserFactory()
    assert clause_owner("REL-1") is None

    edit_clause(page, "REL-1", owner=owner)
    assert clause_owner("REL-1") is None
    publish(page)
    assert (clause_owner("REL-1"), clause_owner("REL-2"), clause_owner("NOPE-1")) == (owner, None, None)

    User.objects.filter(pk=owner.pk).update(is_active=False)
    assert clause_owner("REL-1") is None


def test_what_waits_for_an_owner_and_for_an_editor():
    publish_chapter(), publish_chapter("Timeliness", ("TIM-1",)), make_chapter("Draft", ("DRA-1",))
    owner, editor = owned_by(UserFactory()), UserFactory(role="Editors")
    old = ask(text="Asked earlier?")
    new = ask(text="Asked later?", now=LATER)
    reply(ask(text="Answered?"))
    ask(code="TIM-1")

    assert [entry.public_id for entry in enquiries_for_owner(owner, None).entries] == [old.public_id, new.public_id]
    assert open_enquiry_count_for_answerer(owner) == 2
    assert open_enquiry_count_for_answerer(editor) == 3
    assert open_enquiry_count_for_answerer(UserFactory(role="Administrators")) == 0


def _entries():
    return enquiries_at_clause(UserFactory(), Clause.objects.get(code="REL-1"), None).entries
