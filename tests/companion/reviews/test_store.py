"""Asking, commenting, editing, deciding; on SQLite and on PostgreSQL alike."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update
from tests.companion.reviews.asked import NOON, PLAIN, asked

from meelezer.reviews.database import Database
from meelezer.reviews.store import ReviewError, Reviews, Wanted
from meelezer.reviews.tables import Reader


@pytest.fixture
def reviews(database: Database) -> Reviews:
    return Reviews(database)


def test_a_draft_that_was_asked_about_is_there_with_everything(reviews: Reviews) -> None:
    review, is_new = reviews.ask(PLAIN, NOON)
    assert is_new
    kept = reviews.get(review.id)
    assert (kept.state, kept.latest.text, kept.latest.number) == ("waiting", PLAIN.text, 1)
    assert (kept.complaint, kept.complaint_author, kept.posted_at) == (PLAIN.complaint, "Karin", NOON)
    assert (kept.writer, kept.writer_role, kept.severity, kept.rating) == ("Sanne", "webcare", 2, 1.0)
    assert kept.created_at == NOON
    assert kept.latest.checks == ["sarcasm"]
    assert [(event.who, event.what) for event in kept.events] == [("Sanne", "asked")]


def test_sent_twice_it_is_one_review(reviews: Reviews) -> None:
    first, _ = reviews.ask(PLAIN)
    again, is_new = reviews.ask(PLAIN)
    assert (again.id, is_new) == (first.id, False)
    assert reviews.listed(Wanted()).total == 1


def test_another_draft_may_not_use_a_key_that_was_used(reviews: Reviews) -> None:
    reviews.ask(PLAIN)
    with pytest.raises(ReviewError, match="key-used"):
        reviews.ask(asked(text="Beste Karin, het spijt me."))


def test_sent_many_times_at_one_moment_it_is_still_one_review(reviews: Reviews) -> None:
    reviews.ask(asked(key="warm up"))
    ready, ids = threading.Barrier(8), []

    def send() -> None:
        ready.wait()
        ids.append(reviews.ask(PLAIN)[0].id)

    threads = [threading.Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(ids) == 8
    assert len(set(ids)) == 1


def test_nothing_is_made_on_disk_by_looking(database: Database) -> None:
    if database.path is None:
        pytest.skip("a server is there before us")
    reviews = Reviews(database)
    assert reviews.listed(Wanted()).total == 0
    with pytest.raises(ReviewError, match="review-not-found"):
        reviews.get("x")
    with pytest.raises(ReviewError, match="review-not-found"):
        reviews.decide("x", "Bob", "approved", 1)
    assert not database.path.exists()


def test_a_comment_stands_beside_its_words(reviews: Reviews) -> None:
    review, _ = reviews.ask(PLAIN)
    start = PLAIN.text.index("wat fijn")
    reviews.comment(review.id, "Bob", "Leest als spot.", 1, (start, start + 8))
    reviews.comment(review.id, "Bob", "En een naam eronder?", 1, None)
    kept = reviews.get(review.id)
    assert [(c.text, c.start, c.end, c.author) for c in kept.comments] == [
        ("Leest als spot.", start, start + 8, "Bob"),
        ("En een naam eronder?", None, None, "Bob"),
    ]
    assert kept.revision > review.revision


def test_a_comment_sent_twice_is_one_comment(reviews: Reviews) -> None:
    review, _ = reviews.ask(PLAIN)
    for _ in range(2):
        reviews.comment(review.id, "Bob", "Leest als spot.", 1, None, key="c-1")
    assert len(reviews.get(review.id).comments) == 1


@pytest.mark.parametrize("span", [(-1, 3), (3, 3), (5, 2), (0, 9999)])
def test_a_comment_about_words_that_are_not_there_is_refused(reviews: Reviews, span: tuple[int, int]) -> None:
    review, _ = reviews.ask(PLAIN)
    with pytest.raises(ReviewError, match="span-wrong"):
        reviews.comment(review.id, "Bob", "?", 1, span)
    with pytest.raises(ReviewError, match="span-wrong"):
        reviews.comment(review.id, "Bob", "?", 2, None)
    assert reviews.get(review.id).comments == []


def test_the_reviewer_may_edit_and_both_texts_are_kept(reviews: Reviews) -> None:
    review, _ = reviews.ask(PLAIN)
    reviews.edit(review.id, "Bob", "Beste Karin, dat is lang wachten.", 1, ())
    kept = reviews.get(review.id)
    assert [(v.number, v.author, v.origin) for v in kept.versions] == [(1, "Sanne", "writer"), (2, "Bob", "reviewer")]
    assert kept.versions[0].text == PLAIN.text
    assert kept.state == "waiting"


def test_whoever_edits_an_older_text_is_told(reviews: Reviews) -> None:
    review, _ = reviews.ask(PLAIN)
    reviews.edit(review.id, "Bob", "Van Bob.", 1, ())
    with pytest.raises(ReviewError, match="review-changed") as told:
        reviews.edit(review.id, "Eva", "Van Eva.", 1, ())
    assert told.value.by == "Bob"
    assert reviews.get(review.id).latest.text == "Van Bob."


def test_the_same_edit_sent_again_is_one_version(reviews: Reviews) -> None:
    review, _ = reviews.ask(PLAIN)
    for _ in range(2):
        reviews.edit(review.id, "Bob", "Van Bob.", 1, ())
    assert len(reviews.get(review.id).versions) == 2


def test_approved_is_approved_and_says_by_whom(reviews: Reviews) -> None:
    review, _ = reviews.ask(PLAIN)
    decided = reviews.decide(review.id, "Bob", "approved", 1)
    assert (decided.state, decided.decided_by, decided.reason) == ("approved", "Bob", None)
    assert decided.decided_at is not None
    assert reviews.decide(review.id, "Bob", "approved", 1).state == "approved"  # sent again
    assert [event.what for event in reviews.get(review.id).events] == ["asked", "approved"]


@pytest.mark.parametrize("reason", [None, "", "  \n"])
def test_returning_needs_a_reason(reviews: Reviews, reason: str | None) -> None:
    review, _ = reviews.ask(PLAIN)
    with pytest.raises(ReviewError, match="reason-needed"):
        reviews.decide(review.id, "Bob", "returned", 1, reason)
    assert reviews.get(review.id).state == "waiting"


def test_a_returned_draft_that_is_edited_waits_again(reviews: Reviews) -> None:
    review, _ = reviews.ask(PLAIN)
    reviews.decide(review.id, "Bob", "returned", 1, "Leest als spot.")
    kept = reviews.edit(review.id, "sanne ", "Beste Karin, dat is lang wachten.", 1, ())
    assert (kept.state, kept.decided_by, kept.reason) == ("waiting", None, None)
    assert kept.latest.origin == "writer"


def test_nobody_decides_on_their_own_draft(reviews: Reviews) -> None:
    review, _ = reviews.ask(PLAIN)
    with pytest.raises(ReviewError, match="own-draft"):
        reviews.decide(review.id, " SANNE", "approved", 1)


def test_nobody_decides_on_a_text_they_have_not_seen(reviews: Reviews) -> None:
    review, _ = reviews.ask(PLAIN)
    reviews.edit(review.id, "Sanne", "Anders.", 1, ())
    with pytest.raises(ReviewError, match="review-changed"):
        reviews.decide(review.id, "Bob", "approved", 1)


def test_of_two_who_decide_at_one_moment_one_wins_and_the_other_is_told(reviews: Reviews) -> None:
    for round_ in range(5):
        review, _ = reviews.ask(asked(key=f"race-{round_}"))
        ready, outcome = threading.Barrier(2), {}

        def decide(who: str, how: str, review_id: str = review.id, ready=ready, outcome=outcome) -> None:
            ready.wait()
            try:
                reviews.decide(review_id, who, how, 1, "Leest als spot.")  # type: ignore[arg-type]
                outcome[who] = how
            except ReviewError as error:
                outcome[who] = error.kind

        threads = [threading.Thread(target=decide, args=each) for each in (("Bob", "approved"), ("Eva", "returned"))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        kept = reviews.get(review.id)
        assert outcome[kept.decided_by] == kept.state
        (told,) = [said for who, said in outcome.items() if who != kept.decided_by]
        assert told in ("review-decided", "review-changed")
        assert len(kept.events) == 2


def test_a_decision_can_be_taken_back(reviews: Reviews) -> None:
    review, _ = reviews.ask(PLAIN)
    reviews.decide(review.id, "Bob", "approved", 1)
    assert reviews.reopen(review.id, "Eva").state == "waiting"
    assert reviews.reopen(review.id, "Eva").state == "waiting"
    assert [event.what for event in reviews.get(review.id).events] == ["asked", "approved", "reopened"]


def test_the_most_pressing_comes_first(reviews: Reviews) -> None:
    ids = {}
    for name, severity, minutes, done in (
        ("old", 2, 0, False),
        ("new", 2, 30, False),
        ("serious", 4, 40, False),
        ("done", 4, -60, True),
    ):
        review, _ = reviews.ask(asked(key=name, severity=severity), NOON + timedelta(minutes=minutes))
        ids[review.id] = name
        if done:
            reviews.decide(review.id, "Bob", "approved", 1)
    assert [ids[each.id] for each in reviews.listed(Wanted()).reviews] == ["serious", "old", "new", "done"]


def test_lists_are_filtered_and_cut_into_pages(reviews: Reviews) -> None:
    for number in range(7):
        reviews.ask(
            asked(
                key=str(number),
                severity=1 + number % 4,
                writer="Sanne" if number % 2 else "Tom",
                platform="x" if number < 3 else "google",
                complaint=f"Klacht {number} met 100% ergernis",
            )
        )
    assert [len(reviews.listed(Wanted(), page, 3).reviews) for page in (1, 2, 3, 4)] == [3, 3, 1, 0]
    assert reviews.listed(Wanted(), 2, 3).total == 7
    assert reviews.listed(Wanted(writer="sanne")).total == 3
    assert reviews.listed(Wanted(platform="x")).total == 3
    assert reviews.listed(Wanted(severity=3)).total == 3
    assert reviews.listed(Wanted(words="KLACHT 5")).total == 1
    assert reviews.listed(Wanted(words="100% e")).total == 7
    assert reviews.listed(Wanted(words="%e%e%")).total == 0
    assert reviews.listed(Wanted(state="approved")).total == 0


def test_who_is_reading_is_known_until_they_are_gone(reviews: Reviews, database: Database) -> None:
    review, _ = reviews.ask(PLAIN)
    assert reviews.is_reading(review.id, "Bob") == []
    assert reviews.is_reading(review.id, "Eva") == ["Bob"]
    assert reviews.listed(Wanted()).readers == {review.id: ["Bob", "Eva"]}
    with database.writing() as session:
        long_ago = datetime.now(UTC) - timedelta(minutes=1)
        session.execute(update(Reader).where(Reader.who == "Bob").values(seen_at=long_ago))
    assert reviews.readers(review.id) == ["Eva"]
    for _ in range(3):  # staying is not a new reading
        reviews.is_reading(review.id, "Bob")
    assert [(e.who, e.what) for e in reviews.get(review.id).events] == [
        ("Sanne", "asked"),
        ("Bob", "read"),
        ("Eva", "read"),
    ]
