"""Anonymity: who counts as a human being under a reply."""

from __future__ import annotations

import pytest
from tests.conftest import Find

from meelezer.core.catalogue import Catalogue, default_catalogue
from meelezer.core.conversation import Conversation, Draft, Writer
from meelezer.core.engine import Engine
from meelezer.core.platforms import Platform

SENTENCE = {"nl": "Wij zoeken vandaag uit waar uw pakket is.", "en": "We are finding out today where your parcel is."}


@pytest.mark.parametrize(
    ("language", "ending"),
    [
        ("nl", "\nGroet, Noor, bedrijfsleider"),
        ("nl", "\nMet vriendelijke groet,\n\nFatima el Amrani\nTeam Klantenservice"),
        ("nl", "\nHr. De Boer"),
        ("nl", " Tim"),
        ("nl", "\nJorn, netbeheer"),
        ("nl", "\nLieve, diensthoofd afval"),
        ("nl", "\nmvg Sanne"),
        ("nl", " ^kim"),
        ("nl", " ~Bo"),
        ("nl", "\nJ. de Vries"),
        ("nl", "\nTeam Webcare (Priya)"),
        ("nl", "\nxx Lore"),
        ("nl", " Bel mij gerust en vraag naar Joep."),
        ("en", "\nKind regards,\nTom\nCustomer Care"),
        ("en", " - Joe"),
        ("en", "\nDave and the team"),
        ("nl", "\nGroetjes, Joke en het hele team"),
        ("en", "\nDr. O'Brien, practice manager"),
        ("en", " 💪 Leon"),
        ("en", "\nAl, network"),
        ("en", " This is Maya, I'm on it."),
    ],
)
def test_a_human_name_is_enough(find, language: str, ending: str):
    assert find(SENTENCE[language] + ending, language, check="anonymity") == []


@pytest.mark.parametrize(
    ("language", "ending", "words"),
    [
        ("nl", "\nGroet, Team Klantenservice", "Groet, Team Klantenservice"),
        ("nl", "\nMet vriendelijke groet,\nKeukens & Zo B.V.", "Met vriendelijke groet,\nKeukens & Zo B.V."),
        ("nl", "\nFijne dag verder!", "Fijne dag verder!"),
        ("nl", "\nTot snel\nHet Webcareteam", "Het Webcareteam"),
        ("nl", " ^Webcare", "^Webcare"),
        ("en", "\nThanks, the whole crew", "Thanks, the whole crew"),
        ("en", "\nYours sincerely,\nHarbour Hotel", "Yours sincerely,\nHarbour Hotel"),
        (
            "en",
            " Thank you for your patience with all of this today.",
            "Thank you for your patience with all of this today.",
        ),
    ],
)
def test_a_team_is_nobody(find, language: str, ending: str, words: str):
    text = SENTENCE[language] + ending
    found = find(text, language, check="anonymity")
    assert [text[each.span.start : each.span.end] for each in found] == [words]
    assert found[0].level == "warn"


def test_the_customers_name_is_not_the_sender(find):
    assert find("Wij kijken ernaar. Groet, Lisa", "nl", check="anonymity", complaint="Waar blijft het?", author="Lisa")
    assert not find("Wij kijken ernaar. Groet, Lisa", "nl", check="anonymity")


def test_the_account_that_was_addressed_is_not_a_name(find):
    assert find(
        "Wij kijken ernaar. Groet, Voorbeeldnet", "nl", check="anonymity", complaint="@voorbeeldnet alweer storing?"
    )


def test_initials_only_are_a_hint(find):
    found = find("Wij kijken ernaar. ^EK", "nl", check="anonymity", writer=Writer("Elke"))
    assert found[0].level == "hint"
    assert found[0].rewrites == ("^Elke",)


def test_the_writers_own_name_needs_no_guessing(find):
    assert not find("Wij zoeken het uit. Groetjes team zorg, jip", "nl", check="anonymity", writer=Writer("Jip"))


def test_the_platform_may_show_the_author():
    catalogue = default_catalogue()
    shows = Platform("shows-author", "Shows the author", author_shown=True)
    engine = Engine(Catalogue((catalogue.check("anonymity"),), catalogue.lexicon, {shows.id: shows}))
    draft = Draft("Wij zoeken het uit.")
    assert engine.analyse(Conversation(draft=draft, language="nl")).findings
    assert not engine.analyse(Conversation(draft=draft, language="nl", platform=shows.id)).findings


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("Wij zoeken het uit.", "Wij zoeken het uit.\nGroet, Noor, bedrijfsleider"),
        ("Wij zoeken het uit.\n\n", "Wij zoeken het uit.\nGroet, Noor, bedrijfsleider\n\n"),
        ("Wij zoeken het uit.\nMvg, Team Zorg", "Wij zoeken het uit.\nMvg, Noor, bedrijfsleider\nTeam Zorg"),
    ],
)
def test_the_rewrite_signs(find, text: str, result: str):
    found = find(text, "nl", check="anonymity", writer=Writer("Noor", "bedrijfsleider"))[0]
    assert text[: found.replaces.start] + found.rewrites[0] + text[found.replaces.end :] == result


def test_without_a_profile_the_rewrite_leaves_gaps(find):
    assert find("We are looking into it.", "en", check="anonymity")[0].rewrites == (
        "\nKind regards, [your first name], [your role]",
    )


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Jullie mogen gratis meelopen. Groet, gids Karel (die voortaan een microfoon meeneemt)", "nl"),
        ("Groetjes, jouw kapster Bo", "nl"),
        ("Dat zoek ik uit. ^Wil", "nl"),
        ("Thank you Leanne!! Congratulations, and tell me the top tier survived. Rhian", "en"),
        ("Should be done by the 18th. https://roads.example/marshlane ^Will", "en"),
        ("Or your money back, whichever suits. Neil at the trade counter", "en"),
        ("Message us here or ring me, asking for Ruth.", "en"),
    ],
)
def test_a_name_is_found_beside_what_somebody_does_and_where(find: Find, text: str, language):
    assert find(text, language, check="anonymity") == []


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Wij zoeken het uit. Groet, ons team", "nl"),
        ("Wij zoeken het uit. ^Webcare", "nl"),
        ("Wij zoeken het uit. Groet, klantenservice Utrecht", "nl"),
        ("We are looking into it. Best, your customer team", "en"),
        ("We are looking into it. ^Support", "en"),
    ],
)
def test_what_somebody_does_alone_is_no_name(find: Find, text: str, language):
    assert len(find(text, language, check="anonymity")) == 1
