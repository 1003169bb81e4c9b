"""Which points of the complaint a draft answers: never by a sentence that is itself remarked on."""

from __future__ import annotations

import pytest

from meelezer.core.conversation import Complaint, Conversation, Draft
from meelezer.core.engine import Engine

ENGINE = Engine()


def states(complaint: str, draft: str, language="nl") -> list[bool | None]:
    report = ENGINE.analyse(Conversation(Complaint(complaint), Draft(draft), language=language))
    assert report.complaint is not None
    return [point.answered for point in report.complaint.points]


@pytest.mark.parametrize(
    ("language", "complaint", "draft"),
    [
        ("nl", "Al drie weken wacht ik op mijn bestelling en niemand neemt de telefoon op.", "U had de voorwaarden moeten lezen. Bij ons klaagt verder niemand. Fijn dat u nog tijd heeft om te klagen! Groet, het team"),
        ("en", "Three weeks waiting for my order and nobody picks up the phone.", "You should have read the terms. Nobody else complains. There is nothing we can do about it. Regards, the team"),
        ("nl", "Waar blijft mijn bestelling?", "U had zelf kunnen zien waar de bestelling bleef, dat stond in de mail die u op maandag van ons kreeg."),
    ],
)  # fmt: skip
def test_a_bad_sentence_answers_nothing(language, complaint: str, draft: str):
    assert states(complaint, draft, language) == [False]


@pytest.mark.parametrize(
    ("language", "complaint", "draft"),
    [
        ("nl", "De rits van mijn jas is kapot.", "Wat zonde van die rits; breng de jas gerust langs. Noor"),
        ("nl", "Ik wil mijn geld terug.", "Ik stort het bedrag vandaag terug. Noor"),
        ("en", "The zip of my coat is broken.", "Such a shame about the zip; just bring the coat in. Sam"),
        ("en", "I want a refund.", "I'm refunding it today. Sam"),
    ],
)
def test_what_is_asked_for_or_talked_about_is_answered(language, complaint: str, draft: str):
    assert states(complaint, draft, language) == [True]


def test_of_a_short_draft_nobody_can_say():
    assert states("De rits van mijn jas is kapot.", "Ik bel u. Noor") == [None]


@pytest.mark.parametrize(
    ("language", "complaint", "points"),
    [
        ("en", "Sign said 2 for £5. The till had £7. Daylight robbery.", []),
        ("en", "Billed $310 for a cleaning that was covered. Buyer beware.", ["Billed $310 for a cleaning that was covered."]),
        ("nl", "Rits kapot na twee dagen. Geld terug!", ["Rits kapot na twee dagen.", "Geld terug!"]),
        ("nl", "Waar blijft het?", ["Waar blijft het?"]),
    ],
)  # fmt: skip
def test_a_short_cry_is_no_point_but_a_short_demand_is(language, complaint: str, points: list[str]):
    report = Engine().analyse(Conversation(Complaint(complaint), language=language)).complaint
    assert [complaint[point.span.start : point.span.end] for point in report.points] == points
