"""Logging in through the organisation: a real provider on this device, real HTTP, and every way in which it may be lied to."""

from __future__ import annotations

import base64
import hmac
import json
import logging
import re
import threading
import time
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from flask import Response
from joserfc.jwk import OctKey, RSAKey
from tests.companion.reviews.test_people import SECRET, _quick  # noqa: F401 - a fixture
from tests.companion.test_cli import meelezer
from tests.companion.web.oidc_provider import CLIENT_ID, CLIENT_SECRET, Claims, Provider
from werkzeug.serving import make_server

from meelezer.core.engine import Engine
from meelezer.messages import messages
from meelezer.reviews.access import Access
from meelezer.reviews.database import Database
from meelezer.reviews.people import People
from meelezer.settings import Settings, SettingsError, load_settings
from meelezer.web.factory import create_app
from meelezer.web.organisation import CLOCKS_MAY_DIFFER, Organisation, OrganisationError
from meelezer.web.organisation_pages import ARRIVE, START
from meelezer.web.people_pages import WHY_NOT
from meelezer.web.team import _OPEN


class Site:
    """A team's companion over HTTP, and browsers that go there."""

    def __init__(self, engine: Engine, folder: Path, provider: Provider, **settings: Any) -> None:
        self.database = Database(folder)
        self.people, self.access = People(self.database), Access(self.database)
        known = {"oidc_issuer": provider.issuer, "oidc_client_id": CLIENT_ID, "oidc_client_secret": CLIENT_SECRET}
        self.settings = Settings(data_dir=folder, team=True, **{**known, **settings})
        self.app = create_app(self.settings, engine=engine, database=self.database)
        self._server = make_server("127.0.0.1", 0, self.app, threaded=True)
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        provider.redirects.add(self.address + ARRIVE)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()

    def browser(self) -> Browser:
        return Browser(self.address)

    def logged(self) -> list[tuple[str, str, str | None]]:
        return [(each.who, each.what, each.about) for each in reversed(self.access.log())]

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(10)
        self.database.close()


class Browser:
    """Follows redirects as a browser does, and remembers where it has been."""

    def __init__(self, address: str) -> None:
        self.address, self.session, self.last = address, requests.Session(), ""
        self.session.trust_env = False

    def get(self, path: str, **more: Any) -> requests.Response:
        answer = self.session.get(path if "://" in path else self.address + path, timeout=30, **more)
        answer.encoding = "utf-8"
        for step in (*answer.history, answer):
            if ARRIVE in step.url:
                self.last = step.url
        return answer

    def enter(self, query: str = "") -> str:
        """Press the button; return the page where that ends."""
        return unescape(self.get(START + query).text)

    def hold(self) -> str:
        """Press the button, and stop before coming back; return where the provider would have sent us."""
        away = self.get(START, allow_redirects=False).headers["Location"]
        return self.get(away, allow_redirects=False).headers["Location"]

    @property
    def is_in(self) -> bool:
        return self.get("/reviews", allow_redirects=False).status_code == 200


@pytest.fixture
def provider():
    made = Provider()
    yield made
    made.stop()


@pytest.fixture
def site(engine: Engine, tmp_path: Path, provider: Provider):
    made = Site(engine, tmp_path / "data", provider)
    made.people.invite("Eva", "reviewer", "Ada", "/people", email="eva@shop.example")
    yield made
    made.stop()


def why(page: str, language: str = "nl") -> str:
    """Return which reason stands on the page."""
    told = re.search(r'id="note">([^<]*)<', page)[1]
    return next(kind for kind, key in WHY_NOT.items() if messages(language)(key) == told)


