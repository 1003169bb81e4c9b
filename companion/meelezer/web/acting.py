"""Who acts: in a team the person who logged in, whatever a form or body says; alone, who they say they are."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, unquote

from flask import Response, g, make_response, request

from meelezer.reviews.people_tables import ROLES, Person, Role
from meelezer.reviews.store import Reviews, is_same_person
from meelezer.settings import Settings

NAME_COOKIE = "meelezer_name"
_A_YEAR = 365 * 24 * 3600


def person() -> Person | None:
    """Return who logged in; None where the companion serves one user."""
    found: Person | None = g.get("person")
    return found


def acting_as(said: str) -> str:
    """Return the name under which this request acts."""
    someone = person()
    return someone.name if someone else said


def may(role: Role) -> bool:
    """Say whether whoever asks may do what `role` may. One user alone may do everything."""
    someone = person()
    return someone is None or [*ROLES].index(role) <= [*ROLES].index(someone.role)  # type: ignore[arg-type]


def note_reading(reviews: Reviews, review_id: str) -> None:
    """Write into its history that a colleague reads it; alone, only the page's script says who does. Raises ReviewError."""
    someone = person()
    if someone is not None and not is_same_person(someone.name, reviews.get(review_id).writer):
        reviews.is_reading(review_id, someone.name)


def me(settings: Settings) -> str:
    """Return the name of whoever looks at a page; empty where they have not said it."""
    if someone := person():
        return someone.name
    if "name" in request.args:  # to read as somebody else
        return ""
    return unquote(request.cookies.get(NAME_COOKIE, ""))[:200].strip() or settings.name or ""


def with_name(answer: Any, name: str) -> Response:
    """Return an answer that lets this browser remember a name; a team's people have theirs."""
    response = make_response(answer)
    if person() is None:
        response.set_cookie(NAME_COOKIE, quote(name.strip()[:200]), max_age=_A_YEAR, samesite="Strict", httponly=True)
    return response
