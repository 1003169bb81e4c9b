"""Seed 004, unjustified criticism: what it asks of the analysis."""

from __future__ import annotations

import pytest

from meelezer.core.catalogue import default_catalogue
from meelezer.core.contact_ladder import climb
from meelezer.core.conversation import LANGUAGES, Complaint, Conversation, Draft
from meelezer.core.reading import read
from meelezer.core.report import LEVELS
from meelezer.core.signature import find_signature
from meelezer.core.suggestion import suggest
from meelezer.shipped import shipped_engine
from tests.requirements.conftest import Ask


def test_004_1_lashing_out_and_deleting_come_first(ask: Ask):
    levels = [
        finding.level
        for finding in ask("U had moeten lezen. Wij verwijderen uw bericht. Groet, het team").report.findings
    ]
    assert levels[0] == "hold"
    assert levels == sorted(levels, key=LEVELS.index)


def test_004_2_only_the_writer_says_that_it_is_unjustified(ask: Ask):
    complaint, draft = "Actie geldt ineens niet meer?? Oplichters.", "Ik leg het graag uit. Noor"

    def needed(justified):
        return {each.id for each in ask(draft, complaint, justified=justified).report.components if each.needed}

    assert needed(None) == needed(True)
    assert needed(False) != needed(None)
    assert {"concession", "explanation"} <= needed(False)


def test_004_3_putting_somebody_in_their_place_is_seen(ask: Ask):
    assert ask("Wie goed leest, ziet dat u zich vergist. Noor").report.findings


@pytest.mark.parametrize(("language", "words"), [("nl", "Gelijk hebben"), ("en", "right")])
def test_004_4_being_right_is_not_the_point(language, words: str):
    assert words in default_catalogue().check("arguing").why[language]


@pytest.mark.parametrize(
    ("draft", "component"),
    [
        ("Dat is heel vervelend. Noor", "understanding"),
        ("Sorry dat wij niet belden. Noor", "apology"),
        ("Ik stuur een nieuwe. Noor", "action"),
    ],
)
def test_004_6_caring_concerned_and_ready_to_help_each_alone(ask: Ask, draft: str, component: str):
    there = {each.id for each in ask(draft).report.components if each.present} & {"understanding", "apology", "action"}
    assert there == {component}


def test_004_7_acknowledgement_comes_before_correction(ask: Ask):
    complaint = "De actie geldt ineens niet meer."
    first = "Ik snap dat u schrok van de prijs."
    then = "De actie liep tot zondag, omdat de leverancier maandag de prijs verhoogde."
    assert ask(f"{first} {then} Noor", complaint).component("explanation").hint is None
    assert "eerst" in ask(f"{then} {first} Noor", "Wat een oplichters!").component("explanation").hint


@pytest.mark.parametrize(
    "draft", ["Extra informatie: de actie liep tot zondag. Noor", "Dat is een misverstand dat wij zelf maakten. Noor"]
)
def test_004_8_extra_information_and_misunderstanding_are_good_words(ask: Ask, draft: str):
    assert ask(draft).levels("arguing") == []


def test_004_11_why_and_what_is_done_are_both_seen(ask: Ask):
    seen = ask("Het bleef liggen omdat wij het filiaal verwisselden. Ik stuur het vandaag. Noor")
    assert seen.component("explanation").present
    assert seen.component("action").present


@pytest.mark.parametrize(
    ("language", "draft"), [("nl", "Heeft u een tip voor ons? Noor"), ("en", "Any tips for us? Sam")]
)
def test_004_12_asking_for_tips_is_recognised(ask: Ask, language, draft: str):
    assert ask(draft, language=language).component("invitation").present


def test_004_14_a_private_message_alone_hides_what_is_done(ask: Ask):
    action = ask("Stuur ons een DM.", "Mijn pakket is kwijt.").component("action")
    assert (action.present, action.needed) == (False, True)


@pytest.mark.parametrize(
    ("draft", "height"),
    [
        ("Stuur het naar support.", 0),
        ("Stuur het ter attentie van Chris.", 1),
        ("Stuur het naar chris@voorbeeldbedrijf.be.", 2),
        ("Ik bel u vrijdag vóór 12.00 uur. Groet, Noor", 3),
        ("Chris belt u morgen om 10 uur.", 3),
        ("Mail naar info@voorbeeldbedrijf.be.", 0),
        ("Het was druk.", None),
    ],
)
def test_004_15_contact_ladder(draft: str, height: int | None):
    catalogue = default_catalogue()
    contact = next(each for each in catalogue.components if each.id == "contact")
    reading = read(draft, "nl")
    rung = climb(reading, contact.rungs, catalogue.lexicon["nl"], find_signature(reading, catalogue.lexicon["nl"]))
    assert (rung.height if rung else None) == height


@pytest.mark.parametrize(
    "draft",
    [
        "Stuur mij een DM. Noor",
        "Mail mij op noor@voorbeeld.nl. Noor",
        "Ik bel u vanmiddag. Noor",
        "App mij even. Noor",
        "Stuur mij een privébericht. Noor",
    ],
)
def test_004_16_private_channels_are_known(ask: Ask, draft: str):
    assert ask(draft).component("contact").present


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("check", ["finger-pointing", "arguing"])
def test_004_17_readers_side_with_david(check: str, language):
    assert "David" in default_catalogue().check(check).why[language]


