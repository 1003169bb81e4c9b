"""A team shares one companion: who may come in, under which name, and what they may do."""

from __future__ import annotations

import re
import stat
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from tests.companion.web.test_reviews import ASKED
from tests.companion.web.test_security import CHROME, error

from meelezer.core.engine import Engine
from meelezer.messages import messages
from meelezer.reviews import passwords
from meelezer.reviews.access import Access
from meelezer.reviews.database import Database
from meelezer.reviews.people import INVITED_FOR, MOST_WRONG, People
from meelezer.reviews.people_tables import TeamSession
from meelezer.reviews.sessions import LASTS
from meelezer.settings import Settings, SettingsError, load_settings
from meelezer.web import team_parts
from meelezer.web.factory import create_app
from meelezer.web.team import _OPEN, NEEDS

SECRET = "vier losse woorden 😊"
PUBLIC = "https://meelezer.example"
OWN = {"Origin": PUBLIC, "Host": "meelezer.example"}


class Browser:
    """One person's browser: a session, and the token of the form that was read last."""

    def __init__(self, client: FlaskClient) -> None:
        self.client, self.token = client, ""

    def read(self, path: str, status: int = 200) -> str:
        answer = self.client.get(path, headers={"Host": "meelezer.example"})
        assert answer.status_code == status, (path, answer.status_code, answer.headers.get("Location"))
        page = unescape(answer.get_data(as_text=True))
        self.token = (re.findall(r'name="csrf" value="([^"]+)"', page) or [""])[0]
        return page

    def send(self, path: str, **form: str):
        form = {"csrf": self.token, **form}
        return self.client.post(path, data={k: v for k, v in form.items() if v is not None}, headers=OWN)

    def log_in(self, login: str, password: str = SECRET):
        self.read("/login")
        answer = self.send("/login", login=login, password=password)
        if answer.status_code == 303:
            self.read("/people/me")
        return answer


class Team:
    """A companion for a team, with an admin, a reviewer and a writer in it."""

    def __init__(self, engine: Engine, folder: Path, public_url: str = PUBLIC) -> None:
        self.folder = folder
        self.database = Database(folder)
        self.people, self.access = People(self.database), Access(self.database)
        settings = Settings(data_dir=folder, team=True, public_url=public_url)
        self.app = create_app(settings, engine=engine, database=self.database)
        self.persons = {}
        for name, role in (("Ada", "admin"), ("Bob", "reviewer"), ("Sanne", "writer")):
            self.persons[name] = self.people.accept(self.people.invite(name, role, "test", "test"), name, SECRET)

    def browser(self, name: str | None = None) -> Browser:
        browser = Browser(self.app.test_client())
        if name:
            assert browser.log_in(name).status_code == 303
        return browser

    def call(self, name: str, method: str, path: str, body: object = None):
        token = self.access.make_token(self.persons[name], "test")
        headers = {"Authorization": f"Bearer {token}", "Origin": CHROME, "Host": "meelezer.example"}
        return self.app.test_client().open(path, method=method, json=body, headers=headers)

    def ask(self, name: str = "Sanne", **changes) -> str:
        answer = self.call(name, "POST", "/v1/reviews", {**ASKED, **changes})
        assert answer.status_code == 201, answer.get_json()
        return f"/reviews/{answer.get_json()['id']}"

    def history(self, one: str) -> list[tuple[str, str]]:
        told = self.call("Sanne", "GET", f"/v1{one}").get_json()
        return [(each["who"], each["what"]) for each in told["history"]]

    def logged(self) -> list[tuple[str, str, str]]:
        return [(each.who, each.what, each.place) for each in reversed(self.access.log())]


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    from argon2 import PasswordHasher

    quick = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    monkeypatch.setattr(passwords, "_hasher", lambda: quick)


@pytest.fixture
def team(engine: Engine, tmp_path: Path):
    made = Team(engine, tmp_path / "data")
    yield made
    made.database.close()


