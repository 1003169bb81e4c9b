"""Who may come in where a team shares a companion: by session on the pages, by personal token or session on the API."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Mapping
from typing import Any

from flask import Flask, Response, g, make_response, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response as AnyResponse

from meelezer.core.conversation import LANGUAGES
from meelezer.messages import messages
from meelezer.reviews.access import Access
from meelezer.reviews.people_tables import Person, Role
from meelezer.reviews.sessions import LASTS, Sessions
from meelezer.settings import Settings
from meelezer.tokens import session_secret
from meelezer.web.acting import may, person
from meelezer.web.errors import ApiError, in_words
from meelezer.web.language import page_language
from meelezer.web.playbook_form import from_request

_OPEN = frozenset(
    {
        "static",
        "v1.health",
        "people_pages.login_page",
        "people_pages.log_in",
        "people_pages.invited",
        "people_pages.accept",
        "organisation.start",
        "organisation.arrive",
    }
)
"""By the name of the view: what is not listed, or not there at all, needs a person."""
NEEDS: Mapping[str, Role] = {
    "reviews.decide": "reviewer",
    "reviews.reopen": "reviewer",
    "reviews.close": "reviewer",
    "reviews.remove": "admin",
    "review_pages.act/decisions": "reviewer",
    "review_pages.act/reopenings": "reviewer",
    "review_pages.act/closings": "reviewer",
    "review_pages.act/erasure": "admin",
    "v1.write_playbook": "admin",
    "playbook.save": "admin",
    "playbook.form": "admin",
    "playbook.save_form": "admin",
    "people_pages.everybody": "admin",
    "people_pages.invite": "admin",
    "people_pages.withdraw": "admin",
    "people_pages.deactivate": "admin",
}
"""What not everybody may do, by the name of the view."""
_ERASES = frozenset({"reviews.remove", "review_pages.act/erasure"})
_READS = frozenset({"GET", "HEAD", "OPTIONS"})
_ASK_AGAIN = ("/playbook", "/reviews/", "/login", "/logout", "/invitation/", "/people")
"""Forms that look at `g.is_stale` and then do nothing: after logging in anew elsewhere the form of this page is an old one."""
_OWN_PATH = re.compile(r"/(?:[A-Za-z0-9_-]+(?:/[A-Za-z0-9_-]+)*)?")
_TYPED = ("complaint", "draft", "text", "comment", "reason", "closing", "learned")


def register_team(
    app: Flask, sessions: Sessions, access: Access, settings: Settings
) -> Callable[[], AnyResponse | None]:
    """Give `app` sessions, and return the guard that lets people in. Raises TokenStoreError."""
    app.secret_key = session_secret(settings.data_dir)
    app.config.update(
        # With this prefix browsers take it from nobody but this very host, over TLS.
        SESSION_COOKIE_NAME="__Host-meelezer_session" if settings.is_https else "meelezer_session",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.is_https,
        SESSION_REFRESH_EACH_REQUEST=False,
        PERMANENT_SESSION_LIFETIME=LASTS,
    )

    def guard() -> AnyResponse | None:
        if request.path.startswith("/v1/"):
            if request.endpoint not in _OPEN:
                g.person = _caller(sessions, access)
            if request.endpoint == "v1.pair":
                raise ApiError("no-pairing")
        elif request.endpoint != "static":
            g.person = _of_session(sessions)
            if g.person is None and request.endpoint not in _OPEN:
                return _ask_to_log_in(settings)
            if request.method not in _READS:
                _check_form()
        return _refusal(access, settings)

    @app.after_request
    def _note(response: Response) -> Response:
        # The history goes with the review, so that somebody erased it is told elsewhere.
        if _asked() in _ERASES and response.status_code in (204, 303) and (someone := person()):
            access.write(someone.name, "erased", request.path)
        return response

    return guard


def page_texts(settings: Settings) -> Callable[[], dict[str, Any]]:
    """Return what every template knows: who is there, what they may do, and the form's token. Alone there is neither login nor token."""
    return lambda: {
        "person": person(),
        "may": may,
        "csrf": _form_token if settings.team else None,
        "organisation": settings.has_organisation,
        "team": lambda language: messages(language).section("team"),
    }


