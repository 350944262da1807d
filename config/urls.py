"""Addresses: Piawai's own views first, then Wagtail's admin and pages."""

from __future__ import annotations

from functools import partial

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp_replace
from django.conf import settings
from django.urls import include, path
from django.views.generic import RedirectView
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.auth import require_admin_access
from wagtail.utils.urlpatterns import decorate_urlpatterns

from core.middleware import atomic_post
from core.permissions import admin_area, admin_only, public
from people.permissions import second_factor_first
from people.views.account import AccountView

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
decorate_urlpatterns(wagtailadmin_urls.urlpatterns, second_factor_first)
decorate_urlpatterns(wagtailadmin_urls.urlpatterns, admin_area)
decorate_urlpatterns(wagtailadmin_urls.urlpatterns, admin_policy)

urlpatterns = [
    path("", include("outbox.urls")),
    path("", include("people.urls")),
    path("", include("standards.urls")),
    path("", include("quizzes.urls")),
    path("", include("training.urls")),
    path("", include("certificates.urls")),
    path("", include("home.urls")),
    # One way to sign in, and an account page without the name form: both stand before Wagtail's own.
    path(
        "admin/login/",
        public(RedirectView.as_view(pattern_name="account_login", query_string=True)),
        name="admin_login",
    ),
    path(
        "admin/account/",
        admin_only(second_factor_first(admin_policy(require_admin_access(AccountView.as_view())))),
        name="wagtailadmin_account",
    ),
    path("admin/", include(wagtailadmin_urls)),
    path("", include(wagtail_urls)),
]

if settings.SERVE_MEDIA:
    media = public(partial(serve, document_root=settings.MEDIA_ROOT))
    urlpatterns = [path("media/<path:path>", media), *urlpatterns]

handler400 = "home.views.errors.bad_request"
handler403 = "home.views.errors.forbidden"
handler404 = "home.views.errors.not_found"
handler500 = "home.views.errors.server_error"