@pytest.mark.parametrize(
    ("language", "invited", "welcome"), [("nl", "Uitgenodigd", "Welkom, Eva"), ("en", "Invited", "Welcome, Eva")]
)
def test_the_whole_way(team, language, invited, welcome):
    one = team.ask()
    ada = team.browser("Ada")
    ada.read(f"/people?lang={language}")
    page = unescape(
        ada.send(f"/people/invitations?lang={language}", name="Eva", role="reviewer").get_data(as_text=True)
    )
    assert invited in page
    link = re.search(rf'value="{PUBLIC}(/invitation/[^"]+)" id="link"', page)[1]
    eva = team.browser()
    assert welcome in eva.read(f"{link}?lang={language}")
    done = eva.send(link, login="eva@shop.example", password=SECRET, repeated=SECRET)
    assert (done.status_code, done.headers["Location"].split("?")[0]) == (303, "/login")
    away = eva.client.get(one, headers={"Host": "meelezer.example"})
    assert away.status_code == 303
    assert away.headers["Location"].endswith(f"next={one}")
    eva.read(away.headers["Location"])
    entered = eva.send("/login", login="Eva@shop.example", password=SECRET, next=one)
    assert (entered.status_code, entered.headers["Location"].split("?")[0]) == (303, one)
    page = eva.read(f"{one}?lang={language}")
    assert messages(language)("reviews.approve") in page
    assert messages(language)("team.log_out") in page
    assert eva.send(f"{one}/decisions", by="Bob", version="1", decision="approved").status_code == 303
    assert team.history(one) == [("Sanne", "asked"), ("Eva", "read"), ("Eva", "approved")]
    log = ada.read(f"/people?lang={language}")
    for key in ("invited", "accepted", "login"):
        assert messages(language)(f"team.entry_{key}") in log
    role = messages(language)("team.role_reviewer")
    assert f"{messages(language)('team.entry_invited')} Eva ({role})" in log
    assert f"{messages(language)('team.entry_accepted')} {role}" in log
    assert eva.send("/logout").status_code == 303
    eva.read(one, 303)


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/reviews",
        "/reviews/x",
        "/playbook",
        "/playbook/form",
        "/people",
        "/people/me",
        "/nothing",
        "//login",
        "/v1x",
    ],
)
def test_every_page_needs_a_person(team, path):
    answer = team.browser().client.get(path, headers={"Host": "meelezer.example"})
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith("/login?")


def test_every_call_needs_a_person(team):
    client = team.app.test_client()
    for rule in team.app.url_map.iter_rules():
        path = re.sub("<[^>]+>", "1", rule.rule)
        for method in rule.methods - {"OPTIONS", "HEAD"}:
            answer = client.open(path, method=method, headers={"Sec-Fetch-Site": "same-origin"})
            if rule.endpoint in _OPEN:
                assert answer.status_code in (200, 403, 404), (path, method)
            elif path.startswith("/v1/"):
                assert error(answer) == (401, "token-missing"), (path, method)
            else:
                assert answer.status_code == (303 if method == "GET" else 401), (path, method)
    assert error(client.get("/v1/nothing")) == (401, "token-missing")


def test_what_needs_a_role_is_there(team):
    views = set(team.app.view_functions)
    assert {each.split("/")[0] for each in NEEDS} <= views
    assert views >= {each for each in _OPEN if not each.startswith("organisation.")}  # those: test_organisation.py


def test_words_that_only_look_like_a_role_stay_in_the_log_as_they_are(team):
    ada = team.browser("Ada")
    ada.read("/people?lang=nl")
    ada.send("/people/invitations?lang=nl", name="Eva (writer)", role="reviewer")
    team.access.make_token(team.persons["Ada"], "laptop (writer)")
    log = ada.read("/people?lang=nl")
    assert "Eva (writer) (beoordelaar)" in log
    assert f"{messages('nl')('team.entry_token-made')} laptop (writer)" in log


