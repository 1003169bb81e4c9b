"""Who may talk to the companion: this device, the paired extension, the companion's own page."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from urllib.parse import urlsplit

from flask import Flask, Response, g, request
from flask_cors import CORS
from werkzeug.wrappers import Response as AnyResponse

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


def register_security(
    app: Flask, tokens: TokenStore, team: Callable[[], AnyResponse | None] | None = None, public_url: str = ""
) -> None:
    """Guard every request of `app` before a view sees it; `team` lets people in, where there is one, at `public_url` too."""
    public_name = urlsplit(public_url).hostname
    names = _LOCAL_NAMES | ({public_name} if public_name else set())
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
    def _guard() -> AnyResponse | None:
        _check_host(names)
        _check_origin(public_url)
        if team is not None:
            return None if request.method == "OPTIONS" else team()
        changes = request.method == "POST" and request.path != "/"  # the page at / reads, and keeps nothing
        if request.method == "OPTIONS" or request.path in _OPEN or not (changes or request.path.startswith("/v1/")):
            return None
        try:
            _check_token(tokens, page_key)
        except ApiError:
            if not request.path.startswith(_ASK_AGAIN):
                raise
            g.is_stale = True
        return None

    @app.after_request
    def _headers(response: Response) -> Response:
        response.headers["X-Content-Type-Options"] = "nosniff"
        # "no-referrer" would make browsers send "Origin: null" with our own forms.
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["Cache-Control"] = "no-store" if not request.path.startswith("/static/") else "max-age=3600"
        response.headers["Content-Security-Policy"] = (
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
        )
        is_page = not request.path.startswith(("/v1/", "/static/")) and response.mimetype == "text/html"
        if is_page and team is None:
            response.set_cookie(PAGE_COOKIE, page_key, httponly=True, samesite="Strict")
        return response


def _check_host(names: frozenset[str]) -> None:
    """Refuse names that only resolve to this device (DNS rebinding)."""
    if _host_name() not in names:
        raise ApiError("wrong-host")


def _host_name() -> str | None:
    return urlsplit(f"//{request.host}").hostname


def _check_origin(public_url: str) -> None:
    """Refuse requests that another website makes in the user's browser."""
    origin = request.headers.get("Origin")
    if origin is not None:
        if not (EXTENSION_ORIGIN.fullmatch(origin) or _is_own(origin, public_url)):
            raise ApiError("origin-not-allowed")
    elif request.headers.get("Sec-Fetch-Site") == "cross-site" and request.headers.get("Sec-Fetch-Mode") != "navigate":
        raise ApiError("origin-not-allowed")


def _is_own(origin: str, public_url: str) -> bool:
    if public_url and origin == public_url:
        return True
    return _host_name() in _LOCAL_NAMES and origin == f"{request.scheme}://{request.host}"


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
