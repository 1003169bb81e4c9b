"""Seed 003, five steps: what it asks of the analysis."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from meelezer.core.catalogue import default_catalogue
from meelezer.core.conversation import LANGUAGES, Complaint, Conversation, Draft, Writer
from meelezer.core.engine import Engine
from meelezer.tone_model.labels import CHECKS
from meelezer.tone_model.runtime import ToneModel
from tests.requirements.conftest import Ask

SAFETY = "Mijn dochter van 4 kreeg noten terwijl we de allergie hadden doorgegeven. Ambulance moeten bellen."


def examples(check: str, language: str, kind: str) -> int:
    return len(getattr(default_catalogue().check(check).examples[language], kind))


@pytest.mark.parametrize(
    ("draft", "component"),
    [
        ("Dank dat u dit meldt. Noor", "thanks"),
        ("Ik stuur u vandaag een nieuwe. Noor", "action"),
        ("Wat zou u helpen? Noor", "invitation"),
    ],
)
def test_003_2_something_constructive_is_recognised(ask: Ask, draft: str, component: str):
    assert ask(draft).component(component).present


def test_003_3_capitals_are_seen_and_abbreviations_are_not(ask: Ask):
    assert ask("Wij hebben DRIE KEER GEBELD!!! Noor").levels("emotional")
    assert ask("Uw BTW-factuur van de ANWB en NS staat klaar. Noor").levels("emotional") == []


def test_003_5_the_writers_hurt_is_seen_the_customers_is_not(ask: Ask):
    assert ask("Ik voel mij hierdoor erg gekwetst. Noor").levels("emotional")
    assert ask("Ik begrijp dat u zich gekwetst voelt, en dat is terecht. Noor").levels("emotional") == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("check", ["emotional", "sarcasm", "finger-pointing", "trivialising"])
def test_003_6_7_8_9_examples_enough(check: str, language: str):
    assert examples(check, language, "fires") >= 12
    assert examples(check, language, "silent") >= 6


def test_003_7_sarcasm_is_never_held():
    check = default_catalogue().check("sarcasm")
    assert check.level != "hold"
    assert all(family.level != "hold" for family in check.families)


def test_003_8_finger_pointing_and_what_is_none(ask: Ask):
    assert ask("U had beter moeten lezen. Noor").levels("finger-pointing")
    assert ask("U had een bevestiging moeten ontvangen. Noor").levels("finger-pointing") == []


def test_003_9_trivialising_and_what_is_none(ask: Ask):
    assert ask("Het was maar een kwartiertje. Noor").levels("trivialising")
    assert ask("Ik kijk even voor u. Noor").levels("trivialising") == []


def test_003_10_deleting_a_complaint_is_held(ask: Ask):
    assert (
        ask("Wij hebben uw klacht verwijderd; deze review verwijderen wij ook. Noor").levels("suppression")[0] == "hold"
    )


def test_003_12_the_clock_starts_with_the_complaint_in_any_time_zone(ask: Ask):
    amsterdam = timezone(timedelta(hours=1))
    posted = datetime(2026, 11, 21, 21, 0, tzinfo=amsterdam)
    now = datetime(2026, 11, 21, 20, 31, tzinfo=UTC)
    marks = ask(None, "Waar blijft mijn pakket?", posted_at=posted, now=now).complaint.clock.marks
    assert [mark.state for mark in marks] == ["passed", "ahead"]
    assert marks[0].due_at == posted + timedelta(minutes=30)


def test_003_13_the_clock_runs_on_a_saturday_evening(ask: Ask):
    saturday = datetime(2026, 11, 21, 21, 0, tzinfo=UTC)
    assert saturday.weekday() == 5
    marks = ask(
        None, "Hallo?? Mijn kaartjes?", posted_at=saturday, now=saturday + timedelta(hours=2)
    ).complaint.clock.marks
    assert {mark.state for mark in marks} == {"passed"}


def test_003_14_generic_fails_specific_passes(ask: Ask):
    complaint = "Drie kwartier gewacht bij de kassa in Utrecht."
    assert ask("Wij betreuren het ongemak en nemen uw feedback serieus. Noor", complaint).levels("boilerplate")
    assert (
        ask("Drie kwartier bij de kassa is te lang; zaterdag staat er een kassa meer. Noor", complaint).levels(
            "boilerplate"
        )
        == []
    )


@pytest.mark.parametrize(
    ("language", "draft"), [("nl", "Dat is heel vervelend. Noor"), ("en", "That must be frustrating. Sam")]
)
def test_003_15_understanding_is_recognised(ask: Ask, language, draft: str):
    assert ask(draft, language=language).component("understanding").present


def test_003_16_action_without_a_moment_is_hinted(ask: Ask):
    assert ask("Ik stuur u een nieuwe. Noor").component("time").hint
    assert ask("Ik stuur u morgen een nieuwe. Noor").component("time").hint is None
    assert ask("U hoort zo snel mogelijk van mij. Noor").component("time").hint


def test_003_17_the_right_person_answers(ask: Ask):
    draft = "Wat vreselijk. Ik zoek het vandaag uit en bel u vóór 18.00 uur. Groet, {}"
    assert ask(draft.format("Tim, stagiair"), SAFETY).component("sign-off").hint
    assert ask(draft.format("Noor, bedrijfsleider"), SAFETY).component("sign-off").hint is None
    assert any("veiligheid" in advice for advice in ask(None, SAFETY).complaint.advice)


def test_003_18_name_and_role_under_a_severe_complaint(ask: Ask):
    draft = "Wat vreselijk. Ik zoek het vandaag uit en bel u vóór 18.00 uur. Groet, Noor"
    assert "functie" in ask(draft, SAFETY).component("sign-off").hint
    assert ask(draft, "De soep was lauw.").component("sign-off").hint is None


def test_003_19_never_anonymous(ask: Ask):
    assert ask("Wij zoeken het uit. Groet, het webcareteam").levels("anonymity") == ["warn"]
    assert ask("Ik zoek het uit. Groet, Noor").levels("anonymity") == []
    initials = "Wij hebben het nagevraagd en sturen morgen een nieuwe. ^NB"
    assert ask(initials, "De soep was lauw.").levels("anonymity") == ["hint"]
    assert ask(initials, SAFETY).levels("anonymity") == ["warn"]


@pytest.mark.parametrize(
    "draft", ["Plaats hier uw telefoonnummer, dan bellen wij. Noor", "Wat is uw adres? Zet het hieronder. Noor"]
)
def test_003_20_contact_details_are_asked_for_in_private(ask: Ask, draft: str):
    assert ask(draft).levels("personal-data") == ["hold"]
    assert ask("Stuurt u mij een privébericht met uw nummer? Noor", writer=Writer("Noor")).levels("personal-data") == []


def test_003_25_a_key_costs_one_sentence_not_the_reply(monkeypatch: pytest.MonkeyPatch):
    """A second for 100 words is measured by tests/bench/analysis.py; what keeps it so is that nothing is judged twice."""
    model = ToneModel.load()
    assert model is not None
    judged: list[str] = []
    judge = model._judge
    monkeypatch.setattr(model, "_judge", lambda text, *rest: judged.append(text) or judge(text, *rest))
    engine = Engine(judge=model, judged=CHECKS)
    stands = "Dag Karin, dat klopt niet. " + "Ik zocht het uit bij ons magazijn in {} en weet nu meer. " * 8
    reply = stands.format(*("Breda", "Zwolle", "Gent", "Assen", "Aalst", "Delft", "Breukelen", "Hasselt"))
    typed = [
        f"Dat had volgens mij {end}" for end in ("ook echt wel", "ook echt wel beter", "ook echt wel beter gemoeten.")
    ]
    for more in ("", *typed):
        engine.analyse(Conversation(Complaint("Waar blijft mijn pakket?"), Draft(reply + more), language="nl"))
    assert len(judged) == len(set(judged))
    assert judged[-3:] == typed
    assert len(judged) == 1 + 8 + 3
