"""The calls of the API for four eyes."""

from __future__ import annotations

import sqlite3

import pytest

DRAFT = "Beste Karin 😊, u had beter moeten lezen.\n\nSanne, webcare"
ASKED = {
    "key": "k-1",
    "draft": {"text": DRAFT},
    "complaint": {
        "text": "Al drie weken wacht ik op mijn pakket en niemand belt terug. Ik ben woedend!",
        "author": "Karin",
        "posted_at": "2026-11-20T18:05:00+01:00",
        "rating": 1,
    },
    "writer": {"name": "Sanne", "role": "webcare"},
    "platform": "trustpilot",
    "page": "https://shop.example/reviews/1",
}


def ask(companion, **changes):
    answer = companion.post("/v1/reviews", {**ASKED, **changes})
    assert answer.status_code in (200, 201), answer.get_json()
    return answer.get_json()


def error(answer) -> tuple[int, str, str | None]:
    told = answer.get_json()["error"]
    return answer.status_code, told["code"], told["field"]


def test_asking_stores_the_draft_with_the_figures_of_the_analysis(companion):
    answer = companion.post("/v1/reviews", ASKED)
    assert answer.status_code == 201
    review = answer.get_json()
    assert companion.get(review["path"].replace("/reviews", "/v1/reviews")).get_json() == review
    assert review["state"] == "waiting"
    assert (review["draft"], review["version"], review["language"]) == (DRAFT, 1, "nl")
    assert review["severity"] >= 1
    assert review["complaint"]["posted_at"] == "2026-11-20T17:05:00Z"
    assert [(each["who"], each["what"]) for each in review["history"]] == [("Sanne", "asked")]


def test_asking_twice_is_asking_once(companion):
    first = ask(companion)
    again = companion.post("/v1/reviews", ASKED)
    assert (again.status_code, again.get_json()["id"]) == (200, first["id"])
    other = companion.post("/v1/reviews", {**ASKED, "draft": {"text": "Iets anders."}})
    assert error(other) == (409, "key-used", None)


def test_a_draft_without_a_complaint_can_be_asked_about(companion):
    review = ask(companion, complaint=None)
    assert (review["complaint"], review["severity"]) == (None, 0)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"draft": {"text": "  \n"}}, (422, "text-empty", "draft.text")),
        ({"draft": {"text": "x" * 20_001}}, (413, "draft-too-long", "draft.text")),
        ({"complaint": {"text": " "}}, (422, "text-empty", "complaint.text")),
        ({"writer": {"name": "  "}}, (422, "text-empty", "writer.name")),
        ({"writer": None}, (422, "value-wrong", "writer")),
        ({"key": "with a space"}, (422, "value-wrong", "key")),
        ({"page": "javascript:alert(1)"}, (422, "value-wrong", "page")),
        ({"platfrom": "x"}, (422, "unknown-key", "platfrom")),
    ],
)
def test_what_cannot_be_asked_is_refused_by_its_field(companion, changes, expected):
    assert error(companion.post("/v1/reviews", {**ASKED, **changes})) == expected
    assert not (companion.folder / "reviews.sqlite3").exists()


def test_nobody_sees_reviews_without_a_token(companion):
    review = ask(companion)
    for path in ("/v1/reviews", f"/v1/reviews/{review['id']}"):
        assert companion.client.get(path).status_code == 401
    assert companion.client.post(f"/v1/reviews/{review['id']}/decisions", json={}).status_code == 401
    assert companion.client.delete(f"/v1/reviews/{review['id']}").status_code == 401


def test_a_comment_counts_positions_as_the_browser_does(companion):
    review = ask(companion)
    units = DRAFT.encode("utf-16-le")
    start = units.index("had bete".encode("utf-16-le")) // 2
    body = {"by": "Bob", "text": "Leest als spot.", "version": 1, "start": start, "end": start + 8}
    answer = companion.post(f"/v1/reviews/{review['id']}/comments", body)
    assert answer.status_code == 201
    (comment,) = answer.get_json()["comments"]
    assert (comment["quote"], comment["start"], comment["end"]) == ("had bete", start, start + 8)
    assert start == DRAFT.index("had bete") + 1


