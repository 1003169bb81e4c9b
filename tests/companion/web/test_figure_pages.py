"""The figures of four eyes over the API, on their page and as a file."""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from tests.companion.web.test_reviews import DRAFT, ask, error

from meelezer.messages import messages


@pytest.fixture
def answered(companion):
    """One case that was approved and posted within half an hour, one that came back and ended well."""
    posted_at = (datetime.now(UTC) - timedelta(minutes=20)).isoformat()
    good = ask(companion, complaint={"text": "Niemand belt terug.", "posted_at": posted_at})
    path = f"/v1/reviews/{good['id']}"
    companion.post(f"{path}/decisions", {"by": "Bob", "decision": "approved", "version": 1})
    companion.post(f"{path}/placements", {"by": "Sanne", "text": DRAFT})
    back = ask(companion, key="k-2", platform="x")
    path = f"/v1/reviews/{back['id']}"
    companion.post(
        f"{path}/decisions", {"by": "Bob", "decision": "returned", "version": 1, "reason": "Leest als spot."}
    )
    companion.post(f"{path}/outcomes", {"by": "Sanne", "outcome": "turned-around"})
    return companion


def read(companion, path: str) -> str:
    answer = companion.client.get(path)
    assert answer.status_code == 200
    return unescape(answer.get_data(as_text=True))


def row(page: str, name: str) -> str:
    """Return the words of a line of a table."""
    found = re.search(rf'<tr><th scope="row">{re.escape(name)}</th>(.*?)</tr>', page, re.DOTALL)
    assert found, name
    return " ".join(re.sub(r"<[^>]*>", " ", found[1]).split())


def test_the_api_tells_all_together_and_by_period(answered):
    (answered.folder / "playbook.toml").write_text("promise_minutes = 10\n", "utf-8")
    found = answered.get("/v1/reviews/figures?per=month").get_json()
    total = found["total"]
    assert (total["begins"], total["asked"], total["approved"], total["returned"], total["returns"]) == (
        None,
        2,
        1,
        1,
        1,
    )
    assert total["outcomes"] == {"private": 0, "solved": 0, "turned-around": 1, "lost": 0}
    assert total["without_outcome"] == 1
    assert total["placed"] == {"approved": 1, "changed": 0, "unapproved": 0}
    assert (found["promise_minutes"], total["timed"], total["within_promise"]) == (10, 1, 0)
    assert (total["within_30"], total["within_60"]) == (1, 1)
    assert total["first_read"]["count"] == total["decision"]["count"] == 2
    assert "finger-pointing" in total["returned_for"]
    assert sum(each["asked"] for each in found["periods"]) == 2
    assert answered.get("/v1/reviews/figures?platform=x").get_json()["total"]["asked"] == 1
    assert "Sanne" not in str(found)
    assert "Bob" not in str(found)


def test_nobody_sees_figures_without_a_token(companion):
    assert companion.client.get("/v1/reviews/figures").status_code == 401


@pytest.mark.parametrize(
    "wrong", ["since=0001-01-01", "until=9999-12-31", "since=yesterday", "per=year", "writer=Sanne"]
)
def test_what_cannot_be_counted_is_refused_and_on_the_page_left_out(answered, wrong):
    code = "unknown-key" if "writer" in wrong else "value-wrong"
    assert error(answered.get(f"/v1/reviews/figures?{wrong}")) == (422, code, wrong.split("=")[0])
    assert row(read(answered, f"/reviews/figures?{wrong}"), messages("nl")("figures.asked")).startswith("2 ")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_page_begins_with_how_it_ended(answered, language):
    text = messages(language)
    page = read(answered, f"/reviews/figures?lang={language}")
    assert re.findall(r'<section [^>]*id="([a-z-]+)"', page)[:3] == ["how-it-ended", "how-soon", "four-eyes"]
    assert row(page, text("reviews.outcome_turned-around")) == "1 50%"
    assert row(page, text("figures.without_outcome")) == "1 50%"
    assert row(page, text("figures.within_30")) == "1 100%"
    assert row(page, text("figures.placed_approved")) == "1 50%"
    assert row(page, text("figures.returned")) == "1 50%"
    assert row(page, text("figures.within_promise", promise=text("reviews.hour", count=1))) == "1 100%"
    assert text("figures.nobody") in page
    assert 'style="' not in page
    for name in ("Sanne", "Bob", "Karin", "pakket"):
        assert name not in page
    assert f"/reviews/figures?lang={language}" in read(answered, f"/reviews?lang={language}")