def test_a_wrong_password_tells_nothing_about_who_exists(team):
    browser = team.browser()
    answers = [browser.log_in(login, "niet het goede wachtwoord") for login in ("ada", "nobody", "")]
    answers += [browser.log_in("ada", "niet het goede wachtwoord") for _ in range(MOST_WRONG - 1)]
    answers.append(browser.log_in("ada"))  # right, and locked
    told = {(each.status_code, re.search(r'id="note">([^<]+)<', each.get_data(as_text=True))[1]) for each in answers}
    assert told == {(401, messages("nl")("team.login_wrong"))}
    assert "five minutes" in unescape(browser.send("/login?lang=en", login="ada", password="x").get_data(as_text=True))
    assert ("Ada", "login-locked", "/login") in team.logged()
    assert ("", "login-failed", "/login") in team.logged()
    assert "nobody" not in str(team.logged())


def test_an_invitation_is_used_once_and_expires(team, monkeypatch):
    token = team.people.invite("Eva", "writer", "Ada", "/people")
    browser = team.browser()
    for wrong, status in (
        ({"password": "kort", "repeated": "kort"}, 422),
        ({"repeated": "anders"}, 422),
        ({"login": "ADA"}, 422),
    ):
        browser.read(f"/invitation/{token}")
        answer = browser.send(
            f"/invitation/{token}", **{"login": "eva", "password": SECRET, "repeated": SECRET, **wrong}
        )
        assert answer.status_code == status
        assert SECRET not in answer.get_data(as_text=True)
    assert browser.send(f"/invitation/{token}", login="eva", password=SECRET, repeated=SECRET).status_code == 303
    assert "gebruikt, verlopen" in browser.read(f"/invitation/{token}", 404)
    assert "was used" in browser.read("/invitation/x?lang=en", 404)
    old = team.people.invite("Tom", "writer", "Ada", "/people", now=team.persons["Ada"].created_at - INVITED_FOR)
    browser.read(f"/invitation/{old}", 404)
    browser.read("/login")
    assert browser.send(f"/invitation/{old}", login="tom", password=SECRET, repeated=SECRET).status_code == 404
    assert token not in str(team.logged())


def test_who_is_deactivated_is_out_at_once(team):
    bob, ada = team.browser("Bob"), team.browser("Ada")
    token = team.access.make_token(team.persons["Bob"], "Chrome")
    ada.read("/people")
    assert ada.send("/people/deactivations", login="bob").status_code == 422  # without the tick
    assert ada.send("/people/deactivations", login="bob", sure="yes").status_code == 303
    bob.read("/reviews", 303)
    answer = team.app.test_client().get("/v1/checks", headers={"Authorization": f"Bearer {token}"})
    assert error(answer) == (401, "token-wrong")
    assert bob.log_in("bob").status_code == 401
    assert ada.send("/people/deactivations", login="ada", sure="yes").status_code == 422  # the only admin
    assert messages("nl")("team.inactive") in ada.read("/people")


def test_a_session_ends_after_half_a_day_and_with_another_password(team, monkeypatch):
    bob, elsewhere = team.browser("Bob"), team.browser("Bob")
    new = "heel iets anders nu"
    assert bob.send("/people/me/password", old="x", password=new, repeated=new).status_code == 401
    assert bob.send("/people/me/password", old=SECRET, password=new, repeated=new + "x").status_code == 422
    assert bob.send("/people/me/password", old=SECRET, password=new, repeated=new).status_code == 200
    bob.read("/reviews")
    elsewhere.read("/reviews", 303)
    with team.database.writing() as session:  # as if it had begun half a day ago
        for each in session.scalars(select(TeamSession)):
            each.started_at -= LASTS
    bob.read("/reviews", 303)


COOKIE = "__Host-meelezer_session"


def thief_of(team: Team, browser: Browser) -> Browser:
    """Another browser with a copy of the cookie."""
    thief = team.browser()
    value = browser.client.get_cookie(COOKIE, domain="meelezer.example").value
    thief.client.set_cookie(COOKIE, value, domain="meelezer.example")
    return thief


def test_who_logs_out_is_out_whatever_a_copied_cookie_says(team):
    bob, elsewhere = team.browser("Bob"), team.browser("Bob")
    thief = thief_of(team, bob)
    thief.read("/reviews")  # until then it is as good as the cookie itself
    assert bob.send("/logout").status_code == 303
    thief.read("/reviews", 303)
    # To have been let in is not remembered in an answer either.
    same_page = {"Sec-Fetch-Site": "same-origin", "Host": "meelezer.example"}
    assert error(thief.client.get("/v1/checks", headers=same_page)) == (401, "token-missing")
    elsewhere.read("/reviews")  # another browser of the same person stays in


