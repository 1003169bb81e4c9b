"""Seed 002, "kwetsbaar of defensief": what it asks of the analysis."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from meelezer.core.catalogue import default_catalogue
from meelezer.core.conversation import LANGUAGES
from tests.requirements.conftest import Ask

POSTED = datetime(2026, 11, 21, 20, 0, tzinfo=UTC)


def test_002_2_the_teams_own_promise_is_on_the_clock(ask: Ask):
    after = {"posted_at": POSTED, "now": POSTED + timedelta(hours=20), "promise": timedelta(hours=24)}
    marks = ask(None, "Waar blijft mijn pakket?", **after).complaint.clock.marks
    assert [(mark.minutes, mark.state) for mark in marks] == [(30, "passed"), (60, "passed"), (1440, "near")]


def test_002_4_paired_drafts_move_the_balance_in_opposite_directions(ask: Ask):
    vulnerable = ask("U heeft gelijk, wij hadden u moeten bellen. Sorry daarvoor. Noor").report.balance
    defensive = ask("Zo zijn nu eenmaal onze regels. U had de voorwaarden moeten lezen. Noor").report.balance
    assert defensive.position < -0.3 < 0 < vulnerable.position
    assert (defensive.band, vulnerable.band) == ("defensive", "balanced")
    assert {reason.pulls for reason in defensive.reasons} == {"defensive"}
    assert {reason.pulls for reason in vulnerable.reasons} == {"vulnerable"}


@pytest.mark.parametrize(
    ("language", "draft"),
    [("nl", "Dat is nu eenmaal ons beleid. Noor"), ("en", "That is simply our policy. Sam")],
)
def test_002_5_defensiveness_is_seen(ask: Ask, language, draft: str):
    assert ask(draft, language=language).levels("defensiveness")


@pytest.mark.parametrize(
    ("draft", "there"),
    [
        ("U heeft gelijk. Noor", (True, False)),
        ("Sorry daarvoor. Noor", (False, True)),
        ("U heeft gelijk, sorry. Noor", (True, True)),
    ],
)
def test_002_6_conceding_and_apologising_are_told_apart(ask: Ask, draft: str, there: tuple[bool, bool]):
    seen = ask(draft)
    assert (seen.component("concession").present, seen.component("apology").present) == there


def test_002_7_three_apologies_are_too_many(ask: Ask):
    draft = "Sorry, sorry, duizendmaal excuses, wij schamen ons diep. Het spijt ons verschrikkelijk, nogmaals onze excuses. Noor"
    seen = ask(draft, "Het brood was op.")
    assert seen.levels("over-apology")
    assert seen.report.balance.band == "too-humble"


def test_002_8_the_point_that_is_not_answered_is_named(ask: Ask):
    complaint = "De rits van mijn jas is kapot. En waarom neemt niemand de telefoon op?"
    draft = "Wat vervelend van die rits; ik stuur u vandaag een nieuwe jas toe, dan heeft u hem morgen al in huis. Noor"
    points = ask(draft, complaint).complaint.points
    open_points = [complaint[point.span.start : point.span.end] for point in points if point.answered is False]
    assert open_points == ["En waarom neemt niemand de telefoon op?"]


def test_002_9_every_warning_says_what_it_does(ask: Ask):
    for check in default_catalogue().checks:
        for language in LANGUAGES:
            assert len(check.message[language].split()) >= 4, check.id


def test_002_10_no_action_is_noticed(ask: Ask):
    action = ask("Dag Lisa, wat vervelend van je jurk. Groet, Noor", "Mijn jurk is er nog niet").component("action")
    assert (action.present, action.needed, bool(action.hint)) == (False, True, True)


@pytest.mark.parametrize(
    ("language", "draft"),
    [
        ("nl", "Haha, die foto hangt nu bij ons in de keuken. Ik stuur je een nieuwe taart. Noor"),
        ("en", "Ha, that photo now hangs in our kitchen. I'm sending you a new cake. Sam"),
    ],
)
def test_002_11_friendly_humour_is_fine(ask: Ask, language, draft: str):
    assert ask(draft, language=language).levels("sarcasm") == []


def test_002_12_expectations_come_with_the_words_and_unknown_is_an_answer(ask: Ask):
    complaint = "Mijn pakket is kwijt. Ik wil mijn geld terug."
    found = ask(None, complaint).complaint.expectations
    assert "refund" in [sign.id for sign in found]
    refund = next(sign for sign in found if sign.id == "refund")
    assert "geld terug" in complaint[refund.span.start : refund.span.end]
    assert ask(None, "Tja.").complaint.expectations == ()


def test_002_13_reach_makes_it_more_severe(ask: Ask):
    reasons = [
        sign.id for sign in ask(None, "Mijn filmpje hierover is al 300 keer gedeeld.").complaint.severity.reasons
    ]
    assert "reach" in reasons


@pytest.mark.parametrize("complaint", ["★☆☆☆☆", "⭐", "1", "…"])
def test_002_14_stars_without_words_have_no_invented_points(ask: Ask, complaint: str):
    reading = ask("Wat ging er niet goed? Ik hoor het graag. Noor", complaint)
    assert [kind.id for kind in reading.complaint.kinds] == ["stars-only"]
    assert (reading.complaint.points, reading.complaint.expectations) == ((), ())
    assert reading.component("invitation").needed


def test_002_15_an_evasive_reply_is_hinted(ask: Ask):
    seen = ask("Er is helaas iets misgegaan. Noor", "Mijn bestelling is twee keer afgeschreven, hoe kan dat?")
    assert seen.levels("hidden-agent")
    assert seen.component("explanation").hint
