"""Who may do what at which address: QUALITY, “Who may see and do what”, written out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from certificates.domain.codes import grouped
from tests.access.addresses import Address
from tests.access.world import ROLES, World

SIGN_IN, REFUSED, MISSING, NOT_SO, BACK = 302, 403, 404, 405, 302
"""Sent to sign in; 403; 404; method not allowed; sent back to where one may be."""

STAFF = frozenset({"editor", "approver", "administrator"})
"""Who may open the admin."""
EDITORS, ADMINISTRATORS = frozenset({"editor", "approver"}), frozenset({"administrator"})
EVERYBODY_IN = frozenset(ROLES) - {"visitor"}

Status = Mapping[str, int]


@dataclass(frozen=True)
class Expected:
    """kwargs: what fills the route; get, post: status by role (POST without any data but the token)."""

    get: Status
    post: Status
    kwargs: Callable[[World], dict[str, Any]] = lambda world: {}


def by_role(
    status: int, *, others: int = REFUSED, visitor: int = SIGN_IN, may: frozenset[str] = EVERYBODY_IN
) -> Status:
    """`status` for who may, `others` for who is signed in and may not, `visitor` for who isn't signed in."""
    return {role: visitor if role == "visitor" else status if role in may else others for role in ROLES}


def everybody(status: int) -> Status:
    return dict.fromkeys(ROLES, status)


READ_ONLY = by_role(NOT_SO)


def page(
    kwargs: Callable[[World], dict[str, Any]] = lambda world: {}, *, post: Status = READ_ONLY, get: int = 200
) -> Expected:
    """A page for everybody who is signed in."""
    return Expected(by_role(get), post, kwargs)


def own(kwargs: Callable[[World], dict[str, Any]], *, may: set[str], post: Status) -> Expected:
    """A page of somebody's records: 404 for those who may not see them."""
    return Expected(by_role(200, others=MISSING, may=frozenset(may)), post, kwargs)


def in_admin(
    may: frozenset[str], *, get: int = 200, post: int, kwargs: Callable[[World], dict[str, Any]] = lambda world: {}
) -> Expected:
    """A view of ours in the admin: Wagtail sends who may not open it back to the admin's front page."""

    def status(code: int) -> Status:
        return {
            role: code if role in may else BACK if role in STAFF or role == "visitor" else REFUSED for role in ROLES
        }

    return Expected(status(get), status(post), kwargs)


def public(
    kwargs: Callable[[World], dict[str, Any]] = lambda world: {}, *, post: int = NOT_SO, get: int = 200
) -> Expected:
    return Expected(everybody(get), everybody(post), kwargs)


def of_quiz(world: World) -> dict[str, Any]:
    return {"slug": world.objects["quiz"].slug}


def of_scenario(world: World) -> dict[str, Any]:
    return {"slug": world.objects["scenario"].slug}


def of_lesson(world: World) -> dict[str, Any]:
    return {"slug": world.objects["lesson"].slug}


def of_certificate(world: World) -> dict[str, Any]:
    return {"public_id": world.objects["certificate"].public_id}


SEES_CERTIFICATE = {"learner", "supervisor", "administrator"}

SEES_OTHERS = frozenset({"supervisor", "administrator"})
SUPERVISORS = frozenset({"supervisor"})


def of_person(get: int, post: int, **more: Callable[[World], Any]) -> Expected:
    """What is done for the learner by who looks after them. more: what fills the route besides."""
    return Expected(
        by_role(get, may=SEES_OTHERS),
        by_role(post, may=SEES_OTHERS),
        lambda world: {
            "public_id": world.people["learner"].public_id,
            **{name: value(world) for name, value in more.items()},
        },
    )


def _open_program(world: World) -> str:
    return str(world.objects["open_program"].slug)


SIGNED_IN_GO_ON = {**by_role(BACK), "visitor": 200}
"""Sign-in and its neighbours: who is signed in already goes on to their training."""