def test_logging_in_again_ends_the_session_that_was_there(team):
    bob = team.browser("Bob")
    thief = thief_of(team, bob)
    page = bob.read("/people/me")
    bob.token = re.search(r'name="csrf" value="([^"]+)"', page)[1]
    assert bob.send("/login", login="ada", password=SECRET).status_code == 303
    assert "Ada" in bob.read("/people/me")
    thief.read("/reviews", 303)


@pytest.mark.parametrize("way", ["password", "deactivation", "new link"])
def test_a_copied_cookie_ends_with_the_password_and_the_person(team, way):
    bob, ada = team.browser("Bob"), team.browser("Ada")
    copies = [thief_of(team, bob), thief_of(team, team.browser("Bob"))]
    for each in copies:
        each.read("/reviews")
    if way == "password":
        new = "heel iets anders nu"
        assert bob.send("/people/me/password", old=SECRET, password=new, repeated=new).status_code == 200
        bob.read("/reviews")
    elif way == "deactivation":
        ada.read("/people")
        assert ada.send("/people/deactivations", login="bob", sure="yes").status_code == 303
    else:
        team.people.accept(team.people.invite("Bob", "writer", "Ada", "/people", again=True), "", SECRET)
    for each in copies:
        each.read("/reviews", 303)
        each.read("/reviews", 303)
    ada.read("/reviews")


def test_a_session_cannot_be_made_up(team):
    ada = team.browser("Ada")
    cookie = ada.client.get_cookie("__Host-meelezer_session", domain="meelezer.example")
    body, *signature = cookie.value.split(".")
    other = team.browser("Bob").client.get_cookie("__Host-meelezer_session", domain="meelezer.example").value
    for forged in (
        f"{body}.{'.'.join(other.split('.')[1:])}",
        f"{body}..",
        "x",
        f"{other.split('.')[0]}.{'.'.join(signature)}",
    ):
        client = team.app.test_client()
        client.set_cookie("__Host-meelezer_session", forged, domain="meelezer.example")
        assert client.get("/reviews", headers={"Host": "meelezer.example"}).status_code == 303
    kept = team.folder / "session-secret"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert len(kept.read_text()) >= 43


def test_the_cookie_is_for_this_host_over_tls(team, engine, tmp_path):
    browser = team.browser()
    browser.read("/login")
    answer = browser.send("/login", login="ada", password=SECRET)
    cookie = answer.headers["Set-Cookie"]
    for part in ("__Host-meelezer_session=", "Secure", "HttpOnly", "SameSite=Lax", "Path=/", "Expires="):
        assert part in cookie
    assert "meelezer_page" not in str(answer.headers)
    plain = Team(engine, tmp_path / "plain", "").app.test_client().get("/login").headers["Set-Cookie"]
    assert plain.startswith("meelezer_session=")
    assert "Secure" not in plain