@pytest.mark.parametrize(
    ("language", "button"), [("nl", "Inloggen via de organisatie"), ("en", "Log in through the organisation")]
)
def test_the_whole_way(site: Site, provider: Provider, language: str, button: str) -> None:
    eva = site.browser()
    page = unescape(eva.get(f"/reviews?lang={language}").text)
    assert button in page
    link = re.search(r'<a class="button" href="([^"]+)"', page)[1]
    answer = eva.get(link)
    assert answer.url == f"{site.address}/reviews?lang={language}"
    assert messages(language)("team.log_out") in unescape(answer.text)
    (asked,) = provider.asked
    assert (asked["code_challenge_method"], asked["response_type"], asked["redirect_uri"]) == (
        "S256",
        "code",
        site.address + ARRIVE,
    )
    assert len(asked["state"]) >= 20
    assert len(asked["nonce"]) >= 20
    assert {"openid", "email"} <= set(asked["scope"].split())
    (person,) = site.people.listed()
    assert (person.name, person.role) == ("Eva", "reviewer")
    assert site.logged()[1:] == [("Eva", "accepted", "reviewer"), ("Eva", "login-organisation", None)]
    me = unescape(eva.get(f"/people/me?lang={language}").text)
    assert messages(language)("team.no_password") in me
    assert 'name="old"' not in me
    assert site.browser().enter("?next=/people/me").count("Eva")
    assert len(site.people.listed()) == 1


def test_each_attempt_is_another(site: Site, provider: Provider) -> None:
    for _ in range(3):
        assert site.browser().enter()
    for key in ("state", "nonce", "code_challenge"):
        assert len({each[key] for each in provider.asked}) == 3


@pytest.mark.parametrize("language", ["nl", "en"])
def test_who_was_not_invited_is_told_and_nobody_is_made(site: Site, provider: Provider, language: str) -> None:
    provider.who |= {"sub": "2", "email": "tom@shop.example", "name": "Tom"}
    tom = site.browser()
    page = tom.enter(f"?lang={language}&next=/people/me")
    assert why(page, language) == "not_invited"
    assert "next=%2Fpeople%2Fme" in page or "next=/people/me" in page  # the next try still goes there
    assert not tom.is_in
    assert site.people.listed() == []
    assert site.logged()[-1] == ("", "organisation-refused", "tom@shop.example")


def without(*names: str) -> Callable[[Claims], Claims]:
    return lambda claims: {key: value for key, value in claims.items() if key not in names}


def having(**more: Any) -> Callable[[Claims], Claims]:
    return lambda claims: {**claims, **more}


def soon(name: str, seconds: int) -> Callable[[Claims], Claims]:
    return lambda claims: {**claims, name: int(time.time()) + seconds}


FORGER = RSAKey.generate_key(2048, {"kid": "one"})
LIES: dict[str, tuple[str, Callable[[Claims], Claims]]] = {
    "for another program": ("untrusted", having(aud="somebody-else")),
    "for another program, with our azp": ("untrusted", having(aud="somebody-else", azp=CLIENT_ID)),
    "for others in a list": ("untrusted", having(aud=["a", "b"], azp=CLIENT_ID)),
    "by another program": ("untrusted", having(aud=[CLIENT_ID, "b"], azp="b")),
    "for nobody": ("untrusted", without("aud")),
    "of another issuer": ("untrusted", having(iss="https://evil.example")),
    "of no issuer": ("untrusted", without("iss")),
    "with another nonce": ("untrusted", having(nonce="x" * 20)),
    "with no nonce": ("untrusted", without("nonce")),
    "with an empty nonce": ("untrusted", having(nonce="")),
    "about nobody": ("untrusted", without("sub")),
    "about an empty name": ("untrusted", having(sub="")),
    "about a number": ("untrusted", having(sub=1)),
    "about a whole book": ("untrusted", having(sub="x" * 5000)),
    "with another token's hash": ("untrusted", having(at_hash="AAAAAAAAAAAAAAAAAAAAAA")),
    "of the past": ("clock", soon("exp", -CLOCKS_MAY_DIFFER - 30)),
    "of the future": ("clock", soon("iat", CLOCKS_MAY_DIFFER + 30)),
    "not yet good": ("clock", soon("nbf", CLOCKS_MAY_DIFFER + 30)),
    "without an end": ("clock", without("exp")),
    "without an address": ("no_email", without("email")),
    "with an address that is none": ("no_email", having(email="eva")),
    "with a list for an address": ("no_email", having(email=["eva@shop.example", "x"])),
    "not verified": ("not_verified", having(email_verified=False)),
    "not verified, in a word": ("not_verified", having(email_verified="false")),
    "nothing said of verifying": ("not_verified", without("email_verified")),
}


