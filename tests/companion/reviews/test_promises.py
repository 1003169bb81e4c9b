"""Promises and by when they must be kept. Wednesday 25 November 2026, 15.00 in Amsterdam is now."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from meelezer.reviews.promises import promises

NOW = datetime(2026, 11, 25, 15, 0, tzinfo=timezone(timedelta(hours=1)))


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("Ik bel u vóór vrijdag.", "Thu 26 18:00"),
        ("Ik bel u vóór vrijdag 12.00 uur.", "Fri 27 12:00"),
        ("Ik bel je morgen tussen 10 en 12 uur.", "Thu 26 12:00"),
        ("Je hoort vanmiddag van mij.", "Wed 25 17:00"),
        ("Ik bel je morgenochtend.", "Thu 26 12:00"),
        ("Binnen twee dagen heb je antwoord.", "Fri 27 18:00"),
        ("Binnen drie werkdagen hebt u het geld.", "Mon 30 18:00"),
        ("U hoort het binnen 24 uur.", "Thu 26 15:00"),
        ("Wij sturen u uiterlijk 3 december om 12.00 uur een antwoord.", "Thu 03 12:00"),
        ("Volgende week maandag komt de monteur.", "Mon 30 18:00"),
        ("Volgende week bel ik u.", "Fri 04 18:00"),
        ("Voor het einde van de week bel ik u.", "Fri 27 18:00"),
        ("Overmorgen ligt het er.", "Fri 27 18:00"),
        ("Ik bel u om half vier.", "Wed 25 15:30"),
        ("Ik kom vrijdag om 5 uur langs.", "Fri 27 17:00"),
        ("Woensdag heeft u het geld.", "Wed 25 18:00"),
        ("Ik zoek vandaag uit waarom er water lag en bel u vóór vrijdag 12.00 uur.", "Fri 27 12:00"),
        ("Ik mail je dit weekend.", "Sun 29 18:00"),
    ],
)
def test_dutch(text: str, due: str) -> None:
    assert [each.due_at.strftime("%a %d %H:%M") for each in promises(text, "nl", NOW)] == [due]


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("I will call you before Friday.", "Thu 26 18:00"),
        ("I will call you tomorrow between 10 and 12 pm.", "Thu 26 12:00"),
        ("You will hear from me this afternoon.", "Wed 25 17:00"),
        ("You'll have an answer within two days.", "Fri 27 18:00"),
        ("We will write within 3 working days.", "Mon 30 18:00"),
        ("By 3 December at noon you will know.", "Thu 03 12:00"),
        ("By December 3rd you will know.", "Thu 03 18:00"),
        ("An engineer will come next Monday.", "Mon 30 18:00"),
        ("We will pay within 24 hours.", "Thu 26 15:00"),
        ("By the end of the week I will call.", "Fri 27 18:00"),
        ("I'll ring at 6 pm.", "Wed 25 18:00"),
    ],
)
def test_english(text: str, due: str) -> None:
    assert [each.due_at.strftime("%a %d %H:%M") for each in promises(text, "en", NOW)] == [due]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Ik belde u gisteren om 12 uur.", "nl"),
        ("Dat heb ik vandaag hersteld.", "nl"),
        ("Wij zijn open van maandag tot en met vrijdag.", "nl"),
        ("Het spijt ons.", "nl"),
        ("U hoort zo snel mogelijk van ons.", "nl"),
        ("Ik bel u op 31 februari.", "nl"),
        ("Wij bellen u vandaag om 9.00 uur.", "nl"),
        ("", "nl"),
        ("I called you on Friday.", "en"),
        ("We have fixed it today.", "en"),
        ("We are open from Monday to Friday.", "en"),
        ("We'll be in touch soon.", "en"),
    ],
)
def test_no_promise_to_be_reminded_of(text: str, language) -> None:
    assert promises(text, language, NOW) == []


def test_each_sentence_has_its_own_and_points_at_its_own_words() -> None:
    text = "Dag Lisa 😊, dat is lang. Ik bel je morgen. Vrijdag heb je het geld.\nNoor"
    found = promises(text, "nl", NOW)
    assert [text[each.span.start : each.span.end].strip() for each in found] == [
        "Ik bel je morgen.",
        "Vrijdag heb je het geld.",
    ]
    assert all(each.due_at.utcoffset() == NOW.utcoffset() for each in found)


def test_a_year_ends() -> None:
    eve = NOW.replace(month=12, day=30)
    assert promises("Wij bellen u op 2 januari.", "nl", eve)[0].due_at.date().isoformat() == "2027-01-02"
