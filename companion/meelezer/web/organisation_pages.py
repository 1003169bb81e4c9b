"""Two addresses: one that sends a browser to the organisation's login, and one that it comes back to."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from flask import Blueprint, g, redirect, request, session, url_for
from werkzeug.wrappers import Response as AnyResponse

from meelezer.reviews.organisation import come_in
from meelezer.reviews.people import LOGIN_PAGE, PeopleError
from meelezer.reviews.sessions import Sessions
from meelezer.settings import Settings
from meelezer.web.language import page_language
from meelezer.web.organisation import Organisation, OrganisationError
from meelezer.web.team import begin, wanted_page

logger = logging.getLogger(__name__)

START = f"{LOGIN_PAGE}/organisation"
ARRIVE = f"{START}/done"
_GOING_TO = "organisation"


def create_organisation_pages(organisation: Organisation, sessions: Sessions, settings: Settings) -> Blueprint:
    """Return the blueprint; what went wrong is told on the page to log in on."""
    pages = Blueprint("organisation", __name__)

    def back_to_login(kind: str, going_to: Mapping[str, str]) -> AnyResponse:
        where = url_for("people_pages.login_page", why=kind, lang=going_to["lang"], next=going_to["next"])
        return redirect(where, 303)

    @pages.get(START)
    def start() -> AnyResponse:
        """Send the browser away, with where it was going kept here."""
        going_to = {"lang": page_language(settings), "next": wanted_page()}
        if g.person is not None:
            return redirect(going_to["next"], 303)
        try:
            answer = organisation.begin((settings.public_url or request.host_url.rstrip("/")) + ARRIVE)
        except OrganisationError as error:
            _log(error)
            return back_to_login(error.kind, going_to)
        session[_GOING_TO] = going_to
        return answer

    @pages.get(ARRIVE)
    def arrive() -> AnyResponse:
        """Let in whom the organisation sent back, if they may."""
        going_to = session.pop(_GOING_TO, None) or {"lang": settings.locale, "next": "/"}
        try:
            someone = come_in(sessions.database, organisation.arrived(), newcomers=settings.oidc_newcomers)
        except OrganisationError as error:
            _log(error)
            return back_to_login(error.kind, going_to)
        except PeopleError as error:
            return back_to_login(error.kind, going_to)
        begin(sessions, someone)
        return redirect(f"{going_to['next']}?lang={going_to['lang']}", 303)

    return pages


def _log(error: OrganisationError) -> None:
    if error.detail:
        logger.warning("login through the organisation: %s (%s)", error.kind, error.detail)