@pytest.mark.parametrize("lie", LIES)
def test_what_does_not_hold_lets_nobody_in(site: Site, provider: Provider, lie: str) -> None:
    kind, provider.claims = LIES[lie]
    browser = site.browser()
    assert why(browser.enter()) == kind
    assert not browser.is_in
    assert site.people.listed() == []
    provider.claims = lambda claims: claims
    assert browser.enter()
    assert browser.is_in  # the same browser, told the truth


SIGNED: dict[str, tuple[str, Callable[[Provider], Callable[[Claims], str]]]] = {
    "by a forger with the same kid": ("untrusted", lambda p: lambda claims: p.signed(claims, FORGER)),
    "with our own secret": (
        "untrusted",
        lambda p: lambda claims: p.signed(claims, OctKey.import_key(CLIENT_SECRET), "HS256"),
    ),
    "with the public key as a secret": (
        "untrusted",
        lambda p: lambda claims: by_hand(claims, p.key.as_pem(private=False)),
    ),
    "by nobody": ("untrusted", lambda p: lambda claims: p.signed(claims, OctKey.generate_key(256), "none")),
    "and then changed": (
        "untrusted",
        lambda p: lambda claims: changed(p.signed(claims), p.signed({**claims, "email": "a@b.nl"})),
    ),
    "not at all": ("untrusted", lambda _p: lambda _claims: ""),
    "as noise": ("untrusted", lambda _p: lambda _claims: "x.y.z"),
}


def by_hand(claims: Claims, secret: bytes) -> str:
    """Return a token that no library would make."""
    parts = [
        base64.urlsafe_b64encode(json.dumps(each).encode()).rstrip(b"=")
        for each in ({"alg": "HS256", "kid": "one"}, claims)
    ]
    signature = hmac.digest(secret, b".".join(parts), "sha256")
    return b".".join((*parts, base64.urlsafe_b64encode(signature).rstrip(b"="))).decode()


def changed(token: str, other: str) -> str:
    return ".".join((token.split(".")[0], other.split(".")[1], token.split(".")[2]))


@pytest.mark.parametrize("how", SIGNED)
def test_a_forged_token_lets_nobody_in(site: Site, provider: Provider, how: str) -> None:
    kind, sign = SIGNED[how]
    provider.sign = sign(provider)
    browser = site.browser()
    assert why(browser.enter()) in (kind, "odd")
    assert not browser.is_in
    assert site.people.listed() == []


@pytest.mark.parametrize(
    "verified", [{"email_verified": "true"}, {"email_verified": None, "xms_edov": True}, {"xms_edov": "1"}]
)
def test_verified_may_be_said_in_other_ways(site: Site, provider: Provider, verified: Claims) -> None:
    provider.claims = lambda claims: {**without("email_verified")(claims), **verified}
    browser = site.browser()
    browser.enter()
    assert browser.is_in


def test_an_answer_is_good_once(site: Site) -> None:
    eva = site.browser()
    eva.enter()
    assert eva.is_in
    eva.get(eva.last)  # an old answer changes nothing for who is in already
    assert eva.is_in
    # Somebody with a copy of what the browser had before the answer came.
    thief, victim = site.browser(), site.browser()
    back = victim.hold()
    thief.session.cookies.update(victim.session.cookies.get_dict())
    assert "Eva" in victim.get(back).text
    assert why(unescape(thief.get(back).text)) == "state"
    assert not thief.is_in