def begin(sessions: Sessions, someone: Person) -> None:
    """Start a session, with a token for forms of its own; the one that was here ends."""
    leave(sessions)
    session.permanent = True
    session.update(token=sessions.begin(someone), csrf=secrets.token_urlsafe(32))


def leave(sessions: Sessions) -> None:
    """End the session of this browser, here and not only in its cookie: a copy of that lets nobody in."""
    if token := session.get("token"):
        sessions.end(str(token))
    session.clear()


def login_page(settings: Settings, note: str = "", status: int = 200) -> Response:
    """Return the page to log in on, with what was typed elsewhere when the session ended."""
    language = page_language(settings)
    html = render_template(
        "login.html",
        language=language,
        other=next(each for each in LANGUAGES if each != language),
        t=messages(language).section("team"),
        note=note,
        back=request.values.get("next", ""),
        login=request.form.get("login", "")[:100],
        typed=_what_was_typed(),
    )
    return make_response(html, status)


def _what_was_typed() -> list[str]:
    if request.path == "/playbook/form":  # many fields, to be read in one place
        fields = from_request(request.form.items(multi=True))
        rows = [value for rows in fields.rows.values() for row in rows for value in row.values.values()]
        return ["\n\n".join(value for value in [*fields.values.values(), *rows] if value.strip())]
    return [request.form[key] for key in _TYPED if request.form.get(key, "").strip()]


def wanted_page() -> str:
    """Return where somebody was going: a path of ours, never another site."""
    wanted = request.values.get("next", "")
    return wanted if _OWN_PATH.fullmatch(wanted) else "/"


def _form_token() -> str:
    if "csrf" not in session:  # nobody has logged in yet
        session["csrf"] = secrets.token_urlsafe(32)
    return str(session["csrf"])


def _check_form() -> None:
    sent, kept = request.form.get("csrf", ""), str(session.get("csrf", ""))
    if sent and kept and secrets.compare_digest(sent.encode(), kept.encode()):
        return
    if not sent or not request.path.startswith(_ASK_AGAIN):
        raise ApiError("form-wrong")
    g.is_stale = True


def _of_session(sessions: Sessions) -> Person | None:
    token = session.get("token")
    found = sessions.of(str(token)) if token else None
    if token and found is None:
        session.clear()
    return found


def _caller(sessions: Sessions, access: Access) -> Person:
    """Return who calls the API. Raises ApiError."""
    header = request.headers.get("Authorization", "")
    if header:
        scheme, _, token = header.partition(" ")
        found = access.of_token(token.strip()) if scheme.lower() == "bearer" else None
        if found is None:
            raise ApiError("token-wrong")
        return found
    found = _of_session(sessions) if _is_of_own_page() else None
    if found is None:
        raise ApiError("token-missing")
    return found


def _is_of_own_page() -> bool:
    """Say whether a call by session comes from our own page, and not from another site or an extension."""
    origin, fetched = request.headers.get("Origin"), request.headers.get("Sec-Fetch-Site")
    if fetched not in (None, "same-origin") or (origin or "").startswith(("chrome-extension:", "moz-extension:")):
        return False
    # Of the rest an Origin has been checked already; every browser sends one of the two with a change.
    return request.method in _READS or bool(origin or fetched)


def _ask_to_log_in(settings: Settings) -> AnyResponse:
    if request.method in _READS:
        return redirect(url_for("people_pages.login_page", lang=page_language(settings), next=request.path), 303)
    return login_page(settings, messages(page_language(settings))("team.ended"), 401)


def _asked() -> str:
    action = (request.view_args or {}).get("action")
    return f"{request.endpoint}/{action}" if action else str(request.endpoint)


def _refusal(access: Access, settings: Settings) -> AnyResponse | None:
    """Return a page that says why not, or None where this person may. Raises ApiError on the API."""
    someone, needed = person(), NEEDS.get(_asked())
    if needed is None or someone is None or may(needed):
        return None
    access.write(someone.name, "role-refused", request.path)
    if request.path.startswith("/v1/"):
        raise ApiError("role-not-allowed")
    language = page_language(settings)
    html = render_template(
        "refused.html",
        language=language,
        other=next(each for each in LANGUAGES if each != language),
        t=messages(language).section("team"),
        note=in_words("role-not-allowed", language),
    )
    return make_response(html, 403)
