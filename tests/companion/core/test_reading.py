"""Reading: sentences as people type them, and which language it is."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor

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


def test_many_texts_at_the_same_moment():
    """The page asks for the findings and for the reading of the complaint at once, and every tab asks for itself."""
    texts = [(f"Beste Lisa{n}, wij{n} lezen mee. Groet, Noor{n}", ("nl", "en")[n % 2]) for n in range(400)]
    alone = [read(text, language) for text, language in texts]
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as readers:
            together = list(readers.map(lambda each: read(*each), texts))
    finally:
        sys.setswitchinterval(interval)
    assert [reading.sentences for reading in together] == [reading.sentences for reading in alone]