@pytest.mark.parametrize(
    "draft",
    [
        "Dag Lisa, ik stuur het vandaag. Noor",
        "Zo zijn nu eenmaal onze regels. Noor",
        "Sorry daarvoor, u heeft gelijk. Noor",
    ],
)
def test_004_19_admitting_a_fault_never_counts_against_a_reply(ask: Ask, draft: str):
    before = ask(draft).report.balance
    after = ask(draft.replace(" Noor", " Dit was onze fout. Noor")).report.balance
    assert after.position >= before.position
    assert after.band != "too-humble"


@pytest.mark.parametrize(
    ("draft", "states"),
    [
        ("Beste Karin, het spijt me. Ik bel je morgen. Sanne, webcare", ("carried", "carried", "carried")),
        ("U had de voorwaarden moeten lezen. Sanne, webcare", ("carried", "hurt", "open")),
    ],
)
def test_004_18_humane_understanding_reasonable_with_the_words(ask: Ask, draft: str, states: tuple[str, ...]):
    axes = ask(draft, "Al drie weken wacht ik op mijn jas.").report.axes
    assert [axis.id for axis in axes] == ["humane", "understanding", "reasonable"]
    assert tuple(axis.state for axis in axes) == states
    assert all(draft[reason.span.start : reason.span.end] for axis in axes for reason in axis.reasons)


@pytest.mark.parametrize(
    ("complaint", "draft", "language", "words"),
    [
        ("Leuk, maar mijn nieuwe jas hangt scheef. Kan dat anders?", "Dank u. Sanne, webcare", "nl", "uw jas"),
        (
            "Leuk, maar m'n koffer rolt niet. Kan dat anders?",
            "Dank je voor je bericht. Sanne, webcare",
            "nl",
            "je koffer",
        ),
        ("Nice, but our tent leaks a bit. Could you do this differently?", "Thanks. Sanne, webcare", "en", "your tent"),
    ],
)
def test_004_13_how_can_we_make_this_better_together(complaint: str, draft: str, language, words: str):
    invitation = {component.id: component for component in shipped_engine().catalogue.components}["invitation"]
    conversation = Conversation(Complaint(complaint), Draft(draft), language=language, justified=False)
    text = suggest(shipped_engine(), conversation, language).text
    assert any(form.format(product=words) in text for form in invitation.about_product[language])


@pytest.mark.parametrize(
    "complaint", ["Mijn moeder wacht al uren.", "Jullie zijn te laat.", "Mijn eigen schuld zeker?"]
)
def test_004_13_where_no_product_is_named_none_is_made_up(complaint: str):
    conversation = Conversation(Complaint(complaint), Draft("Dank u. Sanne"), language="nl", justified=False)
    assert "samen beter maken" not in suggest(shipped_engine(), conversation, "nl").text


@pytest.mark.parametrize(
    ("complaint", "draft", "language"),
    [
        (
            "Waarom was de soep koud? Waarom duurde het een uur? Ik wil mijn geld terug voor de wijn.",
            "Beste Karin, u heeft gelijk dat de soep koud was. Wij koken alles vers. Sanne, gastvrouw",
            "nl",
        ),
        (
            "Why was the soup cold? Why did it take an hour? I want my money back for the wine.",
            "Dear Karin, you are right that the soup was cold. We cook everything fresh. Sanne, host",
            "en",
        ),
    ],
)
def test_004_10_of_three_true_points_the_two_that_are_not_conceded_are_named(
    ask: Ask, complaint: str, draft: str, language
):
    points = [(point.span.start, point.span.end) for point in ask(draft, complaint, language=language).complaint.points]
    assert len(points) == 3
    report = shipped_engine().analyse(
        Conversation(Complaint(complaint, true_points=tuple(points)), Draft(draft), language=language)
    )
    assert [point.conceded for point in report.complaint.points] == [True, False, False]
    # Only the writer says what is true.
    assert [point.conceded for point in ask(draft, complaint, language=language).complaint.points] == [None] * 3


@pytest.mark.parametrize(
    ("complaint", "draft", "language", "is_good"),
    [
        ("Waarom was de winkel dinsdag dicht?", "Beste Karin, wat vervelend. Dinsdag was de winkel gewoon open. Sanne", "nl", False),
        ("Waarom was de winkel dinsdag dicht?", "Beste Karin, wat vervelend. Dinsdag sluit de winkel om vier uur, omdat we dan leveren. Sanne", "nl", True),
        ("Waarom was de winkel dinsdag dicht?", "Beste Karin, wat vervelend. Wij doen dit omdat iedereen belangrijk is. Sanne", "nl", False),
        ("Why was the shop closed on Tuesday?", "Dear Karin, how annoying. On Tuesday the shop was open. Sanne", "en", False),
        ("Why was the shop closed on Tuesday?", "Dear Karin, how annoying. The shop closes at four on Tuesday because we deliver then. Sanne", "en", True),
        ("Why was the shop closed on Tuesday?", "Dear Karin, how annoying. We do this because everybody matters. Sanne", "en", False),
    ],
)  # fmt: skip
def test_004_9_a_correction_gives_a_reason_that_is_about_the_complaint(
    ask: Ask, complaint: str, draft: str, language, is_good: bool
):
    explanation = ask(draft, complaint, language=language, locale=language, justified=False).component("explanation")
    assert explanation.needed
    assert (explanation.present and explanation.hint is None) is is_good
    assert is_good or explanation.hint
