from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from people.contributions import PersonalData, register_personal_data


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Front door")

    def ready(self) -> None:
        register_personal_data(
            PersonalData("home.CalendarFeed", ("user",), is_deleted=True, hidden=("key",), words=_("Calendar address"))
        )
