"""What a site allows in no reply: seen where it is broken, silent where it only looks like it."""

from __future__ import annotations

import dataclasses

import pytest

from meelezer.core.catalogue import CatalogueError, default_catalogue, shared_directory
from meelezer.core.conversation import Complaint, Conversation, Draft
from meelezer.core.engine import Engine
from meelezer.core.platform_rules import load_platform_rules
from meelezer.core.platforms import Platform

CATALOGUE = default_catalogue()
STRICT = Platform("strict", "Strengsite", rules=tuple(CATALOGUE.platform_rules))
ENGINE = Engine(dataclasses.replace(CATALOGUE, platforms={**CATALOGUE.platforms, "strict": STRICT}))
COMPLAINT = {
    "nl": "De soep was koud en de ober liep drie keer langs zonder iets te zeggen. Nooit meer.",
    "en": "The soup was cold and the waiter walked past three times without a word. Never again.",
}


def broken(draft: str, language: str = "nl", platform: str = "strict") -> dict[str, str]:
    """Return the rules that are broken, each with its words."""
    report = ENGINE.analyse(
        Conversation(Complaint(COMPLAINT[language]), Draft(draft), language=language, platform=platform)
    )
    assert report.platform is not None
    return {rule.id: draft[rule.span.start : rule.span.end] for rule in report.platform.broken}


@pytest.mark.parametrize(
    ("language", "draft", "rule", "words"),
    [
        (
            "nl",
            "Kijk op www.soepbar.nl/reserveren voor een nieuwe tafel. Noor",
            "no-links",
            "www.soepbar.nl/reserveren",
        ),
        ("nl", "Op soepbar.nl staat onze kaart. Noor", "no-links", "soepbar.nl"),
        ("en", "See https://soupbar.example/book to come again. Sam", "no-links", "https://soupbar.example/book"),
        ("nl", "Mail mij op noor@soepbar.nl, dan bel ik je vandaag. Noor", "no-email", "noor@soepbar.nl"),
        ("en", "Write to sam.b@soupbar.co.uk and I will call. Sam", "no-email", "sam.b@soupbar.co.uk"),
        ("nl", "Bel mij op 030 - 123 45 67, dan zoek ik het uit. Noor", "no-phone", "030 - 123 45 67"),
        ("nl", "Bel ons gratis op 0800-1234 en vraag naar Noor.", "no-phone", "0800-1234"),
        ("en", "Call me on 0161 496 0123 and ask for Sam.", "no-phone", "0161 496 0123"),
        (
            "nl",
            "Je krijgt van ons een fles rode wijn als je terugkomt. Noor",
            "no-offers",
            "krijgt van ons een fles rode wijn",
        ),
        ("nl", "De volgende keer is het dessert van het huis. Noor", "no-offers", "van het huis"),
        ("nl", "We geven u graag 20% korting op een volgend bezoek. Noor", "no-offers", "geven u graag 20% korting"),
        ("en", "I would like to offer you a gift card for your next visit. Sam", "no-offers", "offer you a gift card"),
        ("en", "Your next dinner is on the house. Sam", "no-offers", "on the house"),
        (
            "nl",
            "Je schrijft “de ober liep drie keer langs” en dat klopt. Noor",
            "no-quotes",
            "“de ober liep drie keer langs”",
        ),
        ("en", 'You write "walked past three times" and that is true. Sam', "no-quotes", '"walked past three times"'),
        ("nl", "Wat ik doe:\n- de kok spreken\n- jou bellen\nNoor", "no-lists", "- de kok spreken"),
        ("en", "What I will do:\n1. speak to the chef\n2. call you\nSam", "no-lists", "1. speak to the chef"),
        ("nl", "Wil je dan je recensie aanpassen? Noor", "no-change-request", "recensie aanpassen"),
        ("en", "Would you consider to update your review? Sam", "no-change-request", "update your review"),
        ("nl", "Uw behandeling van vorige week liep inderdaad uit. Noor", "no-confirmation", "Uw behandeling"),
        ("en", "I remember your appointment in March. Sam", "no-confirmation", "your appointment"),
    ],
)
def test_broken(language, draft, rule, words):
    assert broken(draft, language).get(rule) == words


@pytest.mark.parametrize(
    ("language", "draft"),
    [
        ("nl", "Wat naar dat de soep koud was. Ik spreek de kok vanavond en kom er hier op terug. Noor, eigenaar"),
        ("en", "I am sorry the soup was cold. I am speaking to the chef tonight and will come back here. Sam, owner"),
        # A price, a date, an order number, a full stop without a space.
        ("nl", "De 45 euro voor de soep van 12-11-2026 staat morgen terug, bon 20261112.Groet van Noor"),
        # Words of one's own between quotation marks; a single word of the customer's.
        ("nl", "Wij noemen dat “de avondploeg redt het wel” en dat moet anders, want “koud” is koud. Noor"),
        ("en", "Our motto is 'nobody leaves hungry tonight' and we failed it. It's the chef's mistake. Sam"),
        # One line with a dash is no list; a free phone line, a free table and feedback that is welcome are no offers.
        ("nl", "Beste gast,\n- Noor"),
        (
            "nl",
            "Er was geen tafel vrij en de telefoon stond niet aan. Dank voor je recensie, die lezen we allemaal. Noor",
        ),
        ("en", "Thank you for the review, we all read it. We had no free table, and I own that. Sam"),
    ],
)
def test_silent(language, draft):
    assert broken(draft, language) == {}


def test_a_site_without_rules_breaks_none():
    assert broken("Mail mij op noor@soepbar.nl, je krijgt een fles wijn. Noor", platform="x") == {}


def test_an_unknown_site_is_read_as_any_other():
    report = ENGINE.analyse(Conversation(draft=Draft("Hoi Lisa, ik zoek het uit. Noor"), platform="hyves"))
    assert report.platform is not None
    assert report.platform.id == "generic"


def test_a_platform_that_names_no_rule_is_refused():
    with pytest.raises(CatalogueError, match=r"platform 'x' names 'no-jokes'"):
        load_platform_rules(
            shared_directory() / "platform-rules.toml", CATALOGUE.lexicon, [Platform("x", "X", rules=("no-jokes",))]
        )


@pytest.mark.parametrize(
    "hostile", ["0" * 20_000, "€ 5 " * 5_000, "- \n" * 6_000, "“" * 9_000, "krijgt " * 3_000, "www." * 5_000]
)
def test_hostile_text_is_read_in_no_time(hostile):
    """Only that it ends: the benchmark measures how fast."""
    broken(hostile)
