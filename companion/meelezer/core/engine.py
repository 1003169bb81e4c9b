"""Conversation x catalogue -> report: order, overlaps, texts; one failing check never hides the rest."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from meelezer.core.axes import read_axes
from meelezer.core.catalogue import Catalogue, Check, Family, Rewrite, default_catalogue
from meelezer.core.complaint import FRIENDLY, ComplaintJudgement, ComplaintReader
from meelezer.core.concessions import conceded_points
from meelezer.core.conversation import Conversation, Language
from meelezer.core.detectors import Case, detectors
from meelezer.core.detectors.tone import Judge, second_opinion
from meelezer.core.draft import answer_points, read_balance, read_components
from meelezer.core.offsets import fold
from meelezer.core.platform_rules import broken_rules
from meelezer.core.platforms import count_length
from meelezer.core.reading import Reading, detect_language, read, read_complaint
from meelezer.core.report import (
    LEVELS,
    Axis,
    ComplaintReport,
    Finding,
    PlatformReport,
    PresentComponent,
    Report,
    Sign,
    Skipped,
    Span,
)

logger = logging.getLogger(__name__)

_FORMAL = re.compile(r"(?<!\w)(?:u|uw|uzelf)(?!\w)", re.IGNORECASE)
_INFORMAL = re.compile(r"(?<!\w)(?:je|jij|jou|jouw|jullie)(?!\w)", re.IGNORECASE)
_GREETING = re.compile(
    r"(?:geachte|beste|dag|hoi|hallo|hey|hé|hi|goede(?:morgen|middag|navond|ndag)|goeiemorgen|goeiendag|dear|hello|"
    r"good (?:morning|afternoon|evening))(?!\w)[^,.:;!?\n]{0,40},\s+(?=\S)",
    re.IGNORECASE,
)
_SHOWN_WORDS = 60
"""Longest quotation of the draft's own words in a message, in characters."""


