"""Addresses: Piawai's own views first, then Wagtail's admin and pages."""

from __future__ import annotations

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp_replace
from django.conf import settings
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.utils.urlpatterns import decorate_urlpatterns

from core.middleware import atomic_post

# Wagtail's editor needs inline scripts and styles, and frames its previews; nothing else of ours does.
admin_policy = csp_replace(
    {
        "default-src": [SELF],
        "script-src": [SELF, UNSAFE_INLINE],
        "style-src": [SELF, UNSAFE_INLINE],
        "img-src": [SELF, "data:", "blob:"],
        "frame-src": [SELF],
        "frame-ancestors": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
    }
)
decorate_urlpatterns(wagtailadmin_urls.urlpatterns, atomic_post)
decorate_urlpatterns(wagtailadmin_urls.urlpatterns, admin_policy)

urlpatterns = [
    path("", include("people.urls")),
    path("", include("standards.urls")),
    path("", include("quizzes.urls")),
    path("", include("training.urls")),
    path("", include("certificates.urls")),
    path("", include("home.urls")),
    path("admin/", include(wagtailadmin_urls)),
    path("", include(wagtail_urls)),
]

if settings.DEBUG:
    from django.conf.urls.static import static

    urlpatterns = [*static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT), *urlpatterns]

handler400 = "home.views.errors.bad_request"
handler403 = "home.views.errors.forbidden"
handler404 = "home.views.errors.not_found"
handler500 = "home.views.errors.server_error"