VIEWS: dict[str, Expected] = {
    "account_login": Expected(SIGNED_IN_GO_ON, SIGNED_IN_GO_ON),
    "account_logout": Expected({**by_role(200), "visitor": BACK}, everybody(BACK)),
    "account_change_password": page(post=by_role(200)),
    "account_reset_password": public(post=200),
    "account_reset_password_done": public(),
    "account_reset_password_from_key": public(lambda world: {"uidb36": "1", "key": "set-password"}, post=200),
    "account_reset_password_from_key_done": public(),
    # No provider is configured.
    "company_sign_in": public(get=NOT_SO, post=MISSING),
    "company_callback": public(get=MISSING),
    # Asks for the password first, which leads on.
    "account_reauthenticate": page(post=by_role(200)),
    "second_factor": page(),
    **{
        name: Expected(by_role(BACK), by_role(BACK))
        for name in ("second_factor_set_up", "second_factor_off", "recovery_codes", "mfa_reauthenticate")
    },
    "recovery_codes_file": page(get=BACK, post=by_role(BACK)),
    "new_recovery_codes": page(get=NOT_SO, post=by_role(BACK)),
    "mfa_authenticate": public(get=BACK, post=BACK),
    "invitation": public(lambda world: {"token": world.objects["token"]}, post=422),
    "my_data": page(),
    "my_data_file": Expected(by_role(NOT_SO), by_role(200)),
    "standards": page(),
    "chapter": page(lambda world: {"slug": world.objects["chapter"].slug}, post=by_role(422)),
    "editions": page(),
    "edition": page(lambda world: {"number": 1}),
    # They are made already: nothing is left to make.
    "edition_pdf": page(lambda world: {"number": 1}, post=by_role(BACK)),
    "chapter_pdf": page(
        lambda world: {"number": 1, "chapter_key": world.objects["chapter"].translation_key}, post=by_role(BACK)
    ),
    "charter": public(),
    "charter_pdf": public(post=BACK),
    "compare_editions": page(),
    "clause": page(lambda world: {"code": "REL-1"}),
    "clause_search": page(),
    # For the owner of the clause, who is nobody here, and for who may edit the chapter.
    "clause_review": own(
        lambda world: {"code": "REL-1"},
        may=set(EDITORS),
        post=by_role(422, others=MISSING, may=EDITORS),
    ),
    "clause_card": page(lambda world: {"code": "REL-1"}),
    "ask": page(lambda world: {"code": "REL-1"}, post=by_role(422)),
    "questions": page(),
    "question": Expected(
        by_role(200, others=MISSING, may=frozenset({"learner"}) | STAFF),
        # Who asked, and an administrator, read it and can't answer.
        {**by_role(422, others=MISSING, may=EDITORS), "learner": REFUSED, "administrator": REFUSED},
        lambda world: {"public_id": world.objects["enquiry"].public_id},
    ),
    # Who has handed it in is led to the result; an answer that belongs to no attempt of one's own isn't there.
    "quiz": Expected({**by_role(200), "learner": BACK}, by_role(MISSING), of_quiz),
    "quiz_result": own(
        lambda world: {**of_quiz(world), "public_id": world.objects["attempt"].public_id},
        may={"learner"},
        post=READ_ONLY,
    ),
    "lessons": page(),
    # A POST that answers nothing is told so.
    "lesson": page(of_lesson, post=by_role(422)),
    "practice": page(),
    # Nobody has begun their five: back to the list. A POST without a day is of no day at all.
    "five": page(get=BACK, post=by_role(MISSING)),
    "scenario": page(of_scenario, post=by_role(422)),
    # A POST that names no decision to try again from is refused.
    "debrief": own(
        lambda world: {**of_scenario(world), "public_id": world.objects["run"].public_id},
        may={"learner"},
        post=by_role(422, others=MISSING, may=frozenset({"learner"})),
    ),
    "scenario_again": own(
        lambda world: {**of_scenario(world), "public_id": world.objects["practice_run"].public_id},
        may={"learner"},
        post=by_role(422, others=MISSING, may=frozenset({"learner"})),
    ),
    "certificates": page(),
    "certificate": own(of_certificate, may=SEES_CERTIFICATE, post=READ_ONLY),
    "certificate_pdf": own(
        of_certificate, may=SEES_CERTIFICATE, post=by_role(BACK, others=MISSING, may=frozenset(SEES_CERTIFICATE))
    ),
    "verify": public(),
    "verify_certificate": public(lambda world: {"code": grouped(world.objects["certificate"].code)}),
    "my_training": page(),
    "my_record": page(),
    "my_calendar": page(),
    **{name: Expected(by_role(NOT_SO), by_role(BACK)) for name in ("my_calendar_new", "my_calendar_stop")},
    "calendar_feed": public(lambda world: {"token": world.objects["calendar_token"]}),
    "my_record_pdf": page(),
    "my_team": Expected(by_role(200, may=frozenset({"supervisor"})), by_role(NOT_SO, may=frozenset({"supervisor"}))),
    # Nobody is chosen: back to the list.
    "team_bulk": Expected(by_role(BACK, may=SUPERVISORS), by_role(BACK, may=SUPERVISORS)),
    "team_memory": Expected(
        by_role(200, may=frozenset({"supervisor"})), by_role(NOT_SO, may=frozenset({"supervisor"}))
    ),
    "team_progress": Expected(
        by_role(200, may=frozenset({"supervisor"})), by_role(NOT_SO, may=frozenset({"supervisor"}))
    ),
    **{
        f"organisation{name}": Expected(by_role(200, may=ADMINISTRATORS), by_role(NOT_SO, may=ADMINISTRATORS))
        for name in ("", "_csv", "_xlsx", "_people", "_people_csv", "_people_xlsx")
    },
    # It is counted at once, and one is back on the page.
    "organisation_count": Expected(by_role(NOT_SO, may=ADMINISTRATORS), by_role(BACK, may=ADMINISTRATORS)),
    "team_person": of_person(200, NOT_SO),
    "team_person_record": of_person(200, NOT_SO),
    **{name: of_person(200, 422) for name in ("team_person_coaching", "team_person_leave", "team_person_assign")},
    **{
        name: of_person(200, 422, slug=_open_program)
        for name in ("team_person_extend", "team_person_waive", "team_person_release", "team_person_prior_learning")
    },
    "team_person_remind": of_person(NOT_SO, BACK, slug=_open_program),
    "team_person_end_waiver": of_person(200, 422, waiver_id=lambda world: world.objects["waiver"].public_id),
    "team_person_evidence": of_person(200, NOT_SO, evidence_id=lambda world: world.objects["waiver"].public_id),
    **{
        name: Expected(by_role(200, may=SUPERVISORS), by_role(NOT_SO, may=SUPERVISORS))
        for name in ("my_team_csv", "my_team_xlsx")
    },
    **{
        name: Expected(by_role(200, may=SEES_OTHERS), by_role(NOT_SO, may=SEES_OTHERS))
        for name in ("team_standards", "team_standards_csv", "team_standards_xlsx")
    },
    "notices": page(),
    "notices_read": Expected(by_role(NOT_SO), by_role(BACK)),
    "notice_open": Expected(
        by_role(NOT_SO),
        by_role(BACK, others=MISSING, may=frozenset({"learner"})),
        lambda world: {"public_id": world.objects["notice"].public_id},
    ),
    "notice_settings": page(post=by_role(BACK)),
    "notice_unsubscribe": public(lambda world: {"token": world.objects["unsubscribe_token"]}, post=200),
    "outbox_report": in_admin(ADMINISTRATORS, post=NOT_SO),
    "outbox_report_results": in_admin(ADMINISTRATORS, post=NOT_SO),
    "mail_retry": in_admin(
        ADMINISTRATORS, get=NOT_SO, post=BACK, kwargs=lambda world: {"public_id": world.objects["mail"].public_id}
    ),
    "healthz": public(),
    "readyz": public(),
    "chapter_impact": Expected(
        {**in_admin(EDITORS, post=NOT_SO).get, "administrator": 404},
        {**in_admin(STAFF, post=NOT_SO).post},
        lambda world: {"page_id": world.objects["chapter"].pk},
    ),
    # Without a decision one is told so, and led back; the decision itself is refused in tests/standards/approving/.
    "decide_chapter": Expected(
        in_admin(STAFF, get=NOT_SO, post=BACK).get,
        {**in_admin(EDITORS, post=BACK).post, "administrator": MISSING},
        lambda world: {"page_id": world.objects["chapter"].pk},
    ),
    "chapter_move": Expected(
        {**in_admin(EDITORS, post=422).get, "administrator": 404},
        {**in_admin(EDITORS, post=422).post, "administrator": 404},
        lambda world: {"page_id": world.objects["chapter"].pk},
    ),
    "question_check": in_admin(EDITORS, post=422, kwargs=lambda world: {"question_id": world.objects["question"].pk}),
    "question_versions": in_admin(
        EDITORS, post=NOT_SO, kwargs=lambda world: {"question_id": world.objects["question"].pk}
    ),
    # On to where it was asked, or to its versions.
    "question_analysis": in_admin(
        EDITORS, get=BACK, post=NOT_SO, kwargs=lambda world: {"question_id": world.objects["question"].pk}
    ),
    "questions_import": in_admin(EDITORS, post=422),
    "questions_import_template": in_admin(EDITORS, post=NOT_SO),
    # A file that nobody sent: back to choosing one.
    "questions_import_review": in_admin(
        EDITORS, get=BACK, post=BACK, kwargs=lambda world: {"format_name": "gift", "digest": "0" * 64}
    ),
    "questions_export": in_admin(EDITORS, post=NOT_SO),
    "lesson_check": Expected(
        {**in_admin(EDITORS, post=422).get, "administrator": 404},
        {**in_admin(EDITORS, post=422).post, "administrator": 404},
        lambda world: {"page_id": world.objects["lesson"].pk},
    ),
    "scenario_check": Expected(
        {**in_admin(EDITORS, post=422).get, "administrator": 404},
        {**in_admin(EDITORS, post=422).post, "administrator": 404},
        lambda world: {"page_id": world.objects["scenario"].pk},
    ),
    "scenario_import": Expected(
        {**in_admin(EDITORS, post=422).get, "administrator": 404},
        {**in_admin(EDITORS, post=422).post, "administrator": MISSING},
    ),
    # A file that nobody sent: back to choosing one.
    "scenario_import_review": Expected(
        {**in_admin(EDITORS, get=BACK, post=BACK).get, "administrator": 404},
        {**in_admin(EDITORS, post=BACK).post, "administrator": MISSING},
        lambda world: {"format_name": "twee", "digest": "0" * 64},
    ),
    "scenario_file_schema": in_admin(STAFF, post=NOT_SO),
    "scenario_export": Expected(
        {**in_admin(EDITORS, post=NOT_SO).get, "administrator": 404},
        {**in_admin(STAFF, post=NOT_SO).post},
        lambda world: {"page_id": world.objects["scenario"].pk, "format_name": "twee"},
    ),
    "scenario_findings": Expected(
        {**in_admin(EDITORS, post=NOT_SO).get, "administrator": 404},
        {**in_admin(EDITORS, post=NOT_SO).post, "administrator": NOT_SO},
        lambda world: {"page_id": world.objects["scenario"].pk},
    ),
    "outdated_uses_report": in_admin(EDITORS, post=NOT_SO),
    "outdated_uses_report_results": in_admin(EDITORS, post=NOT_SO),
    "deltas": in_admin(STAFF, post=NOT_SO),
    "delta": in_admin(STAFF, post=422, kwargs=lambda world: {"number": world.objects["delta"].edition.number}),
    "program_assign": in_admin(
        ADMINISTRATORS, post=422, kwargs=lambda world: {"program_id": world.objects["program"].pk}
    ),
    "program_audience": in_admin(
        ADMINISTRATORS, post=422, kwargs=lambda world: {"program_id": world.objects["program"].pk}
    ),
    "people_invitation_link": in_admin(
        ADMINISTRATORS, post=200, kwargs=lambda world: {"public_id": world.objects["invited"].public_id}
    ),
    "people_second_factor_reset": in_admin(
        ADMINISTRATORS, post=BACK, kwargs=lambda world: {"public_id": world.objects["invited"].public_id}
    ),
    "people_invitations": in_admin(ADMINISTRATORS, post=BACK),
    "people_import": in_admin(ADMINISTRATORS, post=422),
    "people_import_template": in_admin(ADMINISTRATORS, post=NOT_SO, kwargs=lambda world: {"kind": "csv"}),
    # A file that nobody sent: back to choosing one.
    "people_import_review": in_admin(ADMINISTRATORS, get=BACK, post=BACK, kwargs=lambda world: {"digest": "0" * 64}),
    "people_import_faults": in_admin(
        ADMINISTRATORS, get=MISSING, post=NOT_SO, kwargs=lambda world: {"digest": "0" * 64}
    ),
    "person_data": in_admin(
        ADMINISTRATORS, post=NOT_SO, kwargs=lambda world: {"public_id": world.people["learner"].public_id}
    ),
    "person_data_file": in_admin(
        ADMINISTRATORS, get=NOT_SO, post=200, kwargs=lambda world: {"public_id": world.people["learner"].public_id}
    ),
    "person_erase": in_admin(
        ADMINISTRATORS, post=422, kwargs=lambda world: {"public_id": world.people["learner"].public_id}
    ),
    "signatures_report": in_admin(STAFF, post=NOT_SO),
    "signatures_report_results": in_admin(STAFF, post=NOT_SO),
    "reviews_report": in_admin(STAFF, post=NOT_SO),
    "reviews_report_results": in_admin(STAFF, post=NOT_SO),
    "coverage_report": in_admin(STAFF, post=NOT_SO),
    "coverage_report_results": in_admin(STAFF, post=NOT_SO),
    "questions_report": in_admin(STAFF, post=NOT_SO),
    "questions_report_results": in_admin(STAFF, post=NOT_SO),
    **{
        f"{name}{results}": in_admin(EDITORS, post=NOT_SO, kwargs=kwargs)
        for name, kwargs in {
            "item_analysis_report": lambda world: {},
            "understood_clauses_report": lambda world: {},
            "quiz_analysis_report": lambda world: {"quiz_id": world.objects["quiz"].pk},
            "question_analysis_report": lambda world: {
                "quiz_id": world.objects["quiz"].pk,
                "question_id": world.objects["question"].pk,
            },
            "play_report": lambda world: {},
            "clauses_in_play_report": lambda world: {},
            "scenario_play_report": lambda world: {"page_id": world.objects["scenario"].pk},
        }.items()
        for results in ("", "_results")
    },
    "operations": in_admin(ADMINISTRATORS, post=NOT_SO),
    # It runs again, and one is back on the page.
    "job_again": in_admin(
        ADMINISTRATORS, get=NOT_SO, post=BACK, kwargs=lambda world: {"job_id": world.objects["failed_job"].pk}
    ),
    # Who began it, and administrators.
    "long_job": Expected(
        {**in_admin(STAFF, get=MISSING, post=NOT_SO).get, "administrator": 200},
        in_admin(STAFF, post=NOT_SO).post,
        lambda world: {"public_id": world.objects["long_job"].public_id},
    ),
    "wagtailadmin_account": in_admin(STAFF, post=200),
    "admin_login": public(get=BACK, post=BACK),
}