@pytest.mark.parametrize(
    "wrong",
    [{"start": 3}, {"end": 3}, {"start": 5, "end": 5}, {"start": 0, "end": 5000}, {"version": 2}, {"version": 2, "start": 0, "end": 4}],
)  # fmt: skip
def test_a_comment_about_words_that_are_not_there_is_refused(companion, wrong):
    review = ask(companion)
    body = {"by": "Bob", "text": "?", "version": 1, **wrong}
    assert error(companion.post(f"/v1/reviews/{review['id']}/comments", body)) == (422, "span-wrong", None)


def test_back_and_forth_until_it_is_approved(companion):
    review = ask(companion)
    path = f"/v1/reviews/{review['id']}"
    no_reason = companion.post(f"{path}/decisions", {"by": "Bob", "decision": "returned", "version": 1})
    assert error(no_reason) == (422, "reason-needed", None)
    back = companion.post(
        f"{path}/decisions", {"by": "Bob", "decision": "returned", "version": 1, "reason": "Leest als spot."}
    )
    assert back.get_json()["decision"]["reason"] == "Leest als spot."
    better = "Beste Karin, drie weken is veel te lang.\n\nSanne, webcare"
    edited = companion.post(f"{path}/versions", {"by": "Sanne", "text": better, "based_on": 1}).get_json()
    assert (edited["state"], edited["version"], edited["draft"]) == ("waiting", 2, better)
    assert "finger-pointing" in edited["versions"][0]["checks"]
    assert "finger-pointing" not in edited["versions"][1]["checks"]
    old = companion.post(f"{path}/decisions", {"by": "Bob", "decision": "approved", "version": 1})
    assert error(old)[:2] == (409, "review-changed")
    assert "Sanne" in old.get_json()["error"]["message"]
    done = companion.post(f"{path}/decisions", {"by": "Bob", "decision": "approved", "version": 2}).get_json()
    assert (done["state"], done["decision"]["by"]) == ("approved", "Bob")
    late = companion.post(f"{path}/decisions", {"by": "Eva", "decision": "returned", "version": 2, "reason": "Nee."})
    assert error(late)[:2] == (409, "review-decided")
    assert late.get_json()["error"]["message"].startswith("Bob ")
    again = companion.post(f"{path}/reopenings", {"by": "Eva"}).get_json()
    assert (again["state"], again["decision"]) == ("waiting", None)
    assert [each["what"] for each in again["history"]] == ["asked", "returned", "edited", "approved", "reopened"]


def test_nobody_approves_their_own(companion):
    review = ask(companion)
    body = {"by": "sanne", "decision": "approved", "version": 1}
    assert error(companion.post(f"/v1/reviews/{review['id']}/decisions", body)) == (403, "own-draft", None)


def test_who_reads_is_shown_to_the_others(companion):
    review = ask(companion)
    path = f"/v1/reviews/{review['id']}/readers"
    assert companion.post(path, {"by": "Bob"}).get_json()["others"] == []
    answer = companion.post(path, {"by": "Eva"}).get_json()
    assert (answer["others"], answer["state"], answer["revision"]) == (["Bob"], "waiting", review["revision"])
    (row,) = companion.get("/v1/reviews").get_json()["reviews"]
    assert row["readers"] == ["Bob", "Eva"]


def test_lists_are_filtered_and_cut(companion):
    for number in range(5):
        ask(companion, key=f"k-{number}", writer={"name": "Sanne" if number % 2 else "Tom"})
    answer = companion.get("/v1/reviews?size=2&page=3").get_json()
    assert (answer["total"], answer["page"], answer["pages"], len(answer["reviews"])) == (5, 3, 3, 1)
    assert companion.get("/v1/reviews?writer=tom").get_json()["total"] == 3
    assert companion.get("/v1/reviews?state=approved").get_json()["total"] == 0
    for wrong in ("state=gone", "page=0", "size=1000", "severity=5", "order=x"):
        assert companion.get(f"/v1/reviews?{wrong}").status_code == 422


def test_a_review_that_is_not_there(companion):
    assert error(companion.get("/v1/reviews/abc")) == (404, "review-not-found", None)
    ask(companion)
    assert error(companion.get("/v1/reviews/abc")) == (404, "review-not-found", None)


