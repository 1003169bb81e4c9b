"""Who may talk to the companion: this device, the paired extension, the companion's own page."""

from __future__ import annotations

import re
import secrets
from urllib.parse import urlsplit

from flask import Flask, Response, g, request
from flask_cors import CORS

from meelezer.settings import HOST
from meelezer.tokens import TokenStore
from meelezer.web.errors import ApiError

EXTENSION_ORIGIN = re.compile(r"(?:chrome-extension://[a-p]{32}|moz-extension://[0-9a-f-]{36})")
_LOCAL_NAMES = frozenset({HOST, "localhost"})
_OPEN = frozenset({"/v1/health", "/v1/pairings"})
_ASK_AGAIN = ("/playbook", "/reviews/")
"""Forms that keep what was typed when the companion was started anew meanwhile; they must look at `g.is_stale` and save nothing."""
PAGE_COOKIE = "meelezer_page"
MAX_BODY_BYTES = 1_000_000


def register_security(app: Flask, tokens: TokenStore) -> None:
    """Guard every request of `app` before a view sees it."""
    # The companion's own page needs no pairing: it proves itself by a cookie that other sites cannot send (SameSite).
    page_key = secrets.token_urlsafe(32)
    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY_BYTES
    CORS(
        app,
        resources={r"/v1/*": {"origins": [EXTENSION_ORIGIN.pattern]}},
        allow_headers=["Authorization", "Content-Type", "Accept-Language"],
        methods=["GET", "POST", "PUT", "PATCH", "DELETE"],
        max_age=600,
    )

    @app.before_request
    def _guard() -> None:
        _check_host()
        _check_origin()
        changes = request.method == "POST" and request.path != "/"  # the page at / reads, and keeps nothing
        if request.method == "OPTIONS" or request.path in _OPEN or not (changes or request.path.startswith("/v1/")):
            return
        try:
            _check_token(tokens, page_key)
        except ApiError:
            if not request.path.startswith(_ASK_AGAIN):
                raise
            g.is_stale = True

    @app.after_request
    def _headers(response: Response) -> Response:
        response.headers["X-Content-Type-Options"] = "nosniff"
        # "no-referrer" would make browsers send "Origin: null" with our own forms.
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["Cache-Control"] = "no-store" if not request.path.startswith("/static/") else "max-age=3600"
        response.headers["Content-Security-Policy"] = (
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
        )
        if not request.path.startswith(("/v1/", "/static/")) and response.mimetype == "text/html":
            response.set_cookie(PAGE_COOKIE, page_key, httponly=True, samesite="Strict")
        return response


def _check_host() -> None:
    """Refuse names that only resolve to this device (DNS rebinding)."""
    host = urlsplit(f"//{request.host}").hostname
    if host not in _LOCAL_NAMES:
        raise ApiError("wrong-host")


def _check_origin() -> None:
    """Refuse requests that another website makes in the user's browser."""
    origin = request.headers.get("Origin")
    if origin is not None:
        if not (EXTENSION_ORIGIN.fullmatch(origin) or _is_own(origin)):
            raise ApiError("origin-not-allowed")
    elif request.headers.get("Sec-Fetch-Site") == "cross-site" and request.headers.get("Sec-Fetch-Mode") != "navigate":
        raise ApiError("origin-not-allowed")


def _is_own(origin: str) -> bool:
    return origin == f"http://{request.host}"


def _check_token(tokens: TokenStore, page_key: str) -> None:
    header = request.headers.get("Authorization", "")
    if header:
        scheme, _, token = header.partition(" ")
        if scheme.lower() != "bearer" or not tokens.accepts(token.strip()):
            raise ApiError("token-wrong")
        return
    cookie = request.cookies.get(PAGE_COOKIE, "")
    if (
        cookie
        and secrets.compare_digest(cookie.encode(), page_key.encode())
        and request.headers.get("Sec-Fetch-Site") in (None, "same-origin")
    ):
        return
    raise ApiError("token-missing")
