"""What the customer asks: kind, expectations, points, severity, who may be asking, house rules, clock."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Protocol

from meelezer.core.conversation import Complaint, Conversation, Language
from meelezer.core.data_files import Patterns
from meelezer.core.elements import Cue, Sort
from meelezer.core.facts import facts
from meelezer.core.reading import Reading
from meelezer.core.report import Clock, ClockMark, Complainer, ComplaintReport, Point, Severity, Sign, Span

MARKS = (30, 60)
"""Minutes within which customers expect an answer (seed 000)."""
_NEAR = 5 / 6
"""Share of the time that has passed when a mark comes near: 20 of 24 hours."""
_SURE, _POSSIBLE = 0.4, 0.15
"""From which chance on something is expected, without words that show it and with them (as all here: set on the fold `calibrate`)."""
_BROKEN = 0.7
"""From which chance on a house rule may be broken: to accuse a customer takes more (6 of 8 right on `calibrate`, of 23 that are)."""
_LIKELY_WHO = 0.01
"""From which chance on somebody may be complaining as words show (35 of 40 right on `calibrate`)."""
_SEEN, _FIRST, _SECOND = 0.2, 0.4, 0.6
"""What words add to a kind's chance, and what the first and the second kind need."""
_NEIGHBOUR, _FAR, _HIGH = 0.6, 0.4, 2.0
"""What a level counts for that is one step from the words' own, or further; and 3 and 4, which it costs more to miss."""
_NO_TOPIC = frozenset({"vent", "unjustified", "third-party", "stars-only", "wrong-address"})
"""Kinds that say little of what to do; the model alone must be sure of them."""
_NO_TOPIC_FROM = 0.5
_FRIENDLY = 0.6
_MOST_POINTS = 6
FRIENDLY = frozenset({"praise", "question"})
"""Kinds of messages that are no complaint."""
_WEIGH_MOST = frozenset({"safety", "discrimination", "privacy"})
_SAY_LITTLE = frozenset({"third-party", "vent", "taste", "praise", "question"})
_WORDS = re.compile(r"[^\W\d_]{2,}")
_UNSPOKEN = frozenset({"heard", "none", "change"})
"""Expectations that are no point to answer by themselves."""
_FEWEST_WORDS_OF_A_FACT = 4


class ComplaintJudgement(Protocol):
    """What a model makes of a complaint, in the order of the names in `tone_model.labels`."""

    def kind(self, kind: str) -> float:
        """Return how likely it is of this kind."""

    def expectation(self, expectation: str) -> float:
        """Return how likely the customer expects this."""

    def severity(self) -> Sequence[float]:
        """Return how likely each of the levels 1 to 4 is."""

    def complainer(self, complainer: str) -> float:
        """Return how likely it comes from somebody like this."""

    @property
    def house_rule(self) -> float:
        """How likely it breaks a house rule."""


