"""Reading: sentences as people type them, and which language it is."""

from __future__ import annotations

import pytest

from meelezer.core.reading import detect_language, read


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Hoi. ik kijk ernaar!", ["Hoi.", "ik kijk ernaar!"]),
        ("Top! 😀 Sorry hoor...Gr. Tim", ["Top! 😀", "Sorry hoor...", "Gr. Tim"]),
        ("Beste Lisa,\n\nWij zoeken het uit\nGroet, Noor", ["Beste Lisa,", "Wij zoeken het uit", "Groet, Noor"]),
        ("J. de Vries, teamleider", ["J. de Vries, teamleider"]),
        ("Om 18.00 uur t.a.v. Sanne.", ["Om 18.00 uur t.a.v. Sanne."]),
        ('Dit is raar!!! "Echt?" zei hij', ["Dit is raar!!!", '"Echt?"', "zei hij"]),
        ("Ik bel u morgen.Dan hoort u meer", ["Ik bel u morgen.", "Dan hoort u meer"]),
        ("Via Booking.com of www.voorbeeld.nl kan het", ["Via Booking.com of www.voorbeeld.nl kan het"]),
        ("^Kim", ["^Kim"]),
        ("", []),
        ("   \n ", []),
        ("🙄", ["🙄"]),
    ],
)
def test_sentences(text: str, sentences: list[str]):
    assert [sentence.text for sentence in read(text, "nl").sentences] == sentences


def test_sentences_stand_where_they_say():
    text = "Beste e\u0301en,  \n wij\u200b  lezen mee!  😀  \n\n Groet"
    reading = read(text, "nl")
    for sentence in reading.sentences:
        assert reading.folded.text[sentence.span.start : sentence.span.end] == sentence.text


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Wij hebben uw bericht gelezen.", "nl"),
        ("We have read your message.", "en"),
        ("Hoi, sorry voor het wachten! 😀", "nl"),
        ("ok", None),
        ("★☆☆☆☆", None),
        ("@ziggo #storing https://example.com", None),
        ("", None),
    ],
)
def test_detect_language(text: str, language: str | None):
    assert detect_language(text) == language


def test_reading_twenty_thousand_characters_without_a_stop():
    reading = read("woord " * 3333, "nl")
    assert len(reading.sentences) == 1