def test_an_answer_is_good_in_its_own_browser_only(site: Site) -> None:
    victim, other = site.browser(), site.browser()
    back = victim.hold()
    assert why(unescape(other.get(back).text)) == "state"
    assert not other.is_in
    assert "Eva" in victim.get(back).text


@pytest.mark.parametrize(
    "query", ["", "?code=x", "?state=x", "?code=x&state=x", "?code=&state=", "?state=%00&code=%F0%9F%98%8A"]
)
def test_an_answer_to_nothing_is_refused(site: Site, query: str) -> None:
    browser = site.browser()
    assert why(unescape(browser.get(ARRIVE + query).text)) == "state"
    browser.hold()
    assert why(unescape(browser.get(ARRIVE + query).text)) == "state"
    assert not browser.is_in


def test_a_stolen_code_is_worth_nothing_without_its_proof(site: Site) -> None:
    victim, thief = site.browser(), site.browser()
    stolen = parse_qs(urlsplit(victim.hold()).query)["code"][0]
    mine = parse_qs(urlsplit(thief.hold()).query)["state"][0]
    page = unescape(thief.get(f"{ARRIVE}?code={stolen}&state={mine}").text)
    assert why(page) == "untrusted"
    assert "alert(1)" not in page
    assert not thief.is_in


def test_who_stops_halfway_is_told(site: Site, provider: Provider) -> None:
    provider.denies = True
    browser = site.browser()
    assert why(browser.enter()) == "refused"
    page = browser.get(f"{ARRIVE}?error=<script>&error_description=Bel+0900").text
    assert why(unescape(page)) == "refused"
    assert "0900" not in page
    assert "<script>" not in page.split("</head>")[1]


def test_the_cookie_is_another_after_coming_in(site: Site) -> None:
    eva = site.browser()
    eva.hold()
    before = eva.session.cookies.get_dict()
    eva.enter()
    assert eva.is_in
    fixed = site.browser()
    fixed.session.cookies.update(before)
    assert not fixed.is_in


