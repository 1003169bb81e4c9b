"""POST /v1/analyses: the agreed shape for what is found and for every kind of bad input."""

from __future__ import annotations

import json
import logging

import pytest

DRAFT = "Beste Lisa 😀,\n\nU had de voorwaarden moeten lezen. Groet, Team Klantenservice"


def test_answer_has_the_agreed_shape(companion):
    answer = companion.analyse(
        {"draft": {"text": DRAFT}, "complaint": {"text": "Waar blijft mijn jurk?", "author": "Lisa"}, "locale": "nl"}
    )
    assert answer.status_code == 200
    body = answer.get_json()
    assert set(body) == {
        "language",
        "warnings",
        "components",
        "balance",
        "axes",
        "complaint",
        "platform",
        "skipped",
        "took_ms",
    }
    first = body["warnings"][0]
    assert set(first) == {
        "check", "level", "start", "end", "text", "title", "message", "why", "rewrites", "replaces", "seen_by", "confidence",
    }  # fmt: skip
    assert [warning["check"] for warning in body["warnings"]] == ["finger-pointing", "anonymity"]
    assert body["skipped"] == []


def test_positions_are_utf16_code_units(companion):
    units = DRAFT.encode("utf-16-le")
    for warning in companion.analyse({"draft": {"text": DRAFT}}).get_json()["warnings"]:
        assert units[warning["start"] * 2 : warning["end"] * 2].decode("utf-16-le") == warning["text"]
        replaced = units[warning["replaces"]["start"] * 2 : warning["replaces"]["end"] * 2].decode("utf-16-le")
        assert warning["text"] in replaced


@pytest.mark.parametrize(
    ("body", "status", "code", "field"),
    [
        ({}, 422, "nothing-to-read", None),
        ([], 422, "value-wrong", None),
        ({"draft": {"text": "Dag"}, "tone": 1}, 422, "unknown-key", "tone"),
        ({"draft": {"text": "Dag", "lang": "nl"}}, 422, "unknown-key", "draft.lang"),
        ({"draft": {}}, 422, "value-missing", "draft.text"),
        ({"draft": {"text": ""}}, 422, "text-empty", "draft.text"),
        ({"draft": {"text": " \n"}}, 422, "text-empty", "draft.text"),
        ({"draft": {"text": "Dag"}, "complaint": {"text": ""}}, 422, "text-empty", "complaint.text"),
        ({"draft": {"text": "a" * 20_001}}, 413, "draft-too-long", "draft.text"),
        ({"complaint": {"text": "a" * 20_001}}, 413, "complaint-too-long", "complaint.text"),
        ({"draft": {"text": 5}}, 422, "value-wrong", "draft.text"),
        ({"draft": "Dag"}, 422, "value-wrong", "draft"),
        ({"draft": {"text": "Dag"}, "locale": "fr"}, 422, "value-wrong", "locale"),
        (
            {"draft": {"text": "Dag"}, "complaint": {"text": "Hé", "posted_at": "gisteren"}},
            422,
            "value-wrong",
            "complaint.posted_at",
        ),
        (
            {"draft": {"text": "Dag"}, "complaint": {"text": "Hé", "posted_at": "2026-11-20T18:05:00"}},
            422,
            "value-wrong",
            "complaint.posted_at",
        ),
        ({"draft": {"text": "Dag"}, "complaint": {"text": "Hé", "rating": -1}}, 422, "value-wrong", "complaint.rating"),
    ],
)
def test_bad_request_gets_a_clear_error(companion, body, status, code, field):
    answer = companion.analyse(body)
    assert answer.status_code == status
    error = answer.get_json()["error"]
    assert (error["code"], error["field"]) == (code, field)
    assert error["message"].endswith(".")


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"{", "not-json"),
        (b'\xff\xfe{"draft"', "not-json"),
        (b"[" * 50_000, "not-json"),
        (b"", "not-json"),
        (b'{"draft": {"text": "half \\ud800 teken"}}', "text-not-unicode"),
        (b"a" * 1_000_001, "request-too-large"),
    ],
)
def test_bad_bytes_get_a_clear_error(companion, raw, code):
    answer = companion.client.post("/v1/analyses", data=raw, content_type="application/json", headers=companion.headers)
    assert answer.get_json()["error"]["code"] == code
    assert b"Traceback" not in answer.data