def test_erased_is_gone(companion):
    review = ask(companion)
    path = f"/v1/reviews/{review['id']}"
    companion.post(f"{path}/comments", {"by": "Bob", "text": "Leest als spot.", "version": 1})
    assert error(companion.client.delete(path, headers=companion.headers)) == (409, "not-answered", None)
    assert companion.post(f"{path}/closings", {"by": "Bob", "reason": "De klant vroeg erom."}).status_code == 201
    assert companion.client.delete(path, headers=companion.headers).status_code == 204
    assert companion.get(path).status_code == 404
    assert companion.client.delete(path, headers=companion.headers).status_code == 404
    # Not in free pages nor in the log beside it either.
    for file in companion.folder.glob("reviews.sqlite3*"):
        if file.suffix != ".sqlite3-shm":
            with sqlite3.connect(companion.folder / "reviews.sqlite3") as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            assert b"drie weken" not in file.read_bytes()


def test_a_file_that_is_no_database_gives_an_error_that_says_what_to_do(companion):
    (companion.folder / "reviews.sqlite3").parent.mkdir(parents=True, exist_ok=True)
    (companion.folder / "reviews.sqlite3").write_bytes(b"holiday pictures" * 100)
    answer = companion.post("/v1/reviews", ASKED)
    assert error(answer) == (503, "storage-unusable", None)
    assert "doctor" in answer.get_json()["error"]["message"]


def test_the_rest_works_without_its_database(companion):
    (companion.folder / "reviews.sqlite3").parent.mkdir(parents=True, exist_ok=True)
    (companion.folder / "reviews.sqlite3").write_bytes(b"holiday pictures" * 100)
    assert companion.analyse({"draft": {"text": DRAFT}}).status_code == 200


def test_after_the_reply_over_the_api(companion):
    review = ask(companion, draft={"text": "Dag Karin, ik bel u morgen. Sanne"})
    path = f"/v1/reviews/{review['id']}"
    assert error(companion.post(f"{path}/placements", {"by": "Sanne"}))[:2] == (409, "not-approved")
    companion.post(f"{path}/decisions", {"by": "Bob", "decision": "approved", "version": 1})
    placed = companion.post(f"{path}/placements", {"by": "Sanne"}).get_json()
    assert placed["placed_at"]
    (reminder,) = placed["reminders"]
    assert (reminder["kind"], reminder["words"], reminder["done_at"]) == (
        "promise",
        "Dag Karin, ik bel u morgen.",
        None,
    )
    assert companion.get("/v1/reviews?to_do=true").get_json()["total"] == 1
    done = companion.post(f"{path}/reminders/{reminder['id']}/done", {"by": "Sanne"}).get_json()
    assert done["reminders"][0]["done_by"] == "Sanne"
    assert companion.get("/v1/reviews?to_do=true").get_json()["total"] == 0
    ended = companion.post(f"{path}/outcomes", {"by": "Sanne", "outcome": "solved"}).get_json()
    assert (ended["outcome"], ended["reminders"][1]["kind"]) == ("solved", "closing-line")
    assert error(companion.post(f"{path}/outcomes", {"by": "Sanne", "outcome": "won"})) == (
        422,
        "value-wrong",
        "outcome",
    )
    assert companion.post(f"{path}/reminders/999/done", {"by": "Sanne"}).status_code == 404


def test_a_text_that_was_posted_is_placed_whatever_was_decided(companion):
    review = ask(companion)
    path = f"/v1/reviews/{review['id']}"
    for wrong, expected in (
        ({"text": " \n"}, (422, "text-empty", "text")),
        ({"text": ""}, (422, "text-empty", "text")),
        ({"text": "x" * 20_001}, (413, "text-too-long", "text")),
        ({"text": 3}, (422, "value-wrong", "text")),
        ({"text": DRAFT, "at": "2026-11-20 10:00"}, (422, "value-wrong", "at")),
        ({"text": DRAFT, "by": ""}, (422, "text-empty", "by")),
    ):
        assert error(companion.post(f"{path}/placements", {"by": "Sanne", **wrong})) == expected
    assert companion.get(path).get_json()["placed_as"] is None
    body = {
        "by": "Sanne",
        "text": "Beste Karin 😊, u had beter moeten <b>kijken</b>. \u202eSanne",
        "at": "2026-11-20T18:20:00+01:00",
    }
    placed, again = (companion.post(f"{path}/placements", body) for _ in range(2))
    assert placed.status_code == 201
    assert placed.get_json() == again.get_json()
    told = placed.get_json()
    assert (told["placed_as"], told["state"], told["draft"]) == ("unapproved", "waiting", body["text"])
    assert told["placed_at"] == told["created_at"]
    assert "finger-pointing" in told["versions"][1]["checks"]
    assert companion.post("/v1/reviews/abc/placements", body).status_code == 404