@pytest.mark.parametrize("wanted", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:x"])
def test_nobody_is_sent_elsewhere(site: Site, wanted: str) -> None:
    eva = site.browser()
    answer = eva.get(START, params={"next": wanted})
    assert answer.url == f"{site.address}/?lang=nl"
    again = eva.get(START, params={"next": wanted}, allow_redirects=False)
    assert (again.status_code, again.headers["Location"]) == (303, "/")


def test_what_is_told_beside_the_token_counts_too(site: Site, provider: Provider) -> None:
    provider.claims = without("email", "email_verified", "name")
    provider.beside = {**provider.who, "sub": "somebody else"}
    browser = site.browser()
    assert why(browser.enter()) == "untrusted"
    provider.beside = {**provider.who, "email_verified": False}
    assert why(browser.enter()) == "not_verified"
    provider.beside = {"sub": provider.who["sub"]}
    assert why(browser.enter()) == "no_email"
    provider.beside = dict(provider.who)
    browser.enter()
    assert browser.is_in


def test_only_addresses_of_the_domain_come_in(engine: Engine, tmp_path: Path, provider: Provider) -> None:
    site = Site(engine, tmp_path, provider, oidc_domain="shop.example winkel.nl", oidc_newcomers=True)
    try:
        for number, (email, is_welcome) in enumerate(
            [
                ("eva@shop.example", True),
                ("tom@WINKEL.nl", True),
                ("eve@evil.example", False),
                ("eve@evilshop.example", False),
                ("eve@a.shop.example", False),
                ("shop.example@evil.example", False),
                ('"x@shop.example"@evil.example', False),
            ]
        ):
            provider.who |= {"sub": str(number), "email": email, "name": f"Naam {number}"}
            browser = site.browser()
            page = browser.enter()
            assert browser.is_in == is_welcome, email
            if not is_welcome:
                assert why(page) in ("domain", "no_email")
        assert [(each.name, each.role) for each in site.people.listed()] == [("Naam 0", "writer"), ("Naam 1", "writer")]
    finally:
        site.stop()


def test_deactivating_ends_it_at_once(site: Site) -> None:
    site.people.accept(site.people.invite("Ada", "admin", "test", "test"), "ada", SECRET)
    eva = site.browser()
    eva.enter()
    assert eva.is_in
    site.people.deactivate("eva@shop.example", "Ada", "/people")
    assert not eva.is_in
    assert why(eva.enter()) == "not_invited"


def broken_by(status: int, text: str = "") -> Response:
    return Response(text, status, content_type="application/json")


TROUBLE: dict[str, tuple[str, str, Response]] = {
    "discovery down": ("away", "/.well-known/openid-configuration", broken_by(503)),
    "discovery gone": ("odd", "/.well-known/openid-configuration", broken_by(404)),
    "discovery is a page": ("odd", "/.well-known/openid-configuration", broken_by(200, "<html>")),
    "discovery is a list": ("odd", "/.well-known/openid-configuration", broken_by(200, "[]")),
    "token down": ("away", "/token", broken_by(502)),
    "token is a page": ("odd", "/token", broken_by(200, "<html>")),
    "token is empty": ("untrusted", "/token", broken_by(200, "{}")),
    "keys down": ("away", "/jwks", broken_by(500)),
    "keys are a list": ("odd", "/jwks", broken_by(200, "[]")),
    "keys are none": ("untrusted", "/jwks", broken_by(200, '{"keys": []}')),
    "keys are broken": ("untrusted", "/jwks", broken_by(200, '{"keys": [{"kty": "RSA", "kid": "one"}]}')),
}


@pytest.mark.parametrize("trouble", TROUBLE)
def test_a_provider_in_trouble_is_told_and_tried_again(site: Site, provider: Provider, trouble: str) -> None:
    kind, path, answer = TROUBLE[trouble]
    provider.broken[path] = answer
    browser = site.browser()
    assert why(browser.enter()) == kind
    assert not browser.is_in
    provider.broken.clear()
    browser.enter()
    assert browser.is_in


ODD: dict[str, Callable[[Claims], Claims]] = {
    "another issuer": having(issuer="https://evil.example"),
    "no issuer": without("issuer"),
    "no keys": without("jwks_uri"),
    "a number": having(token_endpoint=5),
    "no address": having(token_endpoint="/token"),
    "a file": having(jwks_uri="file:///etc/passwd"),
    "signs with secrets only": having(id_token_signing_alg_values_supported=["HS256", "none"]),
}


@pytest.mark.parametrize("odd", ODD)
def test_a_provider_that_says_odd_things_is_not_used(site: Site, provider: Provider, odd: str) -> None:
    provider.told = ODD[odd]
    assert why(site.browser().enter()) == "odd"
    with pytest.raises(OrganisationError, match="odd"):
        Organisation(site.settings).provider()
    provider.told = lambda metadata: metadata
    assert site.browser().enter().count("Eva")


def test_secrets_go_over_tls_only(provider: Provider) -> None:
    from meelezer.web.organisation import _is_safe

    assert _is_safe("https://login.example/token", "https://login.example")
    for plain in ("http://login.example/token", "ftp://x/", "https:///token", "", None, ["https://x"]):
        assert not _is_safe(plain, "https://login.example")


def test_a_provider_that_is_away_is_told_and_found_again(engine: Engine, tmp_path: Path) -> None:
    provider = Provider()
    site = Site(engine, tmp_path, provider)
    provider.stop()
    try:
        assert why(site.browser().enter()) == "away"
        assert why(site.browser().enter("?lang=en"), "en") == "away"
        page = unescape(site.browser().get("/login").text)
        assert 'name="password"' in page  # the other way in is still there
    finally:
        site.stop()


def test_a_provider_may_change_its_keys(site: Site, provider: Provider) -> None:
    site.browser().enter()
    provider.key = RSAKey.generate_key(2048, {"kid": "two", "use": "sig"})
    browser = site.browser()
    browser.enter()
    assert browser.is_in


def test_a_provider_may_want_the_secret_in_the_form(site: Site, provider: Provider) -> None:
    provider.told = having(token_endpoint_auth_methods_supported=["client_secret_post", "private_key_jwt"])
    browser = site.browser()
    browser.enter()
    assert browser.is_in


def test_an_address_that_is_not_registered_gets_nowhere(site: Site, provider: Provider) -> None:
    provider.redirects.clear()
    browser = site.browser()
    answer = browser.get(START)
    assert (answer.status_code, answer.url.startswith(provider.issuer)) == (400, True)


def test_a_wrong_secret_is_the_admins_to_mend_and_stays_unsaid(
    site: Site, provider: Provider, caplog: pytest.LogCaptureFixture
) -> None:
    provider.secret = "another"
    with caplog.at_level(logging.DEBUG):
        page = site.browser().enter()
    assert why(page) == "unknown_client"
    assert "login through the organisation: unknown_client (invalid_client)" in caplog.text
    for secret in (CLIENT_SECRET, "an-access-token", "eva@shop.example"):
        assert secret not in page
        assert secret not in "".join(each.getMessage() for each in caplog.records if each.name.startswith("meelezer"))
    assert CLIENT_SECRET not in repr(site.settings)


def test_an_admin_invites_by_address_on_the_page(site: Site, provider: Provider) -> None:
    site.people.accept(site.people.invite("Ada", "admin", "test", "test"), "ada", SECRET)
    ada = site.browser()

    def send(path: str, page: str, **form: str) -> str:
        token = re.search(r'name="csrf" value="([^"]+)"', ada.get(page).text)[1]
        answer = ada.session.post(
            site.address + path, data={"csrf": token, **form}, headers={"Origin": site.address}, timeout=30
        )
        answer.encoding = "utf-8"
        return unescape(answer.text)

    send("/login", "/login", login="ada", password=SECRET)
    t = messages("nl")
    assert t("team.email_how") in ada.get("/people").text
    assert t("team.invited_email") in send(
        "/people/invitations", "/people", name="Tom", role="reviewer", email="Tom@shop.example"
    )
    assert t("team.email_odd") in send("/people/invitations", "/people", name="Bob", role="writer", email="bob")
    assert t("team.invited") in send("/people/invitations", "/people", name="Bob", role="writer", email="")
    provider.who |= {"sub": "7", "email": "tom@shop.example"}
    tom = site.browser()
    tom.enter()
    assert tom.is_in
    people = unescape(ada.get("/people").text)
    assert "tom@shop.example, beoordelaar" in people
    assert t("team.entry_login-organisation") in people
    assert t("team.email_taken") in send(
        "/people/invitations", "/people", name="Tim", role="writer", email="tom@shop.example"
    )


@pytest.mark.parametrize("language", ["nl", "en"])
def test_without_it_there_is_no_button_and_no_address(engine: Engine, tmp_path: Path, language: str) -> None:
    app = create_app(Settings(data_dir=tmp_path, team=True), engine=engine)
    client = app.test_client()
    page = unescape(client.get(f"/login?lang={language}").get_data(as_text=True))
    assert messages(language)("team.log_in_organisation") not in page
    for path in (START, ARRIVE):
        answer = client.get(path)
        assert (answer.status_code, answer.headers["Location"].split("?")[0]) == (303, "/login")
    for made_up in ("x", "title", "<b>", "team.title"):
        assert 'id="note"></p>' in client.get("/login", query_string={"why": made_up}).get_data(as_text=True)


def test_what_is_open_is_there(site: Site) -> None:
    assert set(site.app.view_functions) >= _OPEN
    for kind, key in WHY_NOT.items():
        for language in ("nl", "en"):
            page = site.browser().get(f"/login?why={kind}&lang={language}").text
            assert messages(language)(key) in unescape(page)


GOOD = {"team": True, "oidc_issuer": "https://login.example", "oidc_client_id": "x", "oidc_client_secret": "y"}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"oidc_issuer": "http://login.example"}, "oidc_issuer must be like"),
        ({"oidc_issuer": "login.example"}, "oidc_issuer must be like"),
        ({"oidc_issuer": "https://login.example?x=1"}, "oidc_issuer must be like"),
        ({"oidc_issuer": "https://login.example:x"}, "oidc_issuer must be like"),
        ({"oidc_issuer": ""}, "oidc_issuer is missing"),
        ({"oidc_client_id": ""}, "needs oidc_client_id"),
        ({"oidc_client_secret": ""}, "needs oidc_client_secret or"),
        ({"oidc_client_secret_file": "/x"}, "keep one"),
        ({"oidc_newcomers": True}, "needs oidc_domain"),
        ({"oidc_newcomers": "perhaps"}, "oidc_newcomers must be true or false"),
        ({"oidc_domain": "eva@shop.example"}, "oidc_domain must be like"),
        ({"oidc_domain": "shop"}, "oidc_domain must be like"),
        ({"oidc_client_secret": 1234567}, "oidc_client_secret must be text"),
    ],
)
def test_settings_that_cannot_be_are_refused_without_the_secret(
    tmp_path: Path, changes: dict[str, Any], message: str
) -> None:
    with pytest.raises(SettingsError, match=message) as refused:
        load_settings({**GOOD, **changes}, {}, tmp_path / "none.toml")
    assert "1234567" not in str(refused.value)