def test_only_json_is_taken(companion):
    answer = companion.client.post(
        "/v1/analyses", data='{"draft": {"text": "Dag"}}', content_type="text/plain", headers=companion.headers
    )
    assert (answer.status_code, answer.get_json()["error"]["code"]) == (415, "not-json-type")


def test_errors_speak_the_clients_language(companion):
    answer = companion.analyse({}, **{"Accept-Language": "en-GB,en;q=0.9"})
    assert answer.get_json()["error"]["message"] == "A complaint or a draft is needed."


def test_a_text_of_exactly_the_limit_is_read(companion):
    assert companion.analyse({"draft": {"text": "a" * 20_000}}).status_code == 200


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert('x')</script> Dat had u moeten lezen.",
        "שלום, dat had u moeten lezen.",
        "🙄" * 300,
        "\x00\x01 dat had u moeten lezen",
    ],
)
def test_odd_text_comes_back_as_it_was(companion, text):
    body = companion.analyse({"draft": {"text": text}, "language": "nl"}).get_json()
    units = text.encode("utf-16-le")
    for warning in body["warnings"]:
        assert units[warning["start"] * 2 : warning["end"] * 2].decode("utf-16-le") == warning["text"]


def test_nothing_of_the_users_text_is_logged(companion, caplog):
    secret = "geheimenis"
    with caplog.at_level(logging.DEBUG):
        companion.analyse({"draft": {"text": f"Dat had u moeten lezen, {secret}."}, "complaint": {"text": secret}})
        companion.analyse({"draft": {"text": secret}, secret: 1})
        companion.client.post("/v1/analyses", data=secret, content_type="application/json", headers=companion.headers)
    assert secret not in caplog.text


def test_an_inner_failure_shows_and_logs_no_text(companion, caplog, monkeypatch):
    def fail(*_):
        raise ValueError("geheimenis")

    monkeypatch.setattr("meelezer.core.engine.read", fail)
    answer = companion.analyse({"draft": {"text": "geheimenis"}})
    assert answer.status_code == 500
    assert answer.get_json()["error"]["code"] == "internal"
    assert "geheimenis" not in caplog.text + json.dumps(answer.get_json())
    assert "ValueError at fail" in caplog.text


def test_checks_are_listed_in_the_language_asked_for(companion):
    checks = companion.client.get("/v1/checks?locale=en", headers=companion.headers).get_json()["checks"]
    assert {"sarcasm", "finger-pointing", "anonymity", "defensiveness"} <= {check["id"] for check in checks}
    assert "This may read as sarcastic" in {check["title"] for check in checks}


def test_unknown_address_and_method(companion):
    assert companion.client.get("/v1/nope", headers=companion.headers).get_json()["error"]["code"] == "not-found"
    assert (
        companion.client.get("/v1/analyses", headers=companion.headers).get_json()["error"]["code"]
        == "method-not-allowed"
    )


def test_sites_are_listed_with_their_rules(companion):
    sites = {
        site["id"]: site
        for site in companion.client.get("/v1/platforms?locale=en", headers=companion.headers).get_json()["platforms"]
    }
    assert (sites["x"]["most"], sites["x"]["counting"], sites["x"]["rules"]) == (280, "weighted", [])
    assert sites["google-business"]["counting"] == "bytes"
    rules = {rule["id"]: rule for rule in sites["tripadvisor"]["rules"]}
    assert {"no-links", "no-email", "no-offers"} <= rules.keys()
    assert rules["no-email"]["advice"].startswith("Tripadvisor allows no e-mail address")


def test_a_broken_rule_comes_with_its_place(companion):
    draft = "🙂 Mail mij op noor@visbar.nl. Noor"
    answer = companion.analyse({"draft": {"text": draft}, "platform": "tripadvisor"})
    platform = answer.get_json()["platform"]
    assert (platform["id"], platform["most"], platform["length"]) == ("tripadvisor", 10000, len(draft))
    (rule,) = platform["broken"]
    units = draft.encode("utf-16-le")
    assert units[2 * rule["start"] : 2 * rule["end"]].decode("utf-16-le") == "noor@visbar.nl"