@dataclass(frozen=True, slots=True)
class ComplaintReader:
    """Reads complaints with one set of cues."""

    cues: Mapping[Sort, tuple[Cue, ...]]
    tone: Patterns

    def read(
        self,
        conversation: Conversation,
        reading: Reading,
        locale: Language,
        judgement: ComplaintJudgement | None = None,
        now: datetime | None = None,
        promise: timedelta | None = None,
    ) -> ComplaintReport:
        """Return what `reading` says. Positions are in the folded text; points are not judged on a draft here.

        `now` is needed for the clock, `promise` is the team's own; labels and advice come in `locale`.
        """
        complaint = conversation.complaint
        assert complaint is not None
        hits = {sort: self._hits(sort, reading) for sort in self.cues}
        empty = len(_WORDS.findall(reading.folded.text)) < 2
        severity = _severity(hits["severity"], self.cues["severity"], locale, judgement)
        kinds = () if empty else self._kinds(hits["kind"], locale, judgement)
        if empty:
            kinds = (Sign("stars-only", {"nl": "Alleen sterren", "en": "Stars only"}[locale], None),)
        rules = self._house_rules(hits["house-rule"], locale, judgement)
        expectations = () if empty else self._expectations(hits["expectation"], locale, judgement)
        return ComplaintReport(
            language=reading.language,
            kinds=kinds,
            expectations=expectations,
            points=() if empty else tuple(_points(reading, hits)),
            facts=() if empty or not self.tone else facts(reading, self.tone),
            severity=severity,
            complainer=None if empty else self._complainer(hits["complainer"], locale, judgement),
            house_rules=rules,
            advice=tuple(self._advice(kinds, severity, rules, locale)),
            clock=_clock(complaint, now, promise),
        )

    def _hits(self, sort: Sort, reading: Reading) -> dict[str, Span]:
        """Return the first words that show each cue."""
        found: dict[str, Span] = {}
        for cue in self.cues[sort]:
            for sentence in reading.sentences:
                if first := _first_hit(cue, reading.language, sentence.text):
                    start = sentence.span.start
                    found[cue.id] = Span(start + first.start, start + first.end)
                    break
        return found

    def _kinds(
        self, hits: Mapping[str, Span], locale: Language, judgement: ComplaintJudgement | None
    ) -> tuple[Sign, ...]:
        labels = {cue.id: cue.label[locale] for cue in self.cues["kind"]}
        if judgement is None:
            # Who is spoken for, and anger alone, say least.
            chosen = sorted(hits, key=lambda kind: (kind in _SAY_LITTLE, kind not in _WEIGH_MOST, hits[kind].start))[:2]
        else:
            chances = {kind: judgement.kind(kind) for kind in labels}
            # To take a complaint for praise would spoil the reply; the other way round costs a hint.
            for kind in FRIENDLY:
                chances[kind] = chances[kind] if chances[kind] >= _FRIENDLY else 0.0
            for kind in _NO_TOPIC & chances.keys():
                chances[kind] = chances[kind] if chances[kind] >= _NO_TOPIC_FROM else 0.0
            scores = {kind: chance + (_SEEN if kind in hits else 0.0) for kind, chance in chances.items()}
            likeliest = sorted(scores, key=lambda kind: -scores[kind])[:2]
            chosen = [kind for kind, least in zip(likeliest, (_FIRST, _SECOND), strict=True) if scores[kind] >= least]
        return tuple(Sign(kind, labels[kind], hits.get(kind)) for kind in chosen)

    def _expectations(
        self, hits: Mapping[str, Span], locale: Language, judgement: ComplaintJudgement | None
    ) -> tuple[Sign, ...]:
        found = []
        for cue in self.cues["expectation"]:
            chance = judgement.expectation(cue.id) if judgement else (1.0 if cue.id in hits else 0.0)
            if chance >= (_POSSIBLE if cue.id in hits else _SURE):
                found.append((chance, Sign(cue.id, cue.label[locale], hits.get(cue.id))))
        found.sort(key=lambda each: -each[0])
        if len(found) > 1:  # who wants something does not want "nothing more"
            found = [each for each in found if each[1].id != "none"] or found
        return tuple(sign for _, sign in found[:4])

    def _complainer(
        self, hits: Mapping[str, Span], locale: Language, judgement: ComplaintJudgement | None
    ) -> Complainer | None:
        """Return the likeliest that words show; without words, nothing: a person is not judged by a figure."""
        chances = {kind: judgement.complainer(kind) if judgement else 1.0 for kind in hits}
        best = max(chances, key=lambda kind: chances[kind], default=None)
        if best is None or chances[best] < _LIKELY_WHO:
            return None
        cue = next(cue for cue in self.cues["complainer"] if cue.id == best)
        assert cue.advice is not None
        return Complainer(best, cue.label[locale], hits[best], cue.advice[locale])

    def _house_rules(
        self, hits: Mapping[str, Span], locale: Language, judgement: ComplaintJudgement | None
    ) -> tuple[Sign, ...]:
        """Return the rules that words show broken; without any, that the model thinks one is."""
        cues = self.cues["house-rule"]
        found = tuple(Sign(cue.id, cue.label[locale], hits[cue.id]) for cue in cues if cue.id in hits)
        if not found and judgement is not None and judgement.house_rule >= _BROKEN:
            found = tuple(Sign(cue.id, cue.label[locale], None) for cue in cues if cue.judged)
        return found

    def _advice(
        self, kinds: Sequence[Sign], severity: Severity | None, rules: Sequence[Sign], locale: Language
    ) -> Iterator[str]:
        for rule in rules:
            cue = next(cue for cue in self.cues["house-rule"] if cue.id == rule.id)
            if cue.advice:
                yield cue.advice[locale]
        for cue in self.cues["kind"]:
            if kinds and cue.id == kinds[0].id and cue.advice:
                yield cue.advice[locale]
        if severity is not None and severity.level >= 3:
            who = next((cue.who for cue in self.cues["kind"] if kinds and cue.id == kinds[0].id), None)
            if who:
                yield {
                    "nl": f"Laat dit beantwoorden door {who[locale]}, met naam en functie.",
                    "en": f"Have this answered by {who[locale]}, with name and role.",
                }[locale]
        if severity is not None and severity.level == 4:
            yield {
                "nl": "Laat een tweede paar ogen meelezen, en maak geen grap.",
                "en": "Have a second pair of eyes read it, and make no joke.",
            }[locale]


