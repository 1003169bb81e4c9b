"""A whole reply to start from: nothing made up, the writer's facts kept, quiet under the whole catalogue once filled."""

from __future__ import annotations

import re

import pytest

from meelezer.core.conversation import Complaint, Conversation, Draft, Writer
from meelezer.core.engine import Engine
from meelezer.core.suggestion import suggest

ENGINE = Engine()
FILLED = {
    "[wat er gebeurde]": "de jurk al drie weken onderweg is",
    "[wat wij deden of lieten]": "niet terugbelden",
    "[wat klopt]": "het bord onduidelijk is",
    "[de oorzaak bij ons]": "wij het verkeerde filiaal opgaven",
    "[wat je doet]": "stuur een nieuwe",
    "[moment]": "vrijdag 12.00 uur",
    "[dag en uur]": "vrijdag 12.00 uur",
    "[naam]": "Lisa",
    "[je voornaam]": "Noor",
    "[je functie]": "bedrijfsleider",
    "[what happened]": "your dress has been on its way for three weeks",
    "[what we did or did not do]": "did not call you back",
    "[what is true]": "the sign is unclear",
    "[the cause on our side]": "we gave the wrong branch",
    "[what you do]": "send you a new one",
    "[day and hour]": "Friday noon",
    "[name]": "Lisa",
    "[your first name]": "Sam",
    "[your role]": "team lead",
}
CASES = [
    ("nl", "Al drie weken wacht ik op mijn jurk en niemand reageert.", "Beste Lisa,\n\nU had de voorwaarden moeten lezen. Uw jurk ligt in Zwolle en gaat vandaag mee met de koerier.\n\nGroet, Team Klantenservice"),
    ("nl", "Mijn dochter van 4 kreeg noten, wij moesten een ambulance bellen.", "Het ging mis in de keuken."),
    ("nl", "Waar blijft mijn pakket?", None),
    ("nl", "jij hebt mijn fiets gesloopt, hoe kan dat", "Hoi, dat is je eigen schuld 😀"),
    ("en", "Three weeks waiting for my dress and nobody answers.", "Dear Lisa, you should have read the terms. Your dress is in Leeds. Kind regards, Customer Service Team"),
    ("en", "My daughter was served nuts, we had to call an ambulance.", None),
]  # fmt: skip


def conversation(language, complaint: str, draft: str | None, **more) -> Conversation:
    return Conversation(Complaint(complaint), Draft(draft) if draft else None, language=language, **more)


def filled(text: str) -> str:
    return re.sub(r"\[[^\]]+\]", lambda gap: FILLED[gap[0]], text)


@pytest.mark.parametrize(("language", "complaint", "draft"), CASES)
@pytest.mark.parametrize("justified", [None, False])
def test_once_filled_nothing_is_found_and_nothing_needed_is_missing(language, complaint, draft, justified):
    suggestion = suggest(ENGINE, conversation(language, complaint, draft, justified=justified))
    report = ENGINE.analyse(conversation(language, complaint, filled(suggestion.text), justified=justified))
    assert [(each.check, each.level) for each in report.findings] == []
    assert [each.id for each in report.components if each.needed and not each.present] == []
    if justified is False:
        assert not next(each for each in report.components if each.id == "apology").present


def test_the_writers_facts_stay_and_the_reproach_goes():
    text = suggest(ENGINE, conversation(*CASES[0])).text
    assert "Uw jurk ligt in Zwolle en gaat vandaag mee met de koerier." in text
    assert "had de voorwaarden moeten lezen" not in text
    assert "Team Klantenservice" not in text
    assert text.startswith("Beste Lisa,")


def test_the_greeting_stays_when_its_sentence_goes():
    text = suggest(
        ENGINE, conversation("nl", "Waar blijft mijn jurk?", "Beste Lisa, U had de voorwaarden moeten lezen.")
    ).text
    assert text.startswith("Beste Lisa,\n")
    assert "voorwaarden" not in text


def test_names_that_are_known_are_filled_in():
    writer = Writer("Noor", "bedrijfsleider")
    asked = Conversation(Complaint("Waar blijft mijn pakket?", "Lisa"), None, writer, language="nl")
    text = suggest(ENGINE, asked).text
    assert text.startswith("Dag Lisa,")
    assert text.endswith("Groet, Noor, bedrijfsleider")


def test_gaps_are_where_they_are_said_to_be():
    suggestion = suggest(ENGINE, conversation("nl", "Waar blijft mijn pakket 😀?", None))
    words = [suggestion.text[gap.start : gap.end] for gap in suggestion.gaps]
    assert words
    assert all(each.startswith("[") and each.endswith("]") for each in words)


def test_a_good_reply_keeps_every_sentence():
    draft = "Dag Lisa,\n\nDrie weken wachten op je jurk is te lang, sorry. Ik stuur hem vandaag met de koerier.\n\nGroet, Noor, bedrijfsleider"
    text = suggest(ENGINE, conversation("nl", "Mijn jurk is na drie weken nog niet binnen.", draft)).text
    assert text == draft