def test_settings_of_an_organisation(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('team = true\noidc_issuer = "https://login.example/realm/"\noidc_client_id = "x"\n')
    environment = {
        "MEELEZER_OIDC_CLIENT_SECRET": "y", "MEELEZER_OIDC_DOMAIN": "@Shop.example, winkel.nl", "MEELEZER_OIDC_NEWCOMERS": "yes",
    }  # fmt: skip
    settings = load_settings({}, environment, file)
    assert (settings.has_organisation, settings.oidc_issuer) == (True, "https://login.example/realm/")
    assert (settings.oidc_domains, settings.oidc_newcomers) == ({"shop.example", "winkel.nl"}, True)
    assert not load_settings({"team": False}, {}, file).has_organisation  # and half of it then harms nobody
    assert load_settings({**GOOD, "oidc_issuer": "http://127.0.0.1:1"}, {}, tmp_path / "none.toml").has_organisation


@pytest.mark.parametrize(
    ("content", "told"), [(None, "FileNotFoundError"), ("  \n", "empty"), (b"\xff\xfe", "UnicodeDecodeError")]
)
def test_the_secret_may_stand_in_a_file(
    engine: Engine, tmp_path: Path, provider: Provider, content: str | bytes | None, told: str
) -> None:
    path = tmp_path / "secret"
    if content is not None:
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    known = {"oidc_client_secret": "", "oidc_client_secret_file": path}
    with pytest.raises(OrganisationError, match=told) as refused:
        Site(engine, tmp_path / "data", provider, **known)
    assert str(path) in refused.value.detail
    path.write_text(f"{CLIENT_SECRET}\n", "utf-8")
    site = Site(engine, tmp_path / "data", provider, **known)
    try:
        site.people.invite("Eva", "writer", "Ada", "/people", email="eva@shop.example")
        browser = site.browser()
        browser.enter()
        assert browser.is_in
    finally:
        site.stop()


def test_serve_says_that_the_secret_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "meelezer").mkdir()
    (tmp_path / "meelezer" / "settings.toml").write_text(
        'oidc_issuer = "https://login.example"\noidc_client_id = "x"\noidc_client_secret_file = "/nowhere/secret"\n'
    )
    done = meelezer("serve", "--team", "--port", "0", folder=tmp_path, locale="en")
    assert done.returncode == 2
    assert "cannot be read from oidc_client_secret_file: /nowhere/secret" in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()
