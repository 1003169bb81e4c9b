"""A small OpenID provider over real HTTP. It looks at what an honest one looks at, and can be made to lie."""

from __future__ import annotations

import base64
import hashlib
import secrets
import threading
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from flask import Flask, jsonify, redirect, request
from joserfc import jwt
from joserfc.jwk import RSAKey
from werkzeug.serving import make_server

CLIENT_ID, CLIENT_SECRET = "meelezer", "een geheim: dat+niemand%ziet"

Claims = dict[str, Any]
_KEY = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})


class Provider:
    """Everybody who comes is `who`, without a question."""

    def __init__(self, host: str = "127.0.0.1") -> None:
        self.who: Claims = {
            "sub": "248289761001",
            "email": "eva@shop.example",
            "email_verified": True,
            "name": "Eva de Vries",
        }
        self.key = _KEY
        self.redirects: set[str] = set()
        self.secret, self.denies = CLIENT_SECRET, False
        self.told: Callable[[Claims], Claims] = lambda metadata: metadata
        self.claims: Callable[[Claims], Claims] = lambda claims: claims
        self.sign: Callable[[Claims], str] = self.signed
        self.beside: Claims | None = None
        self.broken: dict[str, Any] = {}
        self.asked: list[dict[str, str]] = []
        self._codes: dict[str, dict[str, str]] = {}
        self._server = make_server(host, 0, self._app(), threaded=True)
        self.port = self._server.server_port
        self.issuer = f"http://{host}:{self.port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()

    def signed(self, claims: Claims, key: Any = None, alg: str = "RS256") -> str:
        key = key or self.key
        return jwt.encode(
            {"alg": alg, "kid": "one" if key is not self.key else self.key.kid}, claims, key, algorithms=[alg]
        )

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(10)

    def _app(self) -> Flask:
        app = Flask("provider")

        @app.before_request
        def _broken() -> Any:
            return self.broken.get(request.path)

        @app.get("/.well-known/openid-configuration")
        def _configuration() -> Any:
            return jsonify(
                self.told(
                    {
                        "issuer": self.issuer,
                        "authorization_endpoint": f"{self.issuer}/authorize",
                        "token_endpoint": f"{self.issuer}/token",
                        "jwks_uri": f"{self.issuer}/jwks",
                        "userinfo_endpoint": f"{self.issuer}/userinfo",
                        "response_types_supported": ["code"],
                        "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
                    }
                )
            )

        @app.get("/jwks")
        def _keys() -> Any:
            return jsonify({"keys": [self.key.as_dict(private=False)]})

        @app.get("/authorize")
        def _authorize() -> Any:
            asked = request.args.to_dict()
            self.asked.append(asked)
            if asked.get("client_id") != CLIENT_ID or asked.get("redirect_uri") not in self.redirects:
                return "this address to come back to is not registered", 400
            if self.denies:
                return redirect(
                    f"{asked['redirect_uri']}?{urlencode({'error': 'access_denied', 'state': asked['state']})}"
                )
            is_whole = asked.get("response_type") == "code" and "openid" in asked.get("scope", "").split()
            if not is_whole or asked.get("code_challenge_method") != "S256" or not asked.get("code_challenge"):
                return "not a request with PKCE", 400
            code = secrets.token_urlsafe(16)
            self._codes[code] = asked
            return redirect(f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}")

        @app.post("/token")
        def _token() -> Any:
            basic, form = request.authorization, request.form
            client = (basic.username, basic.password) if basic else (form.get("client_id"), form.get("client_secret"))
            if client != (CLIENT_ID, self.secret):
                return jsonify(error="invalid_client"), 401
            asked = self._codes.pop(form.get("code", ""), None)  # once
            proof = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
            challenge = base64.urlsafe_b64encode(proof).rstrip(b"=").decode()
            if (
                asked is None
                or form.get("grant_type") != "authorization_code"
                or form.get("redirect_uri") != asked["redirect_uri"]
                or challenge != asked["code_challenge"]
            ):
                return jsonify(error="invalid_grant", error_description="<script>alert(1)</script>"), 400
            now = int(time.time())
            claims = {
                "iss": self.issuer, "aud": CLIENT_ID, "iat": now, "exp": now + 300, "nonce": asked.get("nonce"), **self.who,
            }  # fmt: skip
            token = self.sign(self.claims(claims))
            answer = {"access_token": "an-access-token", "token_type": "Bearer", "expires_in": 300, "id_token": token}
            return jsonify({key: value for key, value in answer.items() if value})

        @app.get("/userinfo")
        def _userinfo() -> Any:
            if request.headers.get("Authorization") != "Bearer an-access-token":
                return jsonify(error="invalid_token"), 401
            return jsonify(self.beside or {"sub": self.who["sub"]})

        return app