MODELS: dict[str, tuple[str, dict[str, frozenset[str]]]] = {
    # model of a Wagtail viewset: (its object in the world, who may do what)
    "people.User": ("learner", {"view": STAFF, "add": ADMINISTRATORS, "change": ADMINISTRATORS}),
    "people.Team": ("team", {"view": STAFF, "add": ADMINISTRATORS, "change": ADMINISTRATORS}),
    "people.JobRole": ("job_role", {"view": STAFF, "add": ADMINISTRATORS, "change": ADMINISTRATORS}),
    "people.Branch": ("branch", {"view": STAFF, "add": ADMINISTRATORS, "change": ADMINISTRATORS}),
    "standards.ChapterPage": ("chapter", {"view": EDITORS, "add": EDITORS}),
    "training.LessonPage": ("lesson", {"view": EDITORS, "add": EDITORS}),
    "training.ScenarioPage": ("scenario", {"view": EDITORS, "add": EDITORS}),
    "training.Persona": ("persona", {"view": EDITORS, "add": EDITORS, "change": EDITORS, "delete": EDITORS}),
    "training.Program": ("program", {"view": STAFF, "add": EDITORS, "change": EDITORS}),
    "quizzes.Question": ("question", dict.fromkeys(("view", "add", "change", "delete", "publish"), EDITORS)),
    "certificates.Certificate": ("certificate", {"view": ADMINISTRATORS}),
}