def test_a_form_needs_its_token(team):
    one, bob = team.ask(), team.browser("Bob")
    typed = {"comment": "Leest als <verwijt>.", "version": "1"}
    missing = bob.send(f"{one}/comments", csrf=None, **typed)
    assert error(missing) == (403, "form-wrong")
    assert error(bob.send("/", csrf="x", draft="Dag")) == (403, "form-wrong")
    wrong = bob.send(f"{one}/comments", csrf="x" * 43, **typed)
    page = unescape(wrong.get_data(as_text=True))
    assert wrong.status_code == 401
    assert "Leest als <verwijt>.</textarea>" in page  # nothing that was typed is lost
    assert team.call("Bob", "GET", f"/v1{one}").get_json()["comments"] == []
    bob.token = re.search(r'name="csrf" value="([^"]+)"', page)[1]
    assert bob.send(f"{one}/comments", **typed).status_code == 303
    ada, login = team.browser("Ada"), team.browser()
    for browser, path, form in (
        (ada, "/people/invitations", {"name": "Eva", "role": "admin"}),
        (ada, "/people/deactivations", {"login": "bob", "sure": "yes"}),
        (ada, "/people/withdrawals", {"invitation": "x"}),
        (ada, "/people/me/tokens", {"label": "x"}),
        (
            ada,
            "/people/me/password",
            {"old": SECRET, "password": "heel iets anders nu", "repeated": "heel iets anders nu"},
        ),
        (ada, "/people/me/revocations", {"token": "1"}),
        (ada, "/playbook", {"text": "promise_minutes = 1"}),
        (login, "/login", {"login": "ada", "password": SECRET}),
    ):
        assert error(browser.send(path, csrf=None, **form)) == (403, "form-wrong")
        assert browser.send(path, csrf=bob.token, **form).status_code == 401, path
    assert [each.active for each in team.people.listed()] == [True] * 3
    assert team.people.open_invitations() == []
    assert not (team.folder / "playbook.toml").exists()
    login.read("/reviews", 303)
    assert ada.send("/logout", csrf="x").status_code == 303
    ada.read("/reviews")


def test_every_form_carries_the_token(team):
    one, ada = team.ask(), team.browser("Ada")
    team.people.invite("Eva", "writer", "Ada", "/people")
    team.access.make_token(team.persons["Ada"], "Chrome")
    for path in ("/", "/reviews", one, "/playbook", "/playbook/form", "/people", "/people/me"):
        page = ada.read(path)
        forms = re.findall(r'<form [^>]*method="post".*?</form>', page, re.DOTALL)
        assert forms
        assert all('name="csrf"' in form for form in forms), path


def test_what_was_typed_is_shown_when_the_session_has_ended(team):
    one, bob = team.ask(), team.browser("Bob")
    bob.client.delete_cookie("__Host-meelezer_session", domain="meelezer.example")
    answer = bob.send(f"{one}/comments?lang=en", comment="Lang </textarea> werk.", version="1")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 401
    assert "Lang &lt;/textarea&gt; werk.</textarea>" in page
    assert messages("en")("team.ended") in page
    form = bob.send("/playbook/form", **{"signature.nl": "Groet van <b>ons</b>", "contacts.0.name": "Chris"})
    assert (form.status_code, "Groet van &lt;b&gt;ons&lt;/b&gt;\n\nChris" in form.get_data(as_text=True)) == (401, True)


def test_a_writer_does_not_decide_and_that_is_noted(team):
    one, sanne = team.ask(name="Bob"), team.browser("Sanne")
    page = sanne.read(one)
    assert 'id="approve"' not in page
    assert 'id="erasure"' not in page
    assert messages("nl")("team.only_reviewers") in page
    refused = sanne.send(f"{one}/decisions", by="Bob", version="1", decision="approved")
    assert refused.status_code == 403
    assert messages("nl")("team.log_out") in refused.get_data(as_text=True)
    body = {"by": "Bob", "decision": "approved", "version": 1}
    assert error(team.call("Sanne", "POST", f"/v1{one}/decisions", body)) == (403, "role-not-allowed")
    assert ("Sanne", "role-refused", f"/v1{one}/decisions") in team.logged()
    assert team.history(one)[-1] == ("Sanne", "read")
    assert sanne.send(f"{one}/comments", comment="Mag wel.", version="1").status_code == 303
    team.call("Ada", "POST", f"/v1{one}/decisions", body)
    assert error(team.call("Sanne", "POST", f"/v1{one}/reopenings", {"by": "Bob"})) == (403, "role-not-allowed")
    assert 'id="decisions"' in sanne.read(one)


