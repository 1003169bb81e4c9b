"""Opening hours: what a file may say, and the sentence that is made of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from meelezer.opening_hours import WEEK, Days, OpeningHours, in_words
from meelezer.playbook import PlaybookFile, read_playbook

SPLIT = {"monday": "9.00-12.30", "tuesday": "09:00 – 12:30", "thursday": "10.00-2.00", "sunday": "12.00-17.05"}


@pytest.mark.parametrize(
    ("days", "nl", "en"),
    [
        ({"friday": "9.00-17.30"}, "vrijdag van 9.00 tot 17.30 uur", "Friday from 9 am to 5.30 pm"),
        (dict.fromkeys(WEEK, "0.00-12.00"), "maandag tot en met zondag van 0.00 tot 12.00 uur", "Monday to Sunday from 12 am to 12 pm"),
        (SPLIT, "maandag en dinsdag van 9.00 tot 12.30 uur, donderdag van 10.00 tot 2.00 uur en zondag van 12.00 tot 17.05 uur", "Monday and Tuesday from 9 am to 12.30 pm, Thursday from 10 am to 2 am and Sunday from 12 pm to 5.05 pm"),
        ({}, None, None),
    ],
)  # fmt: skip
def test_days_become_a_sentence(days: dict[str, str], nl: str | None, en: str | None):
    read = Days.model_validate(days)
    assert (in_words(read, "nl"), in_words(read, "en")) == (nl, en)


def test_seven_different_days_still_fit_and_can_be_sent_back():
    days = {day: f"1{number}.30-2{number % 4}.45" for number, day in enumerate(WEEK)}
    read = OpeningHours.model_validate({"days": days})
    assert OpeningHours.model_validate(read.model_dump()) == read


def test_own_words_come_first_and_a_file_holds_no_words_that_the_days_give(tmp_path: Path):
    file = PlaybookFile(tmp_path)
    playbook = read_playbook("[opening_hours]\nen = 'Always'\n[opening_hours.days]\nmonday = '9.00-17.00'")
    file.save_playbook(playbook)
    assert file.now() == playbook
    assert (playbook.opening_hours.nl, playbook.opening_hours.en) == ("maandag van 9.00 tot 17.00 uur", "Always")
    assert "maandag" not in file.text()


@pytest.mark.parametrize("hours", ["", "9-17", "25.00-26.00", "9.00-9:00", "9.00", "9.00-17.60", "٩.00-17.00"])
def test_only_two_different_times_are_hours(hours: str):
    assert Days(monday=" 9.00-17.00\n").monday == "09:00-17:00"
    with pytest.raises(ValidationError, match="two times"):
        Days(monday=hours)


def test_nothing_at_all_is_no_opening_hours():
    with pytest.raises(ValidationError, match="is needed"):
        OpeningHours.model_validate({"days": {}})
