"""Signing in with the company's account (OpenID Connect): for people who have an account here. None is made, nothing of it is kept."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from functools import wraps
from typing import Any

import jwt
from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.account.utils import get_next_redirect_url, perform_login
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from csp.decorators import csp_update
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from requests import RequestException

from core.permissions import public
from core.selectors import base_address
from people.domain.claims import known_by
from people.selectors import person_known_unscoped

logger = logging.getLogger(__name__)

PROVIDER = "company"
SIGNATURES = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
"""Only those for which the provider alone holds the key."""
CLOCKS_DIFFER = 60
"""Seconds by which the provider's clock may be before ours."""
NEEDED = {"authorization_endpoint", "token_endpoint", "jwks_uri", "issuer"}
STATUS = {"unknown": 403, "failed": 400, "away": 503}


def refused(request: HttpRequest, why: str) -> HttpResponse:
    """One page for each of the keys of STATUS; "unknown" doesn't say whether there is such an account."""
    return render(request, "account/company_refused.html", {"why": why}, status=STATUS[why])


class CompanyClient(OpenIDConnectOAuth2Adapter):
    """The sign-in package's client, with the checks that OpenID Connect has and it leaves out."""

    @property
    def openid_config(self) -> dict[str, Any]:
        config: dict[str, Any] = super().openid_config
        if not config.keys() >= NEEDED or config["issuer"].rstrip("/") != settings.OIDC_ISSUER:
            raise OAuth2Error(f"{settings.OIDC_ISSUER} describes itself as another issuer, or incompletely")
        return config

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        """At the configured address, never the Host header's."""
        return base_address() + reverse("company_callback")

    def complete_login(self, request: HttpRequest, app: SocialApp, token: Any, **kwargs: Any) -> SocialLogin:
        claims = self._claims(kwargs["response"].get("id_token", ""), app)
        if "userinfo_endpoint" in self.openid_config:
            more = self._fetch_user_info(token.token)
            if more.get("sub") != claims["sub"]:
                raise OAuth2Error("The user info is of somebody else than the ID token")
            claims = {**more, **claims}
        return self.get_provider().sociallogin_from_response(request, claims)

    def _claims(self, id_token: str, app: SocialApp) -> dict[str, Any]:
        """OpenID Connect Core, 3.1.3.7; its nonce is compared where the state is known."""
        with get_adapter().get_requests_session() as session:
            keys = session.get(self.openid_config["jwks_uri"]).json()
        try:
            claims: dict[str, Any] = jwt.decode(
                id_token,
                _key(jwt.PyJWKSet.from_dict(keys), jwt.get_unverified_header(id_token).get("kid")),
                algorithms=SIGNATURES,
                audience=app.client_id,
                issuer=self.openid_config["issuer"],
                leeway=CLOCKS_DIFFER,
                options={"require": ["iss", "sub", "aud", "exp", "iat"]},
            )
        except jwt.PyJWTError as error:
            raise OAuth2Error(f"The ID token doesn't hold: {error}") from error
        if claims.get("azp", app.client_id) != app.client_id:
            raise OAuth2Error("The ID token was issued for another application")
        return claims


def _key(keys: jwt.PyJWKSet, name: str | None) -> jwt.PyJWK:
    for key in keys:
        if key.key_id == name:
            return key
    raise OAuth2Error("The ID token is signed with a key that the provider doesn't publish")


class CompanyProvider(OpenIDConnectProvider):
    oauth2_adapter_class = CompanyClient

    def extract_uid(self, data: dict[str, Any]) -> str:
        """The package's models would hold so much of it; ours keep none."""
        return str(data["sub"])[:191]


class CompanyAdapter(DefaultSocialAccountAdapter):
    """One provider, from the environment; its people are ours or nobody."""

    def list_apps(self, request: HttpRequest, provider: str = "", client_id: str | None = None) -> list[SocialApp]:
        if not settings.OIDC_ISSUER:
            return []
        return [
            SocialApp(
                provider=OpenIDConnectProvider.id,
                provider_id=PROVIDER,
                name=settings.OIDC_NAME,
                client_id=settings.OIDC_CLIENT_ID,
                secret=settings.OIDC_CLIENT_SECRET,
                settings={"server_url": settings.OIDC_ISSUER, "oauth_pkce_enabled": True},
            )
        ]

    def get_provider(self, request: HttpRequest, provider: str, client_id: str | None = None) -> CompanyProvider:
        """Raises SocialApp.DoesNotExist where none is configured."""
        return CompanyProvider(request, app=self.get_app(request, provider))

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> Any:
        """Nobody is made of what the provider says."""
        return sociallogin.user

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Who they are has been proved; this says who they are here. Never goes on: the package would make accounts."""
        claims = sociallogin.account.extra_data
        if not constant_time_compare(str(claims.get("nonce", "")), sociallogin.state["nonce"]):
            logger.warning("Company sign-in: the nonce is of another sign-in")
            raise ImmediateHttpResponse(refused(request, "failed"))
        person = person_known_unscoped(known_by(claims, employee_claim=settings.OIDC_EMPLOYEE_CLAIM))
        if person is None:
            raise ImmediateHttpResponse(refused(request, "unknown"))
        if request.user.is_authenticated:
            get_account_adapter(request).logout(request)
        raise ImmediateHttpResponse(perform_login(request, person, redirect_url=sociallogin.state.get("next")))

    def on_authentication_error(self, request: HttpRequest, provider: Any, **kwargs: Any) -> None:
        exception = kwargs.get("exception")
        logger.warning("Company sign-in failed: %s", exception or kwargs.get("error"))
        raise ImmediateHttpResponse(refused(request, "away" if isinstance(exception, RequestException) else "failed"))


def _when_offered(view: Callable[[HttpRequest, CompanyProvider], HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """404 where no provider is configured; a page that says so where it doesn't answer, or nonsense."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponseBase:
        try:
            return view(request, get_adapter().get_provider(request, PROVIDER))
        except SocialApp.DoesNotExist:
            raise Http404 from None
        except (RequestException, OAuth2Error) as error:
            logger.warning("Company sign-in: %s", error)
            return refused(request, "away")

    return guarded


@public
@never_cache
@require_POST
@_when_offered
def sign_in(request: HttpRequest, provider: CompanyProvider) -> HttpResponseBase:
    nonce = secrets.token_urlsafe(24)
    going_on = get_next_redirect_url(request)
    response: HttpResponse = provider.redirect(
        request, AuthProcess.LOGIN, next_url=going_on, auth_params={"nonce": nonce}, nonce=nonce
    )
    return response


@public
@never_cache
@require_GET
@_when_offered
def come_back(request: HttpRequest, provider: CompanyProvider) -> HttpResponseBase:
    view = OAuth2CallbackView.adapter_view(CompanyClient(request, PROVIDER))
    response: HttpResponseBase = view(request)
    return response


def leading_there(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """For the sign-in page: its form may be led on to the provider."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not settings.OIDC_ISSUER:
            return view(request, *args, **kwargs)
        return csp_update({"form-action": settings.OIDC_ORIGINS})(view)(request, *args, **kwargs)

    return guarded