@pytest.mark.parametrize("name", ["Sanne", "Bob"])
def test_people_playbook_and_erasing_are_the_admins(team, name):
    one, browser = team.ask(), team.browser(name)
    assert messages("en")("team.log") not in browser.read("/people?lang=en", 403)
    for path, form in (
        ("/people/invitations", {"name": "Eva", "role": "admin"}),
        ("/people/deactivations", {"login": "ada", "sure": "yes"}),
        ("/people/withdrawals", {"invitation": "x"}),
        ("/playbook", {"text": "promise_minutes = 1"}),
        ("/playbook/form", {"promise.count": "1"}),
        (f"{one}/erasure", {"sure": "yes"}),
        *([(f"{one}/closings", {"closing": "Zo."})] if name == "Sanne" else []),
    ):
        browser.read("/people/me")
        assert browser.send(path, **form).status_code == 403, path
    browser.read("/playbook/form", 403)
    assert "<textarea" not in browser.read("/playbook")
    assert 'href="/playbook/form' not in browser.read("/playbook")
    playbook = team.call(name, "GET", "/v1/playbook").get_json()
    assert error(team.call(name, "PUT", "/v1/playbook", playbook)) == (403, "role-not-allowed")
    assert error(team.call(name, "DELETE", f"/v1{one}")) == (403, "role-not-allowed")
    assert not (team.folder / "playbook.toml").exists()
    assert len(team.people.listed()) == 3


def test_the_admin_may_and_an_erasure_is_noted_outside_of_its_history(team):
    one, other, ada = team.ask(), team.ask(key="k-2"), team.browser("Ada")
    text = re.search(r'<textarea id="text"[^>]*>\n(.*)</textarea>', ada.read("/playbook"), re.DOTALL)[1]
    assert ada.send("/playbook", text=text).status_code == 200
    assert (team.folder / "playbook.toml").exists()
    assert ada.send(f"{one}/erasure").status_code == 422
    assert ("Ada", "erased", f"{one}/erasure") not in team.logged()
    assert ada.send(f"{one}/erasure", sure="yes").status_code == 409
    assert ("Ada", "erased", f"{one}/erasure") not in team.logged()
    assert ada.send(f"{one}/closings", closing="De klant vroeg erom.").status_code == 303
    closing = {"by": "Ada", "reason": "De klant vroeg erom."}
    assert error(team.call("Sanne", "POST", f"/v1{other}/closings", closing)) == (403, "role-not-allowed")
    assert team.call("Bob", "POST", f"/v1{other}/closings", closing).get_json()["history"][-1]["who"] == "Bob"
    assert ada.send(f"{one}/erasure", sure="yes").status_code == 303
    assert team.call("Ada", "DELETE", f"/v1{other}").status_code == 204
    assert team.logged()[-1] == ("Ada", "erased", f"/v1{other}")
    assert ("Ada", "erased", f"{one}/erasure") in team.logged()


def test_nobody_acts_under_another_name(team):
    one = team.ask(writer={"name": "Ada", "role": "directie"})
    told = team.call("Bob", "GET", f"/v1{one}").get_json()
    assert told["writer"] == "Sanne"
    for path, body in (
        ("comments", {"by": "Ada", "text": "Van wie?", "version": 1}),
        ("versions", {"by": "Ada", "text": "Anders.", "based_on": 1}),
        ("decisions", {"by": "Ada", "decision": "approved", "version": 2}),
        ("placements", {"by": "Ada"}),
        ("outcomes", {"by": "Ada", "outcome": "solved"}),
        ("reopenings", {"by": "Ada"}),
        ("readers", {"by": "Ada"}),
    ):
        assert team.call("Bob", "POST", f"/v1{one}/{path}", body).status_code in (200, 201), path
    bob = team.browser("Bob")
    bob.client.set_cookie("meelezer_name", "Ada", domain="meelezer.example")
    bob.read(f"{one}?name=Ada")
    bob.send("/reviews/name", by="Ada", back=one)
    bob.send(f"{one}/comments", by="Ada", comment="En deze?", version="2")
    assert {who for who, _ in team.history(one)} == {"Sanne", "Bob"}
    told = team.call("Sanne", "GET", f"/v1{one}").get_json()
    assert {each["author"] for each in told["comments"]} == {"Bob"}
    # To be somebody else for the check on one's own draft does not work either.
    mine = team.ask(name="Bob", key="k-2")
    body = {"by": "Ada", "decision": "approved", "version": 1}
    assert error(team.call("Bob", "POST", f"/v1{mine}/decisions", body)) == (403, "own-draft")


