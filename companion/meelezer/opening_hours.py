"""Opening hours: per day, and in words as a reply says them."""

from __future__ import annotations

import itertools
import re
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from meelezer.core.conversation import Language
from meelezer.messages import messages

WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_HOURS = re.compile(r"([01]?[0-9]|2[0-3])[.:]([0-5][0-9])\s*[-–]\s*([01]?[0-9]|2[0-3])[.:]([0-5][0-9])")


def two_times(text: str) -> str:
    """Return "9.00 - 17.30" as "09:00-17:30". Raises PydanticCustomError."""
    found = _HOURS.fullmatch(text.strip())
    if not found or found.group(1, 2) == found.group(3, 4):
        raise PydanticCustomError("opening_time", "two times belong here, such as 9.00-17.30")
    return f"{int(found[1]):02}:{found[2]}-{int(found[3]):02}:{found[4]}"


Hours = Annotated[str, AfterValidator(two_times)]
"""From and until on one day, as HH:MM-HH:MM; until may be past midnight."""
Words = Annotated[str, StringConstraints(min_length=1, max_length=400, strip_whitespace=True)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Days(_Part):
    """When it is open; closed on a day that is left out."""

    monday: Hours | None = None
    tuesday: Hours | None = None
    wednesday: Hours | None = None
    thursday: Hours | None = None
    friday: Hours | None = None
    saturday: Hours | None = None
    sunday: Hours | None = None


def _said(language: Language) -> Any:
    """Return what makes the words of the days, where there are no own ones."""
    return lambda known: in_words(known["days"], language) if known.get("days") else None


class OpeningHours(_Part):
    """Per day, in own words, or both; a language without own words gets those of the days."""

    days: Days | None = None
    nl: Words | None = Field(default_factory=_said("nl"))
    en: Words | None = Field(default_factory=_said("en"))

    @model_validator(mode="after")
    def _some(self) -> OpeningHours:
        if self.nl is None and self.en is None and not (self.days and in_words(self.days, "nl")):
            raise PydanticCustomError("no_hours", "days, nl or en is needed")
        return self

    def as_written(self) -> dict[str, Any]:
        """Return it as a file holds it: without the words that the days give by themselves."""
        given = {language: in_words(self.days, language) for language in ("nl", "en")} if self.days else {}
        return {
            key: value
            for key, value in self.model_dump(exclude_none=True).items()
            if not value or value != given.get(key)
        }


def in_words(days: Days, language: Language) -> str | None:
    """Return "maandag tot en met vrijdag van 9.00 tot 17.30 uur"; None where no day is open."""
    say = messages(language)
    names = say("opening_hours.days").split()
    stretches = []
    for hours, group in itertools.groupby(range(len(WEEK)), lambda number: getattr(days, WEEK[number])):
        if hours is None:
            continue
        numbers = [*group]
        first, last = names[numbers[0]], names[numbers[-1]]
        key = {1: "one", 2: "two"}.get(len(numbers), "many")
        when = say(f"opening_hours.{key}", first=first, last=last)
        opens, closes = (_clock(time, language) for time in hours.split("-"))
        stretches.append(say("opening_hours.open", days=when, opens=opens, closes=closes))
    if len(stretches) < 2:
        return stretches[0] if stretches else None
    return say("opening_hours.both", first=", ".join(stretches[:-1]), last=stretches[-1])


def _clock(time: str, language: Language) -> str:
    hour, minute = int(time[:2]), time[3:]
    if language == "nl":
        return f"{hour}.{minute}"
    exact = "" if minute == "00" else f".{minute}"
    return f"{hour % 12 or 12}{exact} {'am' if hour < 12 else 'pm'}"
