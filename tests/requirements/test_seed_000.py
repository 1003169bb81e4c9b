"""Seed 000, "Zie klachten als kans!": what it asks of the analysis."""

from __future__ import annotations

import pytest

from tests.requirements.conftest import Ask


@pytest.mark.parametrize(
    ("language", "without", "with_thanks"),
    [
        ("nl", "Dat is vervelend. Ik zoek het uit. Noor", "Dank dat u dit meldt. Ik zoek het uit. Noor"),
        ("en", "That is annoying. I'll find out. Sam", "Thanks for telling us. I'll find out. Sam"),
    ],
)
def test_000_2_missing_thanks_is_hinted(ask: Ask, language, without: str, with_thanks: str):
    assert ask(without, language=language).component("thanks").hint
    assert ask(with_thanks, language=language).component("thanks").hint is None


def test_000_3_unjustified_needs_no_apology(ask: Ask):
    draft = "Goed dat u het vraagt. De actie liep tot zondag, omdat de prijs maandag omhoog ging. Noor"
    complaint = "Actie geldt ineens niet meer?? Oplichters."
    seen = ask(draft, complaint, justified=False)
    assert (seen.component("apology").needed, seen.component("apology").hint) == (False, None)
    assert seen.component("explanation").needed


@pytest.mark.parametrize(
    ("language", "draft"),
    [
        ("nl", "Wij verwijderen uw bericht. Noor"),
        ("nl", "Haal deze review weg, dan praten we verder. Noor"),
        ("en", "We will delete your comment. Sam"),
    ],
)
def test_000_6_announcing_deletion_is_held(ask: Ask, language, draft: str):
    assert ask(draft, language=language).levels("suppression") == ["hold"]


def test_000_7_unless_a_house_rule_is_broken_and_named(ask: Ask):
    draft = "Schelden op mensen laten onze huisregels niet toe; daarom verbergen wij dit bericht. Noor"
    assert ask(draft, "Mijn pakket is er nog niet.").levels("suppression") == ["hold"]
    assert ask(draft, "Stelletje debielen, mijn pakket is er nog niet.").levels("suppression") == []
    unnamed = "Daarom verbergen wij dit bericht. Noor"
    assert ask(unnamed, "Stelletje debielen, mijn pakket is er nog niet.").levels("suppression") == ["hold"]


@pytest.mark.parametrize(
    ("language", "complaint", "rules"),
    [
        ("nl", "Wat een kutservice is dit zeg.", []),
        ("nl", "jullie zijn kankerlijers", ["insult"]),
        ("en", "What a shit service this is.", []),
        ("en", "you are all morons", ["insult"]),
    ],
)
def test_000_8_things_may_be_sworn_at_people_not(ask: Ask, language, complaint: str, rules: list[str]):
    found = ask(None, complaint, language=language).complaint.house_rules
    assert [rule.id for rule in found] == rules
    for rule in found:
        assert complaint[rule.span.start : rule.span.end].strip()


def test_000_10_letting_off_steam_gets_one_calm_answer(ask: Ask):
    reading = ask(None, "Wat een bedrijf zeg, waardeloos.").complaint
    assert [kind.id for kind in reading.kinds] == ["vent"]
    assert "dan stoppen" in reading.advice[0]


def test_000_11_a_cliche_is_no_answer(ask: Ask):
    complaint = "De rits van mijn jas brak na twee dagen en niemand reageert op mijn mails."
    draft = "Wij betreuren het ongemak. Uw feedback is belangrijk voor ons. Noor"
    assert ask(draft, complaint).levels("boilerplate")
    assert (
        ask("De rits brak al na twee dagen; ik stuur u vandaag een nieuwe jas. Noor", complaint).levels("boilerplate")
        == []
    )


def test_000_12_the_invitation_is_offered_until_it_is_there(ask: Ask):
    assert ask("Ik stuur u een nieuwe. Noor").component("invitation").hint
    assert ask("Ik stuur u een nieuwe. Heeft u een tip voor de tekst? Noor").component("invitation").hint is None


@pytest.mark.parametrize(
    ("complaint", "language", "neutral"),
    [
        ("Stelletje oplichters! Mijn pakket kwam DRIE dagen te laat aan, schandalig!!!", "nl", ["Mijn pakket kwam drie dagen te laat aan."]),
        ("You bunch of crooks! My parcel came THREE days late, pathetic!!!", "en", ["My parcel came three days late."]),
    ],
)  # fmt: skip
def test_000_16_the_facts_apart_from_the_tone(ask: Ask, complaint: str, language, neutral: list[str]):
    read = ask(None, complaint, language=language, locale=language).complaint
    assert [fact.text for fact in read.facts] == neutral