ACTIONS = {
    # last part of a viewset's route name → what one needs to be allowed
    "index": "view", "index_results": "view", "list": "view", "list_results": "view", "inspect": "view",
    "usage": "change", "history": "change", "history_results": "change", "revisions_view": "change",
    "revisions_compare": "change", "revisions_revert": "change", "revisions_unschedule": "publish",
    "unpublish": "publish", "add": "add", "copy": "add", "choose_parent": "choose", "preview_on_add": "add",
    "preview_on_edit": "change", "edit": "change", "delete": "delete",
    "lock": "lock", "unlock": "unlock", "workflow_action": "change", "collect_workflow_action_data": "change",
    "confirm_workflow_cancellation": "publish", "workflow_preview": "change", "workflow_history": "change",
    "workflow_history_detail": "change",
    "choose": "choose", "choose_results": "choose", "chosen": "choose", "chosen_multiple": "choose", "create": "add",
}  # fmt: skip


def is_declared(address: Address) -> bool:
    if address.model:
        return address.model in MODELS and address.name.rsplit(":", 1)[-1] in ACTIONS
    return address.name in VIEWS


def who_may(address: Address) -> frozenset[str]:
    """Roles that may open a Wagtail view of one of our models."""
    action = ACTIONS[address.name.rsplit(":", 1)[-1]]
    if action == "choose":
        return STAFF
    return MODELS[address.model][1].get(action, frozenset())
