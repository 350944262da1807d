from outbox.models.mails import Mail
from outbox.models.notices import Notice, NoticePreference

__all__ = ["Mail", "Notice", "NoticePreference"]
