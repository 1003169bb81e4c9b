"""What the API says of the complaint and of the reply as a whole, and the reply to start from."""

from __future__ import annotations

import pytest

COMPLAINT = "😀 Al 3 weken wacht ik op mijn jurk. Waar blijft hij? Ik wil mijn geld terug."
DRAFT = "Beste Lisa 😀,\n\nSorry dat het zo lang duurt. Ik stuur de jurk vandaag.\n\nGroet, Noor"


def words(text: str, place: dict) -> str:
    return text.encode("utf-16-le")[place["start"] * 2 : place["end"] * 2].decode("utf-16-le")


@pytest.fixture
def body(companion) -> dict:
    answer = companion.analyse(
        {
            "complaint": {"text": COMPLAINT, "author": "Lisa", "posted_at": "2026-11-20T18:05:00+01:00"},
            "draft": {"text": DRAFT},
            "locale": "nl",
        }
    )
    assert answer.status_code == 200
    return answer.get_json()


def test_components_come_in_order_with_their_words(body):
    components = body["components"]
    assert [each["id"] for each in components] == [
        "greeting", "thanks", "paraphrase", "understanding", "apology", "concession", "explanation", "action", "time", "invitation",
        "contact", "sign-off", "follow-up",
    ]  # fmt: skip
    there = {each["id"]: words(DRAFT, each) for each in components if each["present"]}
    assert there["greeting"] == "Beste Lisa"
    assert there["apology"].startswith("Sorry dat het")
    assert there["sign-off"] == "Groet, Noor"
    assert all(each["hint"] for each in components if each["needed"] and not each["present"])


def test_the_complaint_comes_with_the_customers_words(body):
    complaint = body["complaint"]
    assert complaint["language"] == "nl"
    quoted = {each["id"]: words(COMPLAINT, each) for each in complaint["expectations"] if each["start"] is not None}
    assert quoted["refund"] == "geld terug"
    assert [words(COMPLAINT, point) for point in complaint["points"]][-1] == "Ik wil mijn geld terug."
    assert 1 <= complaint["severity"]["level"] <= 4
    assert [words(COMPLAINT, each) for each in complaint["severity"]["reasons"] if each["id"] == "long"] == ["3 weken"]


def test_the_clock_runs(body):
    marks = body["complaint"]["clock"]["marks"]
    assert [mark["minutes"] for mark in marks] == [30, 60]
    assert {mark["state"] for mark in marks} == {"passed"}
    assert marks[0]["due_at"] == "2026-11-20T18:35:00+01:00"


def test_the_balance_has_reasons_with_words(body):
    balance = body["balance"]
    assert balance["band"] == "balanced"
    assert [words(DRAFT, reason) for reason in balance["reasons"] if reason["pulls"] == "vulnerable"]


def test_a_complaint_alone_is_read(companion):
    body = companion.analyse({"complaint": {"text": COMPLAINT}}).get_json()
    assert (body["warnings"], body["components"], body["balance"]) == ([], [], None)
    assert body["complaint"]["points"]
    assert all(point["answered"] is None for point in body["complaint"]["points"])


def test_a_draft_alone_has_no_complaint(companion):
    body = companion.analyse({"draft": {"text": DRAFT}}).get_json()
    assert body["complaint"] is None
    assert body["components"]


@pytest.mark.parametrize("text", ["😀", "…", "<b>x</b>", "א" * 200, "a" * 20_000, "1/5"])
def test_odd_complaints_are_no_failure(companion, text: str):
    answer = companion.analyse({"complaint": {"text": text}, "draft": {"text": "Ik zoek het uit. Noor"}})
    assert answer.status_code == 200
    assert answer.get_json()["skipped"] == []


def test_a_reply_to_start_from(companion):
    answer = companion.post(
        "/v1/suggestions", {"complaint": {"text": COMPLAINT, "author": "Lisa"}, "draft": {"text": DRAFT}}
    )
    assert answer.status_code == 200
    body = answer.get_json()
    assert body["text"].startswith("Beste Lisa")
    assert "Ik stuur de jurk vandaag." in body["text"]
    assert all(words(body["text"], gap).startswith("[") for gap in body["gaps"])


@pytest.mark.parametrize(
    ("body", "code"),
    [({}, "nothing-to-read"), ({"complaint": {"text": " "}}, "text-empty"), ({"draft": {"text": 1}}, "value-wrong")],
)
def test_a_reply_to_start_from_refuses_what_analyses_refuse(companion, body, code):
    answer = companion.post("/v1/suggestions", body)
    assert (answer.status_code, answer.get_json()["error"]["code"]) == (422, code)


def test_a_reply_to_start_from_needs_a_token(companion):
    assert companion.client.post("/v1/suggestions", json={"draft": {"text": "Dag"}}).status_code == 401
