"""The pages of a team: log in, accept an invitation, look after people, and one's own password and tokens."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, Response, g, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from meelezer.core.conversation import LANGUAGES
from meelezer.messages import messages
from meelezer.reviews.access import Access
from meelezer.reviews.passwords import LONGEST, SHORTEST
from meelezer.reviews.people import OWN_PAGE, PEOPLE_PAGE, People, PeopleError
from meelezer.reviews.people_tables import ROLES, AccessLog
from meelezer.reviews.sessions import Sessions
from meelezer.settings import Settings
from meelezer.web.language import page_language
from meelezer.web.review_words import moment
from meelezer.web.team import begin, leave, login_page, wanted_page

WHY_NOT = {
    **{
        kind: f"organisation.{kind}"
        for kind in (
            "away", "odd", "state", "refused", "unknown_client", "untrusted", "clock",
            "no_email", "not_verified", "domain", "not_invited", "organisation_other",
        )
    },
    **{kind: f"team.{kind}" for kind in ("name_taken", "email_taken", "email_odd", "login_odd", "last_admin")},
}  # fmt: skip
"""Why the organisation's login let nobody in, as it comes back in the address."""
_ROLE_BEHIND = re.compile(rf"\(({'|'.join(ROLES)})\)$")
_STATUS = {"login_wrong": 401, "invitation_gone": 404, "person_gone": 404}


