"""Seed 001, "32 % binnen 30 minuten" and the types of complainers: what it asks of the analysis."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.requirements.conftest import Ask

POSTED = datetime(2026, 11, 21, 20, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "complaint",
    [
        "Stelletje debielen, mijn pakket is er nog niet.",
        "Waar blijft mijn pakket?",
        "Alle buitenlanders het land uit, te beginnen met die kassière",
    ],
)
def test_001_1_deletion_is_never_the_first_advice(ask: Ask, complaint: str):
    advice = ask(None, complaint).complaint.advice
    assert not any(
        word in text.split(".")[0].casefold() for text in advice[:1] for word in ("verwijder", "verberg", "blokkeer")
    )


@pytest.mark.parametrize(
    ("minutes", "states"),
    [(5, ["ahead", "ahead"]), (26, ["near", "ahead"]), (31, ["passed", "ahead"]), (61, ["passed", "passed"])],
)
def test_001_2_the_clock_has_marks_at_30_and_60_minutes(ask: Ask, minutes: int, states: list[str]):
    clock = ask(
        None, "Waar blijft mijn pakket?", posted_at=POSTED, now=POSTED + timedelta(minutes=minutes)
    ).complaint.clock
    assert [(mark.minutes, mark.state) for mark in clock.marks] == list(zip((30, 60), states, strict=True))


@pytest.mark.parametrize(
    ("language", "kind", "complaint", "words"),
    [
        (
            "nl",
            "meek",
            "Normaal klaag ik nooit hoor, maar mijn jurkje is nu al drie weken niet binnen.",
            "Normaal klaag",
        ),
        ("nl", "aggressive", "SCHANDALIG!!! Derde keer bellen. Stelletje prutsers.", "SCHANDALIG"),
        (
            "nl",
            "high-roller",
            "Al 15 jaar klant en zakelijk abonnement. Ik verwacht vandaag een monteur.",
            "Al 15 jaar klant",
        ),
        (
            "nl",
            "opportunist",
            "Rits kapot. Wat krijg ik daarvoor? Een tegoedbon van 50 euro is niet genoeg.",
            "Wat krijg ik daarvoor",
        ),
        ("nl", "chronic", "Alweer koude soep, net als vorige maand. Jullie leren het ook nooit.", "Alweer"),
        ("en", "meek", "I don't usually complain, but my parcel still hasn't arrived.", "don't usually complain"),
        ("en", "aggressive", "DISGRACE!!! Third call, cut off again. Useless lot.", "DISGRACE"),
        ("en", "high-roller", "Gold member for 15 years. I expect an engineer today.", "Gold member"),
        ("en", "opportunist", "The zip broke. So what do I get? A 50 voucher isn't good enough.", "what do I get"),
        ("en", "chronic", "Cold soup yet again, same as last month. You never learn.", "yet again"),
    ],
)
def test_001_4_types_with_approach_and_evidence(ask: Ask, language, kind: str, complaint: str, words: str):
    seen = ask(None, complaint, language=language).complaint.complainer
    assert seen is not None
    assert (seen.id, bool(seen.approach)) == (kind, True)
    assert words in complaint[seen.span.start : seen.span.end + 20]


def test_001_5_being_heard_is_asked_for(ask: Ask):
    seen = ask("Ik stuur u morgen een nieuwe. Noor, bedrijfsleider", "Drie weken wachten op een jurk, schandalig.")
    missing = [each for each in seen.report.components if each.needed and not each.present]
    assert {each.id for each in missing} & {"paraphrase", "understanding"}
    assert all(each.hint for each in missing)


def test_001_6_neither_answer_nor_apology_is_not_enough(ask: Ask):
    seen = ask("Wij kijken ernaar.", "De rits brak na twee dagen. Wat doen jullie daaraan?")
    missing = {each.id for each in seen.report.components if each.needed and not each.present and each.hint}
    assert missing
    assert seen.component("apology").present is False
    assert [point.answered for point in seen.complaint.points if point.answered] == []


def test_001_8_the_reply_is_in_the_language_of_the_complaint(ask: Ask):
    complaint = "Mijn pakket is al drie weken niet binnen, waar blijft het nou?"
    draft = "Hi Lisa, we are very sorry about the delay. I'm sending it by courier today. Best, Sam"
    assert ask(draft, complaint, language=None).levels("language-mismatch")
    dutch = "Dag Lisa, drie weken is veel te lang. Ik stuur het vandaag met de koerier. Groet, Sam"
    assert ask(dutch, complaint, language=None).levels("language-mismatch") == []


def test_001_9_useful_without_configuration(ask: Ask):
    assert ask("Dat had u moeten lezen. Noor").levels("finger-pointing")


def test_001_10_a_concrete_public_apology_raises_no_warning(ask: Ask):
    draft = "Dag Lisa, sorry dat wij u dinsdag niet terugbelden; dat was onze fout. Ik bel u vandaag vóór 17.00 uur. Groet, Noor, bedrijfsleider"
    assert ask(draft, "Ik zou dinsdag gebeld worden, niks gehoord.").report.findings == ()


def test_001_12_public_and_private_have_different_rules(ask: Ask):
    draft = "Wilt u uw telefoonnummer hieronder plaatsen? Noor"
    assert ask(draft).levels("personal-data") == ["hold"]
    assert ask(draft, channel="private").levels("personal-data") == []


@pytest.mark.parametrize(
    ("platform", "channel", "broken"),
    [
        ("tripadvisor", "public", ["no-offers"]),
        ("tripadvisor", "private", []),
        ("facebook", "public", []),
    ],
)
@pytest.mark.parametrize(
    ("language", "draft", "words"),
    [
        ("nl", "Dag Femke, u krijgt van ons een fles wijn voor de moeite. Noor", "fles wijn"),
        ("en", "Hi Fiona, we would like to send you a bottle of wine. Sam", "bottle of wine"),
    ],
)
def test_001_11_a_gift_in_public_is_warned_of_where_the_platform_forbids_it(
    ask: Ask, platform: str, channel: str, broken: list[str], language: str, draft: str, words: str
):
    answer = ask(draft, "Het eten was koud.", language=language, platform=platform, channel=channel).report.platform
    assert [rule.id for rule in answer.broken] == broken
    assert all(words in draft[rule.span.start : rule.span.end] for rule in answer.broken)