def test_other_hosts_and_origins_are_refused(team):
    client = team.browser("Ada").client
    for host in ("evil.example", "meelezer.example.evil.example", "192.168.1.4:7463"):
        assert error(client.get("/login", headers={"Host": host})) == (421, "wrong-host")
    for origin in (
        "https://evil.example",
        "http://meelezer.example",
        "https://meelezer.example:8443",
        "null",
        "https://meelezer.example.evil.example",
    ):
        answer = client.post("/logout", headers={"Host": "meelezer.example", "Origin": origin})
        assert error(answer) == (403, "origin-not-allowed"), origin
    for host in ("meelezer.example", "meelezer.example:443", "127.0.0.1:7463"):
        assert client.get("/v1/health", headers={"Host": host}).status_code == 200
    body = {"draft": {"text": "Dat had u moeten lezen."}}
    assert client.post("/v1/analyses", json=body, headers={**OWN, "Sec-Fetch-Site": "same-origin"}).status_code == 200
    for more in ({}, {"Origin": CHROME}, {"Sec-Fetch-Site": "same-site"}, {"Sec-Fetch-Site": "none"}):
        answer = client.post("/v1/analyses", json=body, headers={"Host": "meelezer.example", **more})
        assert error(answer) == (401, "token-missing"), more


def test_a_token_of_ones_own_is_shown_once_and_can_be_revoked(team):
    sanne = team.browser("Sanne")
    page = sanne.send("/people/me/tokens", label="Chrome").get_data(as_text=True)
    token = re.search(r'value="([^"]+)" id="token"', page)[1]
    assert token not in sanne.read("/people/me")
    headers = {"Authorization": f"Bearer {token}", "Origin": CHROME}
    client = team.app.test_client()
    assert client.get("/v1/checks", headers=headers).status_code == 200
    assert client.get("/reviews", headers=headers).status_code == 303  # a token is for calls
    number = team.access.tokens(team.persons["Sanne"])[0].id
    bob = team.browser("Bob")
    assert bob.send("/people/me/revocations", token=str(number)).status_code == 303
    assert client.get("/v1/checks", headers=headers).status_code == 200
    assert sanne.send("/people/me/revocations", token=str(number)).status_code == 303
    assert error(client.get("/v1/checks", headers=headers)) == (401, "token-wrong")
    for wrong in ("Bearer", "Basic x", "Bearer \xe9"):
        assert error(client.get("/v1/checks", headers={"Authorization": wrong})) == (401, "token-wrong")
    assert [what for _, what, _ in team.logged() if what.startswith("token")] == ["token-made", "token-revoked"]


def test_tokens_of_the_device_and_pairing_codes_let_nobody_into_a_team(team):
    from meelezer.tokens import TokenStore

    own = TokenStore(team.folder).own_token()
    client = team.app.test_client()
    assert error(client.get("/v1/checks", headers={"Authorization": f"Bearer {own}"})) == (401, "token-wrong")
    body = {"code": "000-000", "client": "x"}
    assert error(client.post("/v1/pairings", json=body)) == (401, "token-missing")
    assert error(team.call("Ada", "POST", "/v1/pairings", body)) == (403, "no-pairing")


@pytest.mark.parametrize(
    "wanted", ["https://evil.example", "//evil.example", "/\\evil.example", "/reviews/../x", "javascript:x", ""]
)
def test_after_logging_in_nobody_is_sent_elsewhere(team, wanted):
    browser = team.browser()
    browser.read("/login")
    answer = browser.send("/login", login="ada", password=SECRET, next=wanted)
    assert answer.headers["Location"] == "/?lang=nl"
    again = browser.client.get(f"/login?next={wanted}", headers={"Host": "meelezer.example"})
    assert (again.status_code, again.headers["Location"]) == (303, "/")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_pages_are_in_both_languages(team, language):
    ada = team.browser("Ada")
    t = messages(language)
    for path, key in (
        ("/people", "invite"),
        ("/", "lead"),
        ("/people/me", "tokens_long"),
        ("/", "people"),
        ("/reviews", "log_out"),
        ("/playbook", "log_out"),
    ):
        page = ada.read(f"{path}?lang={language}")
        assert t(f"team.{key}") in page
        assert f'<html lang="{language}">' in page
    assert t("team.no_login") in team.browser().read(f"/login?lang={language}")
    assert "{" not in re.sub(r"<script.*?</script>", "", ada.read(f"/people?lang={language}"), flags=re.DOTALL)