def create_people_pages(people: People, access: Access, sessions: Sessions, settings: Settings) -> Blueprint:
    """Return the blueprint with every page about people; the guard has looked at the role before."""
    pages = Blueprint("people_pages", __name__)

    def shown(template: str, note: str = "", status: int = 200, **known: Any) -> Response:
        language, now = page_language(settings), datetime.now(UTC)
        t = messages(language).section("team")
        html = render_template(
            template,
            language=language,
            other=next(each for each in LANGUAGES if each != language),
            t=t,
            note=note,
            at=lambda when: moment(when, now, language),
            about=lambda entry: _about(entry, t),
            shortest=SHORTEST,
            longest=LONGEST,
            **known,
        )
        return make_response(html, status)

    def said(key: str) -> str:
        return messages(page_language(settings))(f"team.{key}").replace("{shortest}", str(SHORTEST))

    def why_not(error: PeopleError) -> tuple[str, int]:
        return said(error.kind), _STATUS.get(error.kind, 422)

    def here(endpoint: str, **values: Any) -> AnyResponse:
        return redirect(url_for(f"people_pages.{endpoint}", lang=page_language(settings), **values), 303)

    @pages.get("/login", endpoint="login_page")
    def ask() -> AnyResponse:
        """Ask who this is."""
        if g.person is not None:
            return redirect(wanted_page(), 303)
        if "new" in request.args:
            return login_page(settings, said("accepted"))
        why = WHY_NOT.get(request.args.get("why", ""))
        return login_page(settings, messages(page_language(settings))(why) if why else "")

    @pages.post("/login")
    def log_in() -> AnyResponse:
        """Let somebody in, and bring them to where they were going."""
        if g.get("is_stale"):
            return login_page(settings, said("again"), 401)
        try:
            begin(sessions, people.log_in(request.form.get("login", ""), request.form.get("password", "")))
        except PeopleError as error:
            return login_page(settings, *why_not(error))
        return redirect(f"{wanted_page()}?lang={page_language(settings)}", 303)

    @pages.post("/logout")
    def log_out() -> AnyResponse:
        """End the session of this browser."""
        if not g.get("is_stale"):
            leave(sessions)
        return here("login_page")

    def welcome(token: str, note: str = "", status: int = 200) -> Response:
        try:
            invitation, login = people.invitation(token)
        except PeopleError as error:
            return shown("refused.html", *why_not(error))
        typed = request.form.get("login", "")[:100]
        return shown("invitation.html", note, status, invitation=invitation, known=login, login=typed)

    @pages.get("/invitation/<token>")
    def invited(token: str) -> AnyResponse:
        """Ask for a login and a password."""
        return welcome(token)

    @pages.post("/invitation/<token>")
    def accept(token: str) -> AnyResponse:
        """Make the person, once."""
        if g.get("is_stale"):
            return welcome(token, said("again"), 401)
        password = request.form.get("password", "")
        if password != request.form.get("repeated"):
            return welcome(token, said("not_the_same"), 422)
        try:
            people.accept(token, request.form.get("login", ""), password)
        except PeopleError as error:
            return welcome(token, *why_not(error))
        return here("login_page", new="1")

    def team(note: str = "", status: int = 200, link: str = "") -> Response:
        return shown(
            "people.html", note, status, people=people.listed(), invitations=people.open_invitations(), log=access.log(),
            roles=ROLES, link=link and (settings.public_url or request.host_url.rstrip("/")) + link,
        )  # fmt: skip

    @pages.get(PEOPLE_PAGE)
    def everybody() -> AnyResponse:
        """Show the people, the open invitations and the log."""
        return team()

    @pages.post(f"{PEOPLE_PAGE}/invitations")
    def invite() -> AnyResponse:
        """Make an invitation, for somebody new or (`again`) for a new password; its link is shown this once."""
        if g.get("is_stale"):
            return team(said("again"), 401)
        role = next((each for each in ROLES if each == request.form.get("role")), ROLES[0])
        try:
            token = people.invite(
                request.form.get("name", ""), role, g.person.name, PEOPLE_PAGE,
                email=request.form.get("email", ""), again="again" in request.form,
            )  # fmt: skip
        except PeopleError as error:
            return team(*why_not(error))
        is_enough = settings.has_organisation and bool(request.form.get("email", "").strip())
        note = said("invited_email" if is_enough else "invited")
        return team(note, link=url_for("people_pages.invited", token=token))

    @pages.post(f"{PEOPLE_PAGE}/withdrawals")
    def withdraw() -> AnyResponse:
        """Make an invitation useless."""
        if g.get("is_stale"):
            return team(said("again"), 401)
        people.withdraw(request.form.get("invitation", "")[:64], g.person.name, PEOPLE_PAGE)
        return here("everybody")

    @pages.post(f"{PEOPLE_PAGE}/deactivations")
    def deactivate() -> AnyResponse:
        """Let somebody in no more."""
        if g.get("is_stale"):
            return team(said("again"), 401)
        if request.form.get("sure") != "yes":
            return team(said("sure_needed"), 422)
        try:
            people.deactivate(request.form.get("login", ""), g.person.name, PEOPLE_PAGE)
        except PeopleError as error:
            return team(*why_not(error))
        return here("everybody")

    def myself(note: str = "", status: int = 200, token: str = "") -> Response:
        return shown("me.html", note, status, tokens=access.tokens(g.person), token=token)

    @pages.get(OWN_PAGE)
    def me() -> AnyResponse:
        """Show one's own tokens, and ask for another password."""
        return myself()

    @pages.post(f"{OWN_PAGE}/password")
    def change_password() -> AnyResponse:
        """Change the password; every other session ends."""
        if g.get("is_stale"):
            return myself(said("again"), 401)
        new = request.form.get("password", "")
        if new != request.form.get("repeated"):
            return myself(said("not_the_same"), 422)
        try:
            g.person = people.change_password(g.person, request.form.get("old", ""), new)
        except PeopleError as error:
            return myself(*why_not(error))
        begin(sessions, g.person)
        return myself(said("changed"))

    @pages.post(f"{OWN_PAGE}/tokens")
    def make_token() -> AnyResponse:
        """Make a token for an extension or a program; it is shown this once."""
        if g.get("is_stale"):
            return myself(said("again"), 401)
        try:
            token = access.make_token(g.person, request.form.get("label", ""))
        except PeopleError as error:
            return myself(*why_not(error))
        return myself(said("token_made"), token=token)

    @pages.post(f"{OWN_PAGE}/revocations")
    def revoke() -> AnyResponse:
        """Make a token useless."""
        if g.get("is_stale"):
            return myself(said("again"), 401)
        number = request.form.get("token", "")
        access.revoke_token(g.person, int(number) if re.fullmatch("[0-9]{1,9}", number) else 0)
        return here("me")

    return pages


def _about(entry: AccessLog, t: Mapping[str, str]) -> str:
    """Return what a line of the log is about; a role stands there by its id."""
    about = entry.about or ""
    if entry.what == "accepted":
        return t.get(f"role_{about}", about)
    if entry.what == "invited" and (found := _ROLE_BEHIND.search(about)):
        return f"{about[: found.start()]}({t[f'role_{found[1]}']})"
    return about
