"""Looking a clause through on its date, and the mail to whoever looks after it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.urls import reverse

from core.models import FactError, OrganisationSettings
from outbox.models import Notice
from outbox.services import send_due_mail
from people.models import User
from standards.models import Clause, ClauseReview, ClauseReviewNote
from standards.selectors.keeping import kept_clauses_unscoped
from standards.services import StandardsChanged
from standards.services.reviews import ReviewDateRefused, record_review, tell_of_due_reviews
from tests.factories.people import NOW, MembershipFactory, TeamFactory, UserFactory
from tests.factories.standards import edit_clause, publish, publish_chapter
from tests.pages import signed_in, smooth, text

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 24)
NEXT_YEAR = date(2027, 11, 24)
ADDRESS = "/standards/REL-1/review/"


@pytest.fixture
def owner() -> User:
    return UserFactory(name="Aishah binti Contoh", short_name="Aishah")


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


def kept_by(owner: User | None, *, due: date | None = TODAY, codes: tuple[str, ...] = ("REL-1",)):
    """A published chapter whose clauses this person looks after, to be reviewed on that day."""
    page = publish_chapter(codes=codes)
    for code in codes:
        page = publish(edit_clause(page, code, owner=owner, review_on=due))
    return page


def review(code: str = "REL-1", *, by: User, on: date = NEXT_YEAR, now: datetime = NOW, **fields) -> ClauseReview:
    clause = Clause.objects.get(code=code)
    return record_review(
        clause=clause, next_review_on=on, by=by, now=now, **{"version": clause.current_version_id, **fields}
    )


def due_on(code: str = "REL-1") -> date | None:
    return {one.clause.code: one.due_on for one in kept_clauses_unscoped(NOW)}[code]


def posted(code: str = "REL-1", **fields):
    return {
        "version": Clause.objects.get(code=code).current_version_id,
        "next_review_on": NEXT_YEAR.isoformat(),
        "note": "",
        **fields,
    }


class TestRecording:
    def test_it_moves_the_date_and_cannot_be_altered(self, owner):
        kept_by(owner)

        recorded = review(by=owner, note="Asked Mei Ling.")

        assert due_on() == NEXT_YEAR
        assert (recorded.version, recorded.reviewed_at) == (Clause.objects.get().current_version, NOW)
        assert recorded.note.text == "Asked Mei Ling."
        with pytest.raises(FactError):
            recorded.save()

    def test_the_same_review_twice_is_one(self, owner):
        kept_by(owner)

        assert review(by=owner, note="Fine.") == review(by=owner, note="Fine.", now=NOW + timedelta(hours=1))
        assert ClauseReview.objects.count() == ClauseReviewNote.objects.count() == 1

        review(by=owner, now=NOW + timedelta(days=1))
        assert ClauseReview.objects.count() == 2

    def test_a_clause_that_changed_meanwhile_is_to_be_read_again(self, owner):
        page = kept_by(owner)
        seen = Clause.objects.get().current_version_id
        publish(edit_clause(page, "REL-1", why="New.", kind="editorial", reason="It is plainer so."))

        with pytest.raises(StandardsChanged):
            review(by=owner, version=seen)

    def test_a_retired_clause_is_not_reviewed(self, owner):
        kept_by(owner)
        Clause.objects.update(retired_at=NOW)

        with pytest.raises(StandardsChanged):
            review(by=owner)

    @pytest.mark.parametrize("day", [TODAY, date(2029, 11, 25)])
    def test_the_next_review_is_neither_today_nor_far_away(self, owner, day):
        kept_by(owner)

        with pytest.raises(ReviewDateRefused):
            review(by=owner, on=day)

    def test_the_day_is_the_organisations_own(self, owner):
        OrganisationSettings.objects.create(time_zone="Pacific/Auckland")
        kept_by(owner)

        with pytest.raises(ReviewDateRefused):
            review(by=owner, on=date(2026, 11, 25), now=datetime.fromisoformat("2026-11-24T12:00:00+00:00"))

    def test_a_later_date_of_the_editors_counts_and_an_earlier_one_does_not(self, owner):
        page = kept_by(owner)
        review(by=owner)

        page = publish(edit_clause(page, "REL-1", review_on=date(2027, 1, 1)))
        assert due_on() == NEXT_YEAR

        publish(edit_clause(page, "REL-1", review_on=date(2028, 1, 1)))
        assert due_on() == date(2028, 1, 1)


class TestPage:
    def test_the_owner_says_that_nothing_is_to_be_changed(self, owner):
        kept_by(owner)
        client = signed_in(owner)

        form = smooth(client.get(ADDRESS))
        assert "We do what REL-1 says." in form
        assert 'value="2027-11-24"' in form
        response = client.post(ADDRESS, posted(note="Asked Mei Ling."), follow=True)

        assert "Recorded: reviewed, no change." in smooth(response)
        assert "24 November 2026, by Aishah binti Contoh" in smooth(response)
        assert "Asked Mei Ling." in smooth(response)

    @pytest.mark.parametrize("role", ["Editors", "Approvers"])
    def test_who_may_edit_the_chapter_may_review_it(self, role):
        kept_by(None)
        client = signed_in(UserFactory(role=role))

        assert "Change it" in text(client.get(ADDRESS))
        assert client.post(ADDRESS, posted()).status_code == 302
        assert ClauseReview.objects.count() == 1

    def test_for_others_it_is_not_there(self, owner):
        kept_by(owner)
        client = signed_in(UserFactory())

        assert "Review it" not in text(client.get("/standards/REL-1/"))
        assert client.get(ADDRESS).status_code == 404
        assert client.post(ADDRESS, posted()).status_code == 404
        assert not ClauseReview.objects.exists()

    def test_it_is_not_there_for_a_retired_clause(self, owner):
        kept_by(owner)
        Clause.objects.update(retired_at=NOW)

        assert signed_in(owner).get(ADDRESS).status_code == 404

    @pytest.mark.parametrize("day", ["", "soon", "2026-11-24", "2030-01-01"])
    def test_a_day_that_makes_no_sense_is_told_at_the_field(self, owner, day):
        kept_by(owner)

        response = signed_in(owner).post(ADDRESS, posted(next_review_on=day, note="Typed with care."))

        assert response.status_code == 422
        assert 'id="id_next_review_on_error"' in text(response)
        assert "Typed with care." in text(response)

    def test_it_says_that_the_clause_changed_meanwhile(self, owner):
        kept_by(owner)

        response = signed_in(owner).post(ADDRESS, posted(version=1 + Clause.objects.get().current_version_id))

        assert response.url == ADDRESS
        assert not ClauseReview.objects.exists()


class TestReminders:
    def later(self, **time) -> int:
        return tell_of_due_reviews(now=NOW + timedelta(**time))

    def test_the_owner_gets_one_mail_about_all_that_is_due(self, owner):
        kept_by(owner, codes=("REL-1", "REL-2"))

        assert self.later(days=0) == 2
        assert send_due_mail(now=NOW) == 1

        (sent,) = mail.outbox
        assert (sent.to, sent.subject) == ([owner.email], "Read REL-1 “Title of REL-1” once more, and 1 more")
        assert "It is due on 24 November 2026." in sent.body
        assert "/standards/REL-1/review/" in sent.body
        assert "REL-2" in sent.body

    def test_it_is_told_once_and_once_more_when_30_days_overdue(self, owner):
        kept_by(owner)

        assert [self.later(days=days) for days in (-1, 0, 0, 29, 30, 31, 400)] == [0, 1, 0, 0, 1, 0, 0]
        send_due_mail(now=NOW + timedelta(days=31))
        assert "It was due on 24 November 2026. We don’t ask again." in mail.outbox[0].body

    def test_a_review_ends_it_and_the_next_date_begins_it_anew(self, owner):
        kept_by(owner)
        review(by=owner)

        assert [self.later(days=days) for days in (0, 364, 365)] == [0, 0, 1]

    def test_a_new_owner_is_told_too(self, owner):
        page = kept_by(owner)
        self.later(days=0)
        publish(edit_clause(page, "REL-1", owner=UserFactory(email="next@example.com")))

        assert self.later(days=1) == 1
        assert Notice.objects.filter(recipient__email="next@example.com").count() == 1

    def test_nobody_is_told_of_what_nobody_looks_after(self, owner):
        kept_by(owner)
        User.objects.filter(pk=owner.pk).update(is_active=False)

        assert self.later(days=0) == 0

    def test_night_is_that_of_the_owners_branch(self, owner):
        team = TeamFactory(branch__time_zone="Europe/Berlin")  # two in the morning there
        MembershipFactory(user=owner, team=team)
        kept_by(owner)

        self.later(days=0)

        assert Notice.objects.get().send_after == datetime(2026, 11, 24, 7, 0, tzinfo=UTC)

    @pytest.mark.parametrize("count", [1, 3])
    def test_where_nothing_is_due_it_costs_the_same_for_any_number_of_clauses(
        self, count, owner, django_assert_num_queries
    ):
        kept_by(owner, due=NEXT_YEAR, codes=tuple(f"REL-{number}" for number in range(1, count + 1)))

        with django_assert_num_queries(11):
            self.later(days=0)


def test_the_clause_page_leads_to_it(owner):
    kept_by(owner)

    assert reverse("clause_review", args=["REL-1"]) in text(signed_in(owner).get("/standards/REL-1/"))