def test_alone_nothing_has_changed(companion):
    for path in ("/", "/reviews", "/playbook"):
        answer = companion.client.get(path)
        assert answer.status_code == 200
        assert "csrf" not in answer.get_data(as_text=True)
        assert "meelezer_session" not in str(answer.headers)
        assert messages("nl")("team.log_out") not in answer.get_data(as_text=True)
    assert companion.client.get("/login").status_code == 404
    assert companion.client.get("/people").status_code == 404
    assert companion.client.get("/v1/health", headers={"Host": "meelezer.example"}).status_code == 421
    assert not (companion.folder / "session-secret").exists()


def test_a_secret_that_is_none_is_said(engine, tmp_path):
    from meelezer.tokens import TokenStoreError

    (tmp_path / "session-secret").write_text("short")
    with pytest.raises(TokenStoreError, match="session-secret"):
        create_app(Settings(data_dir=tmp_path, team=True), engine=engine)


@pytest.mark.parametrize(
    ("flags", "message"),
    [
        ({"team": True, "host": "0.0.0.0"}, "needs public_url"),
        ({"host": "meelezer.example"}, "host must be an IP address"),
        ({"team": "maybe"}, "team must be true or false"),
        ({"public_url": "meelezer.example"}, "public_url must be like"),
        ({"public_url": "https://meelezer.example/folder"}, "public_url must be like"),
        ({"public_url": "https://me@meelezer.example"}, "public_url must be like"),
        ({"public_url": "https://meelezer.example:x"}, "public_url must be like"),
        ({"public_url": "https://[x"}, "public_url must be like"),
    ],
)
def test_settings_that_would_let_others_in_are_refused(tmp_path, flags, message):
    with pytest.raises(SettingsError, match=message):
        load_settings(flags, {}, tmp_path / "none.toml")


def test_settings_of_a_team(tmp_path):
    file = tmp_path / "settings.toml"
    file.write_text('team = true\nhost = "0.0.0.0"\npublic_url = "https://Meelezer.Example:443/"\n')
    settings = load_settings({}, {}, file)
    assert (settings.team, settings.listens_on, settings.address) == (True, "0.0.0.0", PUBLIC)
    alone = load_settings({}, {"MEELEZER_TEAM": "no"}, file)
    assert (alone.listens_on, alone.address) == ("127.0.0.1", "http://127.0.0.1:7463")
    assert load_settings({"team": True}, {}, tmp_path / "none.toml").address == "http://127.0.0.1:7463"
    assert load_settings({"team": True, "host": "::1"}, {}, tmp_path / "none.toml").address == "http://[::1]:7463"


@pytest.mark.parametrize(
    ("missing", "part", "more"),
    [
        ("argon2", "argon2-cffi", {}),
        ("cheroot", "cheroot", {"certificate": Path("c.pem"), "key": Path("k.pem")}),
        (
            "authlib",
            "Authlib",
            {"oidc_issuer": "https://login.example", "oidc_client_id": "x", "oidc_client_secret": "y"},
        ),
    ],
)
def test_without_a_package_it_says_what_to_install(tmp_path, monkeypatch, missing, part, more):
    from meelezer.web import server

    monkeypatch.setattr(team_parts, "find_spec", lambda name: None if name == missing else object())
    settings = Settings(data_dir=tmp_path, team=True, port=0, **more)
    with pytest.raises(server.ServerError, match=rf"{part}.*pip install 'meelezer\[team\]'"):
        server.run(settings, messages("en"), lambda _line: None)
    if more:  # who does not use it does not need it
        team_parts.check_parts(Settings(data_dir=tmp_path, team=True))