def test_a_team_that_promises_no_time_keeps_no_promise(answered):
    (answered.folder / "playbook.toml").write_text('holds = "warn"\n', "utf-8")
    assert messages("nl")("figures.no_promise") in read(answered, "/reviews/figures")
    assert answered.get("/v1/reviews/figures").get_json()["total"]["within_promise"] is None
    table = answered.client.get("/reviews/figures.csv").get_data(as_text=True)
    assert {each["within_promise"] for each in csv.DictReader(io.StringIO(table))} == {""}


def test_before_anybody_asked_the_page_says_what_will_stand_there(companion):
    for language in ("nl", "en"):
        page = read(companion, f"/reviews/figures?lang={language}&since=")
        assert messages(language)("figures.nothing") in page
        assert messages(language)("figures.will_stand") in page
        assert "<table" not in page
    assert not (companion.folder / "reviews.sqlite3").exists()
    assert companion.get("/v1/reviews/figures").get_json()["total"]["asked"] == 0


def test_a_choice_with_nothing_in_it_says_so_and_stays_chosen(answered):
    page = read(answered, "/reviews/figures?platform=facebook&since=2020-01-01&until=2020-12-31&per=month")
    assert messages("nl")("figures.nothing_here") in page
    assert 'value="2020-12-31"' in page
    assert '<option value="facebook" selected>' in page
    assert '<option value="month" selected>' in page


def test_the_file_has_a_line_for_each_period_and_one_for_all(answered):
    page = read(answered, "/reviews/figures?per=month&platform=x")
    address = re.search(r'href="(/reviews/figures\.csv\?[^"]*)"', page)
    assert address
    answer = answered.client.get(address[1])
    assert answer.headers["Content-Disposition"] == 'attachment; filename="meelezer-figures.csv"'
    lines = list(csv.DictReader(io.StringIO(answer.get_data(as_text=True))))
    assert [each["begins"][-2:] for each in lines] == ["01", "al"]
    assert {each["asked"] for each in lines} == {"1"}
    assert {each["outcomes_turned_around"] for each in lines} == {"1"}
    assert lines[0]["decision_median"] == "0"
    empty = answered.client.get("/reviews/figures.csv?platform=facebook").get_data(as_text=True)
    assert [each["begins"] for each in csv.DictReader(io.StringIO(empty))] == ["total"]


@pytest.mark.parametrize(
    ("language", "query", "days"),
    [
        ("nl", "since=2026-01-05&until=2026-03-31", "5 januari 2026 tot en met 31 maart 2026"),
        ("en", "since=2026-01-05&until=2026-03-31", "5 January 2026 until 31 March 2026"),
        ("nl", "since=&until=2026-03-31", "tot en met 31 maart 2026"),
        ("en", "since=&until=2026-03-31", "until 31 March 2026"),
        ("en", "since=2199-12-01&until=", "1 December 2199 until 1 December 2199"),
    ],
)
def test_on_paper_the_heading_says_which_days_it_is_about(companion, language, query, days):
    page = read(companion, f"/reviews/figures?lang={language}&{query}&platform=trustpilot")
    (heading,) = re.findall(r"<h1>(.*?)</h1>", page, re.DOTALL)
    assert f">{days} · Trustpilot</span>" in heading
    assert f"{days} · Meelezer</title>" in page
    nothing_chosen = read(companion, f"/reviews/figures?lang={language}&since=")
    here = datetime.now(UTC).astimezone()
    month = messages(language)("reviews.months").split()[here.month - 1]
    assert f"{here.day} {month} {here.year}</span></h1>" in nothing_chosen
    assert "Trustpilot" not in nothing_chosen.partition("</h1>")[0]


def test_the_file_says_which_days_it_is_about(answered):
    here = datetime.now(UTC).astimezone().date()
    for query, days in (
        ("since=2026-01-05&until=2199-12-31", ("2026-01-05", "2199-12-31")),
        ("since=&until=2026-03-31", ("", "2026-03-31")),
        ("since=", ("", here.isoformat())),
    ):
        table = answered.client.get(f"/reviews/figures.csv?{query}").get_data(as_text=True)
        lines = list(csv.DictReader(io.StringIO(table)))
        assert {(each["since"], each["until"]) for each in lines} == {days}
        assert "begins" in table.partition(",")[0]
    told = answered.get("/v1/reviews/figures?since=2026-01-05").get_json()
    assert (told["since"], told["until"]) == ("2026-01-05", here.isoformat())


def test_a_file_that_is_no_database_is_told_on_the_page(companion):
    companion.folder.mkdir(parents=True, exist_ok=True)
    (companion.folder / "reviews.sqlite3").write_bytes(b"holiday pictures" * 100)
    answer = companion.client.get("/reviews/figures")
    assert answer.status_code == 503
    assert "doctor" in answer.get_data(as_text=True)
    assert error(companion.get("/v1/reviews/figures")) == (503, "storage-unusable", None)