class Engine:
    """Reads conversations with one catalogue. Holds no text between calls but a memory of sentences."""

    def __init__(
        self,
        catalogue: Catalogue | None = None,
        judge: Judge | None = None,
        judged: Sequence[str] = (),
    ) -> None:
        """Use this catalogue (default: the shipped one), and a tone model for the check ids in `judged`."""
        self.catalogue = catalogue or default_catalogue()
        self.judge, self._judged = judge, tuple(judged)
        self._detectors = detectors()
        self._complaints = ComplaintReader(self.catalogue.cues, self.catalogue.complaint_tone)

    def analyse(
        self,
        conversation: Conversation,
        locale: Language = "nl",
        now: datetime | None = None,
        promise: timedelta | None = None,
    ) -> Report:
        """Read one conversation; messages come in `locale`, rewrites in the language of the draft.

        `now` starts the clock on the complaint; without it there is none. `promise` is the time within which the team
        says it answers.
        """
        language = self.language_of(conversation, locale)
        skipped: list[Skipped] = []
        complaint = self._read_complaint_text(conversation, language)
        complaint_report = self._read_complaint(conversation, complaint, locale, now, promise, skipped)
        if conversation.draft is None or not conversation.draft.text.strip():
            return Report(language, skipped=tuple(skipped), complaint=_placed(complaint_report, complaint))
        draft = read(conversation.draft.text, language)
        if not draft.folded.text.strip():  # invisible signs only
            return Report(language, skipped=tuple(skipped), complaint=_placed(complaint_report, complaint))
        case = Case(
            conversation,
            draft,
            complaint,
            self.catalogue.lexicon,
            self.catalogue.platforms.get(conversation.platform or "generic", self.catalogue.platforms.get("generic")),
            locale,
            complaint_report.severity.level if complaint_report else None,
            bool(complaint_report and complaint_report.house_rules),
            bool(complaint_report and complaint_report.kinds and complaint_report.kinds[0].id in FRIENDLY),
        )
        findings = self._find(case, locale, skipped)
        components: list[PresentComponent] = []
        balance, axes = None, tuple[Axis, ...]()
        try:
            components = read_components(case, self.catalogue, complaint_report)
            if complaint_report is not None:
                points = answer_points(case, complaint_report, components, findings)
                points = conceded_points(case, points, self.catalogue)
                complaint_report = replace(complaint_report, points=points)
            components = [
                replace(each, span=draft.folded.to_original(each.span) if each.span else None) for each in components
            ]
            titles = {check.id: check.title[locale] for check in self.catalogue.checks}
            balance = read_balance(findings, components, titles)
            axes = read_axes(self.catalogue.axes, findings, components, locale)
        except Exception as error:  # the findings stand without it
            logger.error("the reading of the draft failed: %s", type(error).__name__)
            skipped.append(Skipped("components", f"failed: {type(error).__name__}"))
        return Report(
            language,
            tuple(findings),
            tuple(skipped),
            tuple(components),
            balance,
            axes,
            _placed(complaint_report, complaint),
            self._read_platform(case, skipped),
        )

    def _read_platform(self, case: Case, skipped: list[Skipped]) -> PlatformReport | None:
        if case.platform is None:
            return None
        try:
            # A gift is fine in a private message, and so is an address.
            is_public = case.conversation.channel == "public"
            broken = (
                broken_rules(case.platform, self.catalogue.platform_rules, case.draft, case.complaint)
                if is_public
                else ()
            )
            folded = case.draft.folded
            return PlatformReport(
                case.platform.id,
                case.platform.name_in(case.locale),
                count_length(case.draft.original, case.platform),
                tuple(replace(rule, span=folded.to_original(rule.span)) for rule in broken),
            )
        except Exception as error:  # the findings stand without it
            logger.error("the platform's rules failed: %s", type(error).__name__)
            skipped.append(Skipped("platform", f"failed: {type(error).__name__}"))
            return None

    def _find(self, case: Case, locale: Language, skipped: list[Skipped]) -> list[Finding]:
        """Return what the checks and the tone model see, in order."""
        findings: list[Finding] = []
        for check in self.catalogue.checks:
            if case.language not in check.languages:
                continue
            try:
                findings += [
                    self._word(finding, check, case.draft, locale)
                    for finding in self._detectors[check.detector](check, case)
                ]
            except Exception as error:  # one failing check must never hide the others
                # The type only: the message of an error may quote the user's text.
                logger.error("check %s failed: %s", check.id, type(error).__name__)
                skipped.append(Skipped(check.id, f"failed: {type(error).__name__}"))
        if self.judge is not None:
            try:
                found = second_opinion(self.catalogue.checks, case, self.judge, self._judged)
                findings += [
                    self._word(finding, self.catalogue.check(finding.check), case.draft, locale) for finding in found
                ]
            except Exception as error:  # the patterns' findings stand without it
                logger.error("the tone model failed: %s", type(error).__name__)
                skipped.append(Skipped("tone-model", f"failed: {type(error).__name__}"))
        return _in_order(_without_doubles(findings))

    @staticmethod
    def _read_complaint_text(conversation: Conversation, language: Language) -> Reading | None:
        """Return the complaint, read in its own language, which need not be the draft's."""
        if conversation.complaint is None:
            return None
        return read_complaint(conversation.complaint.text, conversation.language, language)

    def _read_complaint(
        self,
        conversation: Conversation,
        reading: Reading | None,
        locale: Language,
        now: datetime | None,
        promise: timedelta | None,
        skipped: list[Skipped],
    ) -> ComplaintReport | None:
        if reading is None or not self.catalogue.cues:
            return None
        try:
            judgement = self._judgement(reading.folded.text)
            return self._complaints.read(conversation, reading, locale, judgement, now, promise)
        except Exception as error:  # the draft is judged without it
            logger.error("the reading of the complaint failed: %s", type(error).__name__)
            skipped.append(Skipped("complaint", f"failed: {type(error).__name__}"))
            return None

    def _judgement(self, complaint: str) -> ComplaintJudgement | None:
        try:
            return self.judge.judge_complaint(complaint) if self.judge else None
        except Exception as error:  # the words in the complaint speak without it
            logger.error("the tone model failed on a complaint: %s", type(error).__name__)
            return None

    @staticmethod
    def language_of(conversation: Conversation, locale: Language) -> Language:
        """Return the language of the draft: as given, as detected, as the complaint's, or else the locale."""
        if conversation.language:
            return conversation.language
        texts = [part.text for part in (conversation.draft, conversation.complaint) if part]
        return next((language for text in texts if (language := detect_language(text))), locale)

    def _word(self, finding: Finding, check: Check, draft: Reading, locale: Language) -> Finding:
        """Add title, message and rewrites, and turn positions into those of the user's own text."""
        family = next((family for family in check.families if family.id == finding.family), None)
        words = draft.folded.text[finding.span.start : finding.span.end]
        shown = " ".join(words.split())
        if len(shown) > _SHOWN_WORDS:
            shown = shown[: _SHOWN_WORDS - 1].rsplit(" ", 1)[0] + "…"
        message = ((family.message if family else None) or check.message)[locale]
        written = finding.rewrites or _fitting(self._rewrites(check, family, draft.language), draft)
        replaces, rewrites = _behind_the_greeting(finding, written, draft)
        return replace(
            finding,
            span=draft.folded.to_original(finding.span),
            replaces=draft.folded.to_original(replaces),
            title=check.title[locale],
            message=finding.message or message.replace("{match}", shown),
            rewrites=tuple(rewrites[:3]),
        )

    @staticmethod
    def _rewrites(check: Check, family: Family | None, language: Language) -> Sequence[Rewrite]:
        own = family.rewrites.get(language, ()) if family else ()
        return (*own, *check.rewrites.get(language, ()))


