"""People with a code from their phone, and the codes that it would show."""

from __future__ import annotations

from datetime import datetime

from people.domain.one_time_codes import STEP, code_at, step_at
from people.models import User
from people.services import keep_recovery_codes, set_up_second_factor
from tests.factories.people import NOW

SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


def code(now: datetime = NOW, *, later: int = 0, secret: str = SECRET) -> str:
    """What the app shows at this moment, or so many steps later."""
    return code_at(secret, step_at(now) + later)


def with_second_factor(person: User, now: datetime = NOW) -> User:
    """Set up five minutes ago, with recovery codes put away."""
    then = datetime.fromtimestamp(now.timestamp() - 10 * STEP, now.tzinfo)
    set_up_second_factor(person=person, secret=SECRET, code=code(then), now=then)
    keep_recovery_codes(person=person, now=then)
    return person
