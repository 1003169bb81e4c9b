"""The playbook over HTTP and as a page."""

from __future__ import annotations

import pytest

from meelezer.playbook import FILE_NAME, read_playbook, shipped_text
from meelezer.web.security import PAGE_COOKIE

LATE = {"complaint": {"text": "Waar blijft mijn jurk?", "posted_at": "2026-11-20T18:05:00+01:00"}}


def put(companion, body: object, **headers: str):
    return companion.client.put("/v1/playbook", json=body, headers={**companion.headers, **headers})


def read(companion):
    return companion.client.get("/v1/playbook", headers=companion.headers)


def save(companion, text: str, **headers: str):
    companion.client.get("/playbook")  # the page gives its key
    return companion.client.post("/playbook?lang=nl", data={"text": text}, headers=headers)


def test_a_fresh_install_gives_the_shipped_one(companion):
    answer = read(companion)
    assert answer.status_code == 200
    assert answer.get_json() == read_playbook(shipped_text()).model_dump(mode="json")


def test_a_written_one_is_read_back_and_starts_the_promised_clock(companion):
    body = {"promise_minutes": 45, "words": ["Meelezer"], "contacts": [{"name": "Chris", "role": "eigenaar"}]}
    written = put(companion, body)
    assert (written.status_code, written.get_json()) == (200, read(companion).get_json())
    assert written.get_json()["promise_minutes"] == 45
    marks = companion.analyse(LATE).get_json()["complaint"]["clock"]["marks"]
    assert [mark["minutes"] for mark in marks] == [30, 45, 60]


@pytest.mark.parametrize(
    ("body", "code", "field"),
    [
        ({"promise": 3}, "unknown-key", "promise"),
        ({"promise_minutes": "soon"}, "value-wrong", "promise_minutes"),
        ({"signature": {"nl": "{naam}"}}, "value-wrong", "signature.nl"),
        ([], "value-wrong", None),
    ],
)
def test_a_bad_one_is_refused_and_changes_nothing(companion, body: object, code: str, field: str | None):
    before = read(companion).get_json()
    answer = put(companion, body)
    assert (answer.status_code, answer.get_json()["error"]["code"]) == (422, code)
    assert answer.get_json()["error"]["field"] == field
    assert read(companion).get_json() == before


def test_what_cannot_be_a_file_is_refused_too(companion):
    blank = put(companion, {"signature": {"nl": "\n"}})
    assert (blank.status_code, blank.get_json()["error"]["field"]) == (422, "signature.nl")
    text = {"nl": "a" * 5_000}
    long = [{"id": f"r{n}", "title": {"nl": "x"}, "text": text} for n in range(120)]
    assert put(companion, {"standard_replies": long}).status_code == 413
    assert read(companion).get_json()["promise_minutes"] == 60


def test_without_a_token_nobody_reads_or_writes_it(companion):
    assert companion.client.get("/v1/playbook").status_code == 401
    assert companion.client.put("/v1/playbook", json={}).status_code == 401
    assert companion.client.post("/playbook", data={"text": ""}).status_code == 401


def test_a_file_with_a_mistake_is_named_with_its_line(companion, tmp_path):
    path = tmp_path / "data" / FILE_NAME
    path.parent.mkdir(exist_ok=True)
    path.write_text("words = []\nholds = 'always'", "utf-8")
    answer = read(companion)
    assert answer.status_code == 409
    assert answer.get_json()["error"]["field"].startswith(f"{FILE_NAME}, line 2: holds: ")
    page = companion.client.get("/playbook?lang=nl").get_data(as_text=True)
    assert "regel 2: holds: deze keus bestaat niet" in page
    assert "holds = &#39;always&#39;" in page
    assert companion.analyse(LATE).status_code == 200


def test_what_is_saved_on_the_page_keeps_its_remarks(companion):
    text = "# van ons\npromise_minutes = 20\n"
    answer = save(companion, text.replace("\n", "\r\n"))
    assert answer.status_code == 200
    assert "Bewaard." in answer.get_data(as_text=True)
    assert read(companion).get_json()["promise_minutes"] == 20
    assert "# van ons" in companion.client.get("/playbook").get_data(as_text=True)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("promise_minutes = 0", "regel 1: promise_minutes: dit getal is te klein"),
        ("words = [", "geen geldige TOML"),
        ("<script>alert(1)</script>", "geen geldige TOML"),
        ("words = ['\U0001f642", "geen geldige TOML"),
        ("[signature]\nnl = '{x}'", "regel 2: signature.nl: tussen accolades"),
    ],
)
def test_a_slip_on_the_page_is_named_and_the_text_stays(companion, text: str, said: str):
    answer = save(companion, text)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert said in page
    assert "<script>alert" not in page
    assert (text if "<" not in text else "&lt;script&gt;").replace("'", "&#39;") in page
    assert read(companion).get_json()["promise_minutes"] == 60


def test_a_full_disk_is_said_and_the_text_stays(companion, monkeypatch):
    def full(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("meelezer.playbook.os.fsync", full)
    answer = save(companion, "promise_minutes = 20")
    assert answer.status_code == 503
    assert "promise_minutes = 20" in answer.get_data(as_text=True)
    assert put(companion, {}).get_json()["error"]["code"] == "storage-failed"
    assert read(companion).get_json()["promise_minutes"] == 60


def test_another_site_cannot_save(companion):
    assert save(companion, "words = []", Origin="https://evil.example").status_code == 403
    companion.client.set_cookie(PAGE_COOKIE, "wrong")
    stale = companion.client.post("/playbook?lang=nl", data={"text": "words = []"})
    assert stale.status_code == 401
    page = stale.get_data(as_text=True)
    assert "words = []" in page
    assert "Druk nog eens op Bewaar" in page
    assert read(companion).get_json()["promise_minutes"] == 60
    again = companion.client.post("/playbook?lang=nl", data={"text": "words = []"})
    assert again.status_code == 200, "the answer brought the new key along"