# The complaint stays while the reply is typed.
@lru_cache(maxsize=8192)
def _first_hit(cue: Cue, language: Language, text: str) -> Span | None:
    spans = (Span(*match.span()) for pattern in cue.patterns[language] for match in pattern.finditer(text))
    return min(
        (span for span in spans if span.end > span.start), key=lambda span: (span.start, -span.end), default=None
    )


def _severity(
    hits: Mapping[str, Span], cues: Sequence[Cue], locale: Language, judgement: ComplaintJudgement | None
) -> Severity:
    """Return the level. The reasons are the words; where a model reads along, the level is what both agree on best."""
    reasons = tuple(Sign(cue.id, cue.label[locale], hits[cue.id]) for cue in cues if cue.id in hits)
    added = min(4, 1 + sum(cue.weight for cue in cues if cue.id in hits))
    if judgement is None:
        return Severity(added, reasons)
    chances = judgement.severity()
    # Words alone miss what nobody listed, a model alone cannot say why: the level that both give most weight to.
    weighed = [
        chance
        * (1.0 if level == added else _NEIGHBOUR if abs(level - added) == 1 else _FAR)
        * (_HIGH if level >= 3 else 1.0)
        for level, chance in enumerate(chances, 1)
    ]
    return Severity(1 + max(range(4), key=lambda index: weighed[index]), reasons)


def _points(reading: Reading, hits: Mapping[Sort, Mapping[str, Span]]) -> Iterator[Point]:
    """Yield the sentences that ask, demand or state something that a reply can answer."""
    demands = [span for cue, span in hits["expectation"].items() if cue not in _UNSPOKEN]
    said = [*hits["kind"].values(), *(span for cue, span in hits["expectation"].items() if cue == "change")]
    count = 0
    for sentence in reading.sentences:
        words = len(_WORDS.findall(sentence.text))
        if words < 2:
            continue
        # "Daylight robbery." and "Buyer beware." tell nothing that could be answered.
        marks = demands if words < _FEWEST_WORDS_OF_A_FACT else [*demands, *said]
        if "?" in sentence.text or any(span.overlaps(sentence.span) for span in marks):
            yield Point(sentence.span)
            count += 1
            if count == _MOST_POINTS:
                return


def _clock(complaint: Complaint, now: datetime | None, promise: timedelta | None) -> Clock | None:
    posted = complaint.posted_at
    if posted is None or now is None:
        return None
    lengths = [timedelta(minutes=minutes) for minutes in MARKS]
    if promise is not None and promise not in lengths:
        lengths.append(promise)
    waited = now - posted
    return Clock(
        posted,
        tuple(
            ClockMark(
                int(length.total_seconds() // 60),
                posted + length,
                "passed" if waited >= length else "near" if waited >= length * _NEAR else "ahead",
            )
            for length in sorted(lengths)
        ),
    )
