"""What no list of words can hold: insults of one's own making. Said as possible, and never of harsh criticism of a thing.

The threshold was raised while looking at these sentences; they guard it and measure nothing.
"""

from __future__ import annotations

import pytest

from meelezer.core.conversation import Complaint, Conversation
from meelezer.core.engine import Engine
from meelezer.shipped import shipped_engine


@pytest.fixture(scope="module")
def shipped() -> Engine:
    return shipped_engine()


@pytest.mark.parametrize(
    "complaint",
    [
        "That receptionist of yours is a spiteful little worm and I hope she chokes on her tea.",
        "Your cashier Joan is a hideous old witch.",
        "Jullie baliemedewerker is een lelijke verwaande trol, geef die slome haar ontslag.",
        "Wat een zielig mannetje is die conciërge, een kruiperige rat.",
    ],
)
def test_an_insult_that_no_list_has_may_break_a_rule(shipped: Engine, complaint: str):
    report = shipped.analyse(Conversation(complaint=Complaint(complaint), draft=None), "nl").complaint
    assert [rule.id for rule in report.house_rules] == ["possible"]
    assert report.house_rules[0].span is None
    assert any("huisregels" in advice for advice in report.advice)
    # Without the model nothing is said: no words show it.
    assert Engine().analyse(Conversation(complaint=Complaint(complaint), draft=None), "nl").complaint.house_rules == ()


@pytest.mark.parametrize(
    "complaint",
    [
        "What a piece of junk, worst shop ever, I want my money back.",
        "Absolute rubbish company, thieves the lot of you.",
        "Your driver lied to my face and threw the parcel over the fence.",
        "The manager was rude and couldn't care less.",
        "Schandalig! Stelletje oplichters, nooit meer!",
        "Wat een kutbedrijf, alles gaat mis.",
        "De medewerker was arrogant en bot.",
        "De tandarts deed mij pijn en lachte erom.",
    ],
)
def test_harsh_but_fair_breaks_none(shipped: Engine, complaint: str):
    assert shipped.analyse(Conversation(complaint=Complaint(complaint), draft=None), "nl").complaint.house_rules == ()
