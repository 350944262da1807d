"""A small OpenID Connect provider on loopback: authorization code flow with PKCE, signed ID tokens, user info."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa

CLIENT, SECRET = "piawai", "between-us-and-nobody-else-in-the-world"


@dataclass
class IdentityProvider:
    """about: what it says of who signs in; id_token: claims that stand in the ID token instead of the right ones.

    signing_key, signature, key_name: with what it signs, other than with what it publishes.
    """

    issuer: str
    about: dict[str, Any] = field(default_factory=dict)
    id_token: dict[str, Any] = field(default_factory=dict)
    user_info: dict[str, Any] = field(default_factory=dict)
    configuration: dict[str, Any] = field(default_factory=dict)
    algorithm: str = "ES256"
    key: Any = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    signing_key: Any = None
    signature: str = ""
    key_name: str = "one"
    asked: list[str] = field(default_factory=list)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    tokens: set[str] = field(default_factory=set)

    def sign_with_rsa(self) -> None:
        self.algorithm, self.key = "RS256", rsa.generate_private_key(public_exponent=65537, key_size=2048)

    def authorize(self, address: str, **changes: str) -> str:
        """What the browser does there: the person signs in and is led back. Returns the address that it is led to."""
        request = dict(parse_qsl(urlsplit(address).query))
        assert request["response_type"] == "code"
        assert request["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe()
        self.codes[code] = request
        return f"{request['redirect_uri']}?{urlencode({'code': code, 'state': request['state'], **changes})}"

    def answer(self, path: str, form: dict[str, str], bearer: str) -> tuple[int, Any]:
        self.asked.append(path)
        if path == "/.well-known/openid-configuration":
            return 200, self._configuration()
        if path == "/keys":
            algorithm = jwt.get_algorithm_by_name(self.algorithm)
            public = algorithm.to_jwk(self.key.public_key(), as_dict=True)
            return 200, {"keys": [{**public, "kid": "one", "use": "sig", "alg": self.algorithm}]}
        if path == "/token":
            return self._token(form)
        if path == "/who" and bearer in self.tokens:
            return 200, {"sub": "17", **self.about, **self.user_info}
        return 401, {"error": "refused"}

    def _configuration(self) -> dict[str, Any]:
        found = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "userinfo_endpoint": f"{self.issuer}/who",
            "jwks_uri": f"{self.issuer}/keys",
            **self.configuration,
        }
        return {name: value for name, value in found.items() if value is not None}

    def _token(self, form: dict[str, str]) -> tuple[int, Any]:
        request = self.codes.pop(form["code"], None)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest()).decode()
        if (
            request is None
            or (form["client_id"], form["client_secret"]) != (CLIENT, SECRET)
            or request["code_challenge"] != challenge.rstrip("=")
            or request["redirect_uri"] != form["redirect_uri"]
        ):
            return 400, {"error": "invalid_grant"}
        now, token = int(time.time()), secrets.token_urlsafe()
        self.tokens.add(token)
        right = {
            "iss": self.issuer,
            "sub": "17",
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": request["nonce"],
        }
        claims = {name: value for name, value in {**right, **self.id_token}.items() if value is not None}
        algorithm = self.signature or self.algorithm
        key = None if algorithm == "none" else self.signing_key or self.key
        signed = jwt.encode(claims, key, algorithm, headers={"kid": self.key_name})
        return 200, {"access_token": token, "token_type": "Bearer", "id_token": signed}


@contextmanager
def identity_provider() -> Iterator[IdentityProvider]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            form = {name: values[0] for name, values in parse_qs(self.rfile.read(length).decode()).items()}
            bearer = self.headers.get("Authorization", "").removeprefix("Bearer ")
            status, answer = provider.answer(urlsplit(self.path).path, form, bearer)
            body = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET  # noqa: N815

        def log_message(self, *args: Any) -> None:
            """Tests are quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        provider = IdentityProvider(f"http://127.0.0.1:{server.server_port}")
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield provider
        server.shutdown()
        thread.join()
