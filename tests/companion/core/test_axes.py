"""Three axes, each with the words that carry and hurt it."""

from __future__ import annotations

from pathlib import Path

import pytest

from meelezer.core.axes import load_axes
from meelezer.core.conversation import Complaint, Conversation, Draft
from meelezer.core.data_files import CatalogueError, shared_directory
from meelezer.core.engine import Engine

COMPLAINT = {
    "nl": "Al drie weken wacht ik op mijn jas en niemand belt terug.",
    "en": "I have been waiting three weeks for my jacket and nobody calls back.",
}


def axes(engine: Engine, draft: str, language="nl"):
    report = engine.analyse(Conversation(Complaint(COMPLAINT[language]), Draft(draft), language=language), language)
    assert [axis.id for axis in report.axes] == ["humane", "understanding", "reasonable"]
    for axis in report.axes:
        for reason in axis.reasons:
            assert draft[reason.span.start : reason.span.end].strip()
    return {axis.id: axis for axis in report.axes}


GOOD = {
    "nl": "Beste Karin 😊, drie weken wachten is veel te lang. Het spijt me dat niemand terugbelde. Door een fout van ons bleef je jas liggen. Ik stuur hem vandaag op en bel je morgen. Sanne, webcare",
    "en": "Dear Karin 😊, three weeks is far too long. I am sorry that nobody called you back. Your jacket stayed behind because of our mistake. I am sending it today and will call you tomorrow. Sanne, webcare",
}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_good_reply_is_carried_on_all_three(engine: Engine, language) -> None:
    found = axes(engine, GOOD[language], language)
    assert {each.state for each in found.values()} == {"carried"}
    assert all(each.reasons and not each.note for each in found.values())


@pytest.mark.parametrize(
    ("language", "draft"),
    [("nl", "U had de voorwaarden moeten lezen."), ("en", "You should have read the terms.")],
)
def test_blame_hurts_understanding_and_says_with_which_words(engine: Engine, language, draft: str) -> None:
    found = axes(engine, draft, language)
    (reason,) = found["understanding"].reasons
    assert (found["understanding"].state, reason.helps) == ("hurt", False)
    assert draft[reason.span.start : reason.span.end] in draft
    assert found["reasonable"].state == "open"
    assert found["reasonable"].note


def test_admitting_a_fault_reduces_no_axis(engine: Engine) -> None:
    rank = {"hurt": 0, "open": 1, "mixed": 2, "carried": 3}
    for before, after in (
        (
            "Beste Karin, ik stuur je jas vandaag op. Sanne",
            "Beste Karin, dit was onze fout. Ik stuur je jas vandaag op. Sanne",
        ),
        ("Je had de voorwaarden moeten lezen.", "Je had de voorwaarden moeten lezen. Dit was onze fout."),
        ("Dank voor je bericht.", "Dank voor je bericht. Dit was onze fout."),
    ):
        without, with_fault = axes(engine, before), axes(engine, after)
        for axis, state in without.items():
            assert rank[with_fault[axis].state] >= rank[state.state], (before, axis)


def test_without_a_draft_there_is_none(engine: Engine) -> None:
    assert engine.analyse(Conversation(Complaint(COMPLAINT["nl"]), None), "nl").axes == ()


def test_an_element_that_is_not_there_is_refused_by_name(tmp_path: Path) -> None:
    path = shared_directory() / "axes.toml"
    with pytest.raises(CatalogueError, match=r"humane\.carried_by"):
        load_axes(path, ["greeting"], [])
