from home.models.calendars import CalendarFeed
from home.models.pages import HomePage

__all__ = ["CalendarFeed", "HomePage"]
