"""Every write about people, a file for each subject."""

from people.services.accounts import (
    INVITATION_DAYS,
    InvitationClosed,
    accept_invitation,
    add_branch,
    add_job_role,
    add_person,
    add_team,
    add_to_team,
    appoint_supervisor,
    invite_person,
)
from people.services.employment import (
    LeftBeforeFirstDay,
    end_due_employments,
    end_employment,
    settle_employment,
    tell_placement_changed,
)
from people.services.erasing import ErasureRefused, delete_erased_files, erase_person
from people.services.exporting import write_export
from people.services.importing import Imported, import_people
from people.services.inviting import request_invitations, send_due_invitations
from people.services.retention import forget_old_traces
from people.services.second_factor import (
    WrongCode,
    end_sessions,
    keep_recovery_codes,
    renew_recovery_codes,
    reset_second_factor,
    set_up_second_factor,
    switch_off_second_factor,
    use_code,
)
from people.services.security import SECURITY, tell_of_security
from people.services.uploads import forget_uploads, keep_upload

__all__ = [
    "INVITATION_DAYS",
    "SECURITY",
    "ErasureRefused",
    "Imported",
    "InvitationClosed",
    "LeftBeforeFirstDay",
    "WrongCode",
    "accept_invitation",
    "add_branch",
    "add_job_role",
    "add_person",
    "add_team",
    "add_to_team",
    "appoint_supervisor",
    "delete_erased_files",
    "end_due_employments",
    "end_employment",
    "end_sessions",
    "erase_person",
    "forget_old_traces",
    "forget_uploads",
    "import_people",
    "invite_person",
    "keep_recovery_codes",
    "keep_upload",
    "renew_recovery_codes",
    "request_invitations",
    "reset_second_factor",
    "send_due_invitations",
    "set_up_second_factor",
    "settle_employment",
    "switch_off_second_factor",
    "tell_of_security",
    "tell_placement_changed",
    "use_code",
    "write_export",
]