def _behind_the_greeting(finding: Finding, rewrites: Sequence[str], draft: Reading) -> tuple[Span, Sequence[str]]:
    """Leave "Dag Lisa," standing where it opens the sentence that a rewrite takes the place of."""
    start, end = finding.replaces.start, finding.replaces.end
    greeting = _GREETING.match(draft.folded.text, start, end)
    if greeting is None or finding.span.start < greeting.end():
        return finding.replaces, rewrites
    return Span(greeting.end(), end), [_within_a_sentence(text) for text in rewrites]


def _within_a_sentence(text: str) -> str:
    """Return a rewrite as it goes on after a comma."""
    return text if re.match(r"I\b|\W|\w[A-Z]", text) else text[:1].lower() + text[1:]


def _placed(report: ComplaintReport | None, reading: Reading | None) -> ComplaintReport | None:
    """Turn the positions in the folded complaint into those of the customer's own text."""
    if report is None or reading is None:
        return None

    def sign(each: Sign) -> Sign:
        return replace(each, span=reading.folded.to_original(each.span) if each.span else None)

    return replace(
        report,
        kinds=tuple(map(sign, report.kinds)),
        expectations=tuple(map(sign, report.expectations)),
        points=tuple(replace(point, span=reading.folded.to_original(point.span)) for point in report.points),
        facts=tuple(replace(fact, span=reading.folded.to_original(fact.span)) for fact in report.facts),
        severity=replace(report.severity, reasons=tuple(map(sign, report.severity.reasons))),
        complainer=replace(report.complainer, span=reading.folded.to_original(report.complainer.span))
        if report.complainer
        else None,
        house_rules=tuple(map(sign, report.house_rules)),
    )


def is_formal(draft: Reading) -> bool:
    """Say whether a Dutch draft calls its reader u. With neither form, u: the safer choice in complaints."""
    return len(_FORMAL.findall(draft.folded.text)) >= len(_INFORMAL.findall(draft.folded.text))


def _fitting(rewrites: Sequence[Rewrite], draft: Reading) -> list[str]:
    formal = is_formal(draft)
    texts = [rewrite.formal if formal else rewrite.informal for rewrite in rewrites]
    written = draft.folded.text.casefold()
    # A sentence that is already in the draft is no advice.
    return [text for text in dict.fromkeys(texts) if fold(text).text.casefold() not in written]


def _without_doubles(findings: Iterable[Finding]) -> list[Finding]:
    """Keep one finding per check and sentence: a pattern, which can say what it saw, before the model; then the surest."""
    kept: list[Finding] = []
    for finding in sorted(findings, key=lambda finding: (finding.seen_by == "classifier", -finding.confidence)):
        if not any(finding.check == other.check and _same_place(finding, other) for other in kept):
            kept.append(finding)
    return kept


def _same_place(one: Finding, other: Finding) -> bool:
    return one.span.overlaps(other.span) or (one.replaces == other.replaces and one.replaces.start < one.replaces.end)


def _in_order(findings: Iterable[Finding]) -> list[Finding]:
    return sorted(
        findings,
        key=lambda finding: (LEVELS.index(finding.level), finding.span.start, -finding.confidence, finding.check),
    )


__all__ = ["Engine", "Span", "is_formal"]
