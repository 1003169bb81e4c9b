"""The facts of a complaint apart from its tone."""

from __future__ import annotations

import pytest

from meelezer.core.conversation import Complaint, Conversation
from meelezer.core.engine import Engine


def facts(engine: Engine, complaint: str, language="nl") -> list[str]:
    report = engine.analyse(Conversation(Complaint(complaint), None, language=language), language)
    for fact in report.complaint.facts:
        assert complaint[fact.span.start : fact.span.end].strip()
    return [fact.text for fact in report.complaint.facts]


@pytest.mark.parametrize(
    ("complaint", "expected"),
    [
        ("Jullie zijn oplichters!!! Al DRIE weken wacht ik op mijn jas, schandalig. Nooit meer.", ["Al drie weken wacht ik op mijn jas."]),
        ("Belachelijk!!! 😡😡 Maandag zou de monteur komen en er was niemand.", ["Maandag zou de monteur komen en er was niemand."]),
        ("Stelletje prutsers, mijn fiets is na 2 dagen alweer stuk. Krijg ik mijn geld terug?!?", ["Mijn fiets is na 2 dagen alweer stuk.", "Krijg ik mijn geld terug?"]),
        ("Wat een zooitje. Schaam je! Bah.", []),
        ("De soep was koud en de bediening vergat ons twee keer.", ["De soep was koud en de bediening vergat ons twee keer."]),
        ("Kapot!", []),
        ("😡😡😡", []),
    ],
)  # fmt: skip
def test_dutch(engine: Engine, complaint: str, expected: list[str]) -> None:
    assert facts(engine, complaint) == expected


@pytest.mark.parametrize(
    ("complaint", "expected"),
    [
        ("You are thieves!!! I have been waiting THREE weeks for my jacket, absolute disgrace. Never again.", ["I have been waiting three weeks for my jacket."]),
        ("What a joke. The engineer was booked for Monday and nobody came!!", ["The engineer was booked for Monday and nobody came."]),
        ("Shame on you! Fucking useless.", []),
        ("The soup was cold and we were forgotten twice.", ["The soup was cold and we were forgotten twice."]),
    ],
)  # fmt: skip
def test_english(engine: Engine, complaint: str, expected: list[str]) -> None:
    assert facts(engine, complaint, "en") == expected


def test_a_long_complaint_gives_at_most_eight(engine: Engine) -> None:
    assert len(facts(engine, "Op dag één was de soep koud. " * 30)) == 8
