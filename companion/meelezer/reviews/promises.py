"""Promises in a reply ("ik bel u vóór vrijdag") and the moment by which they must be kept (seed 003, requirement 27).

Own patterns: dateparser, tried on 27 November 2026, reads "uiterlijk 3 december om 12.00 uur" as the year 2112 and finds
neither "vanmiddag" nor "binnen twee dagen".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from meelezer.core.conversation import Language
from meelezer.core.reading import read
from meelezer.core.report import Span

_END_OF_DAY = time(18)
_FRIDAY = 4


@dataclass(frozen=True, slots=True)
class Promise:
    """A sentence that promises something, and by when."""

    span: Span
    """Code points of the reply."""
    due_at: datetime


@dataclass(frozen=True, slots=True)
class _Words:
    """How one language says when."""

    promises: re.Pattern[str]
    past: re.Pattern[str]
    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    days: dict[str, int]
    parts: dict[str, time]
    numbers: dict[str, int]
    before: str
    within: re.Pattern[str]
    this_week: re.Pattern[str]
    next_week: re.Pattern[str]
    weekend: re.Pattern[str]
    clock: re.Pattern[str]


def _any(words: tuple[str, ...]) -> str:
    return "|".join(words)


_I = re.IGNORECASE
_WORDS: dict[Language, _Words] = {
    "nl": _Words(
        promises=re.compile(r"\b(?:ik|wij|we|(?:mijn|onze) collega|[uj]e? (?:hoort?|krijgt?|ontvangt?|hebt|heeft|heb)|hoor[td]? (?:u|je)|krijg[td]? (?:u|je)|he(?:b|bt|eft) (?:u|je)|komt|staat|ligt|brengt|belt|mailt|stuurt)\b", _I),
        past=re.compile(r"\b(?:gisteren|eergisteren|vorige|afgelopen|had(?:den)?|was|waren|werd(?:en)?|belde|zei|geleden|sinds|open|geopend)\b|\b(?:heb|hebben|is|zijn)\b.*\b(?:ge|be|ver|ont|her|er|op|af|aan|uit|door)\w{2,}(?:d|t|en)[.!]*$", _I),
        weekdays=("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"),
        months=("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"),
        days={"vandaag": 0, "vanochtend": 0, "vanmorgen": 0, "vanmiddag": 0, "vanavond": 0, "morgen": 1, "overmorgen": 2},
        parts={"vanochtend": time(12), "vanmorgen": time(12), "ochtend": time(12), "vanmiddag": time(17), "namiddag": time(17), "middag": time(17), "vanavond": time(21), "avond": time(21)},
        numbers={"een": 1, "één": 1, "twee": 2, "drie": 3, "vier": 4, "vijf": 5, "zes": 6, "zeven": 7, "tien": 10},
        before=r"(?:vóór|voor)",
        within=re.compile(r"\bbinnen (?:de )?(?P<count>\d{1,3}|een|één|twee|drie|vier|vijf|zes|zeven|tien) (?P<unit>minuten|kwartier|uur|uren|werkdag(?:en)?|dag(?:en)?|week|weken)\b", _I),
        this_week=re.compile(r"\b(?:deze week|(?:het )?einde? van de(?:ze)? week)\b", _I),
        next_week=re.compile(r"\b(?:volgende|komende) week\b", _I),
        weekend=re.compile(r"\bdit weekend\b", _I),
        clock=re.compile(r"(?:(?:tussen|van) \d{1,2}(?:[.:]\d{2})?(?: uur)? (?:en|tot) )?(?P<hour>[01]?\d|2[0-3])(?:[.:](?P<minute>[0-5]\d))? ?(?P<half>)(?:uur|u)\b|\b(?P<half_word>half) (?P<half_hour>een|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf)\b", _I),
    ),
    "en": _Words(
        promises=re.compile(r"\b(?:i|we|my colleague|you(?:'ll| will)|[a-z]+ will|is coming|comes|will be)\b", _I),
        past=re.compile(r"\b(?:yesterday|last|ago|was|were|had|didn't|called|told|since|open|have been|has been|(?:i|we)(?: have|'ve) \w+(?:ed|en|t))\b", _I),
        weekdays=("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
        months=("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"),
        days={"today": 0, "tonight": 0, "this morning": 0, "this afternoon": 0, "this evening": 0, "tomorrow": 1},
        parts={"this morning": time(12), "morning": time(12), "this afternoon": time(17), "afternoon": time(17), "this evening": time(21), "evening": time(21), "tonight": time(21), "noon": time(12)},
        numbers={"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10},
        before=r"before",
        within=re.compile(r"\b(?:within|in) (?:the next )?(?P<count>\d{1,3}|an?|one|two|three|four|five|six|seven|ten) (?P<unit>minutes?|hours?|(?:working|business) days?|days?|weeks?)\b", _I),
        this_week=re.compile(r"\b(?:this week|(?:the )?end of (?:the|this) week)\b", _I),
        next_week=re.compile(r"\bnext week\b", _I),
        weekend=re.compile(r"\bthis weekend\b", _I),
        clock=re.compile(r"(?:between \d{1,2}(?:[.:]\d{2})? ?(?:am|pm)? and )?\b(?P<hour>[01]?\d|2[0-3])(?:[.:](?P<minute>[0-5]\d))? ?(?P<half>am|pm|o'clock)\b|\b(?P<half_word>)(?P<half_hour>noon)\b", _I),
    ),
}  # fmt: skip
_HALF = ("", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf")


def promises(text: str, language: Language, now: datetime) -> list[Promise]:
    """Return what is promised in a reply, with moments in the zone of `now`; what has no moment is no promise to be reminded of."""
    return list(_promises(text, language, now))


def _promises(text: str, language: Language, now: datetime) -> Iterator[Promise]:
    words, reading = _WORDS[language], read(text, language)
    for sentence in reading.sentences:
        if not words.promises.search(sentence.text) or words.past.search(sentence.text):
            continue
        due = _due(sentence.text, words, now)
        if due is not None and due > now:
            yield Promise(reading.folded.to_original(sentence.span), due)


def _due(sentence: str, words: _Words, now: datetime) -> datetime | None:
    if match := words.within.search(sentence):
        return _within(match, words, now)
    clock = _clock(sentence, words)
    day, is_before = _day(sentence, words, now.date())
    part = _part(sentence, words)
    if day is None:
        if clock is None and part is None:
            return None
        day = now.date()
    at = clock or part
    if is_before and clock is None:
        # "Before Friday" is over when Friday begins.
        day, at = day - timedelta(days=1), _END_OF_DAY
    return datetime.combine(day, at or _END_OF_DAY, now.tzinfo)


def _within(match: re.Match[str], words: _Words, now: datetime) -> datetime:
    told, unit = match["count"].lower(), match["unit"].lower()
    count = int(told) if told.isdigit() else words.numbers[told]
    if unit.startswith(("min", "kwart")):
        return now + timedelta(minutes=15 if unit == "kwartier" else count)
    if unit.startswith(("uur", "uren", "hour")):
        return now + timedelta(hours=count)
    if unit in ("week", "weken", "weeks"):
        return datetime.combine(now.date() + timedelta(weeks=count), _END_OF_DAY, now.tzinfo)
    day = now.date()
    skips = unit.startswith(("werk", "working", "business"))
    while count:
        day += timedelta(days=1)
        count -= 0 if skips and day.weekday() > _FRIDAY else 1
    return datetime.combine(day, _END_OF_DAY, now.tzinfo)


def _day(sentence: str, words: _Words, today: date) -> tuple[date | None, bool]:
    """Return the last day that a sentence names, and whether it says "before" it."""
    months = _any(words.months)
    pattern = (
        rf"\b(?P<before>{words.before} )?(?:de |the )?(?:(?P<number>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<month>{months})"
        rf"|(?P<month_first>{months}) (?P<number_last>\d{{1,2}})(?:st|nd|rd|th)?\b"
        rf"|(?:(?P<next>volgende week|next week) )?(?P<weekday>{_any(words.weekdays)})"
        rf"|(?P<day>{_any(tuple(sorted(words.days, key=len, reverse=True)))}))"
    )
    found = [_named(match, words, today) for match in re.finditer(pattern, sentence, re.IGNORECASE)]
    # "I look into it today and call you before Friday": the promise is over when the last of it is.
    if known := [each for each in found if each is not None]:
        return max(known, key=lambda each: each[0])
    if found:
        return None, False
    if words.weekend.search(sentence):
        return today + timedelta(days=6 - today.weekday()), False
    if words.this_week.search(sentence):
        return today + timedelta(days=(_FRIDAY - today.weekday()) % 7), False
    if words.next_week.search(sentence):
        return today + timedelta(days=7 - today.weekday() + _FRIDAY), False
    return None, False


def _named(match: re.Match[str], words: _Words, today: date) -> tuple[date, bool] | None:
    """Return the day that a match of the pattern in `_day` names; None for one that is in no calendar."""
    is_before = match["before"] is not None
    if match["day"]:
        return today + timedelta(days=words.days[match["day"].lower()]), is_before
    if match["weekday"]:
        number = words.weekdays.index(match["weekday"].lower())
        if match["next"]:
            return today + timedelta(days=7 - today.weekday() + number), is_before
        # On Friday "Friday" is today, "before Friday" is not.
        return today + timedelta(days=(number - today.weekday()) % 7 or (7 if is_before else 0)), is_before
    month = words.months.index((match["month"] or match["month_first"]).lower()) + 1
    for year in (today.year, today.year + 1):
        try:
            day = date(year, month, int(match["number"] or match["number_last"]))
        except ValueError:
            continue
        if day >= today:
            return day, is_before
    return None


def _part(sentence: str, words: _Words) -> time | None:
    for part, at in words.parts.items():
        if re.search(rf"{re.escape(part)}\b", sentence, re.IGNORECASE):
            return at
    return None


def _clock(sentence: str, words: _Words) -> time | None:
    match = words.clock.search(sentence)
    if match is None:
        return None
    if match["hour"] is None:
        if match["half_hour"].lower() == "noon":
            return time(12)
        hour = _HALF.index(match["half_hour"].lower()) - 1
        return time(hour + 12 if hour < 8 else hour, 30)  # nobody promises something for half past one at night
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    half = match["half"].lower()
    if (half == "pm" and hour < 12) or (half in ("", "o'clock") and 0 < hour < 7 and match["minute"] is None):
        hour += 12
    return time(hour % 24, minute)
