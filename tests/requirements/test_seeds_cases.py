"""What seeds 002 and 003 ask of the list of cases: nothing leaves it in silence, and something is learned. On SQLite and PostgreSQL."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from meelezer.reviews import follow_up
from meelezer.reviews.database import Database
from meelezer.reviews.figures import Wished, figures, lessons
from meelezer.reviews.retention import erase, sweep
from meelezer.reviews.store import ReviewError, Reviews, Wanted
from tests.companion.reviews.asked import asked


@pytest.fixture
def reviews(database: Database) -> Reviews:
    """An empty store."""
    return Reviews(database)


def unanswered(reviews: Reviews) -> set[str]:
    return {each.id for each in reviews.listed(Wanted(unanswered=True)).reviews}


def case(reviews: Reviews, key: str) -> str:
    return reviews.ask(asked(key=key))[0].id


def test_002_3_the_list_of_unanswered_complaints_cannot_be_emptied_in_silence(reviews: Reviews):
    waits, returned, approved = (case(reviews, key) for key in ("waits", "returned", "approved"))
    reviews.decide(returned, "Bob", "returned", 1, "Te kort.")
    reviews.decide(approved, "Bob", "approved", 1)
    follow_up.conclude(reviews, approved, "Sanne", "solved")
    everything = {waits, returned, approved}
    assert unanswered(reviews) == everything
    for one in everything:
        with pytest.raises(ReviewError, match="not-answered"):
            erase(reviews.database, one)
        for nothing in ("", " \n\t "):
            with pytest.raises(ReviewError, match="closing-reason-needed"):
                follow_up.close(reviews, one, "Bob", nothing)
    # Nor does time: the texts go, the question stays.
    sweep(reviews.database, 30, datetime.now(UTC) + timedelta(days=400))
    assert unanswered(reviews) == everything
    follow_up.close(reviews, returned, "Bob", "  Karin heeft haar klacht zelf ingetrokken. 😊 ")
    assert unanswered(reviews) == {waits, approved}
    told = reviews.get(returned).events[-1]
    assert (told.what, told.who, told.words) == ("closed", "Bob", "Karin heeft haar klacht zelf ingetrokken. 😊")
    erase(reviews.database, returned)
    assert unanswered(reviews) == {waits, approved}


def test_003_1_a_case_leaves_the_work_list_only_when_answered_or_justified(reviews: Reviews):
    answered, justified, left = (case(reviews, key) for key in ("answered", "justified", "left"))
    reviews.decide(answered, "Bob", "approved", 1)
    assert unanswered(reviews) == {answered, justified, left}
    follow_up.place(reviews, answered, "Sanne")
    assert unanswered(reviews) == {justified, left}
    with pytest.raises(ReviewError, match="already-answered"):
        follow_up.close(reviews, answered, "Bob", "Te laat.")
    for reason in ("Reclame, geen klacht.", "Een tweede keer gedrukt."):
        follow_up.close(reviews, justified, "Bob", reason)
    assert [each.words for each in reviews.get(justified).events if each.what == "closed"] == ["Reclame, geen klacht."]
    assert unanswered(reviews) == {left}
    assert {each.id for each in reviews.listed(Wanted(state="waiting")).reviews} == {left}
    # Whoever takes that back finds it there again, and the reason stays in the history.
    reviews.reopen(justified, "Eva")
    assert unanswered(reviews) == {justified, left}
    assert [each.what for each in reviews.get(justified).events] == ["asked", "closed", "reopened"]
    found = figures(reviews.database, Wished())[0]
    assert (found.asked, found.closed, found.unanswered) == (3, 0, 2)


def test_003_1_what_was_closed_and_then_answered_after_all_counts_as_answered(reviews: Reviews):
    one = case(reviews, "one")
    follow_up.close(reviews, one, "Bob", "Geen klacht.")
    found = figures(reviews.database, Wished())[0]
    assert (found.closed, found.unanswered, sum(found.placed.values())) == (1, 0, 0)
    posted = follow_up.Posted("Dag Karin, dank je. Sanne", datetime.now(UTC))
    assert follow_up.place(reviews, one, "Sanne", posted).closed_at is None
    found = figures(reviews.database, Wished())[0]
    assert (found.closed, found.unanswered, sum(found.placed.values())) == (0, 0, 1)


def test_003_11_what_is_learned_from_a_case_stands_in_the_report_and_goes_with_the_texts(reviews: Reviews):
    one, other, none = (case(reviews, key) for key in ("one", "other", "none"))
    for each in (one, other, none):
        reviews.decide(each, "Bob", "approved", 1)
    follow_up.conclude(reviews, one, "Sanne", "solved", " Bel terug vóór de koerier weg is. 📦 ")
    follow_up.conclude(reviews, other, "Sanne", "lost", "Weg.")
    follow_up.conclude(reviews, other, "Sanne", "lost", "")
    follow_up.conclude(reviews, none, "Sanne", "private")
    follow_up.conclude(reviews, one, "Sanne", "turned-around")  # the lesson stays
    assert [(each.review_id, each.words) for each in lessons(reviews.database, Wished())] == [
        (one, "Bel terug vóór de koerier weg is. 📦")
    ]
    assert lessons(reviews.database, Wished(platform="x")) == []
    assert figures(reviews.database, Wished())[0].learned == 1
    told = [(each.what, each.detail) for each in reviews.get(other).events if each.what == "learned"]
    assert told == [("learned", None), ("learned", follow_up.TAKEN_AWAY)]
    assert sweep(reviews.database, 30, datetime.now(UTC) + timedelta(days=31)) == 3
    assert lessons(reviews.database, Wished()) == []
    assert reviews.get(one).learned is None
    assert figures(reviews.database, Wished())[0].learned == 1
