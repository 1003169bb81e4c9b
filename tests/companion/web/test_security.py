"""Who may ask: this device, a paired browser, the companion's own page. Nobody else."""

from __future__ import annotations

import pytest

CHROME = "chrome-extension://" + "a" * 32
FIREFOX = "moz-extension://01234567-89ab-cdef-0123-456789abcdef"


def error(answer) -> tuple[int, str]:
    return answer.status_code, answer.get_json()["error"]["code"]


def test_health_needs_no_token(companion):
    answer = companion.client.get("/v1/health")
    assert answer.get_json()["service"] == "meelezer"
    assert answer.get_json()["api"] == 1


@pytest.mark.parametrize(
    ("header", "code"),
    [
        (None, "token-missing"),
        ("Bearer fout", "token-wrong"),
        ("Basic dXNlcg==", "token-wrong"),
        ("Bearer", "token-wrong"),
        ("Bearer \xe9", "token-wrong"),
    ],
)
def test_token_is_needed(companion, header, code):
    answer = companion.client.post(
        "/v1/analyses", json={"draft": {"text": "Dag"}}, headers={"Authorization": header} if header else {}
    )
    assert error(answer) == (401, code)


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "192.168.1.4:7463", "[::2]"])
@pytest.mark.parametrize("path", ["/v1/health", "/"])
def test_a_foreign_host_name_is_refused(companion, host, path):
    assert error(companion.client.get(path, headers={"Host": host})) == (421, "wrong-host")


@pytest.mark.parametrize("host", ["127.0.0.1:7463", "localhost:7463", "localhost"])
def test_this_device_is_known(companion, host):
    assert companion.client.get("/v1/health", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "origin",
    [
        "https://www.facebook.com",
        "null",
        "http://127.0.0.1:8080",
        "http://localhost.evil.example",
        CHROME + "a",
        "file://",
        "chrome-extension://" + "z" * 32,
    ],
)
def test_another_site_is_refused(companion, origin):
    assert error(companion.analyse({"draft": {"text": "Dag"}}, Origin=origin)) == (403, "origin-not-allowed")


@pytest.mark.parametrize("origin", [CHROME, FIREFOX])
def test_an_extension_may_ask_and_read(companion, origin):
    answer = companion.analyse({"draft": {"text": "Dag"}}, Origin=origin)
    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == origin


def test_preflight(companion):
    answer = companion.client.options(
        "/v1/analyses",
        headers={
            "Origin": CHROME,
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "authorization,content-type",
        },
    )
    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == CHROME
    assert "authorization" in answer.headers["Access-Control-Allow-Headers"].lower()


def test_another_site_gets_no_permission_to_read(companion):
    answer = companion.client.options(
        "/v1/analyses", headers={"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
    )
    assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.parametrize("path", ["/v1/health", "/v1/checks", "/static/try-out.js"])
def test_a_picture_tag_on_another_site_learns_nothing(companion, path):
    answer = companion.client.get(path, headers={"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"})
    assert error(answer) == (403, "origin-not-allowed")


def test_the_own_page_needs_no_token_and_others_cannot_borrow_that(companion):
    body = {"draft": {"text": "Dat had u moeten lezen."}}
    assert error(companion.client.post("/v1/analyses", json=body)) == (401, "token-missing")
    page = companion.client.get("/")
    cookie = page.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    own = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}
    assert companion.client.post("/v1/analyses", json=body, headers=own).status_code == 200
    assert error(companion.client.post("/v1/analyses", json=body, headers={"Sec-Fetch-Site": "same-site"})) == (
        401,
        "token-missing",
    )


def test_page_allows_nothing_from_elsewhere(companion):
    policy = companion.client.get("/").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "http" not in policy


def test_pairing_hands_out_a_token_once(companion):
    code = companion.pairing.code
    answer = companion.client.post("/v1/pairings", json={"code": code, "client": "Chrome"}, headers={"Origin": CHROME})
    assert answer.status_code == 201
    token = answer.get_json()["token"]
    assert companion.client.get("/v1/checks", headers={"Authorization": f"Bearer {token}"}).status_code == 200
    assert error(companion.client.post("/v1/pairings", json={"code": code, "client": "Chrome"})) == (
        403,
        "pairing-code-wrong",
    )
    assert companion.announced == [companion.pairing.code] != [code]
    assert companion.tokens.clients()[0]["client"] == "Chrome"
    assert token not in companion.tokens.path.read_text()


def test_a_code_may_be_typed_without_its_dash(companion):
    code = companion.pairing.code.replace("-", " ")
    assert companion.client.post("/v1/pairings", json={"code": code, "client": "Firefox"}).status_code == 201


def test_guessing_a_code_makes_a_new_one(companion):
    code = companion.pairing.code
    wrong = "000-001" if code != "000-001" else "000-002"
    codes = [error(companion.client.post("/v1/pairings", json={"code": wrong, "client": "x"})) for _ in range(5)]
    assert codes == [(403, "pairing-code-wrong")] * 4 + [(429, "too-many-codes")]
    assert companion.pairing.code != code
    assert companion.announced == [companion.pairing.code]


def test_another_site_cannot_pair(companion):
    answer = companion.client.post(
        "/v1/pairings", json={"code": companion.pairing.code, "client": "x"}, headers={"Origin": "https://evil.example"}
    )
    assert error(answer) == (403, "origin-not-allowed")


def test_revoking_ends_every_pairing(companion):
    token = companion.tokens.issue("Chrome")
    companion.tokens.revoke_all()
    assert error(companion.client.get("/v1/checks", headers={"Authorization": f"Bearer {token}"})) == (
        401,
        "token-wrong",
    )
