"""Conversation x catalogue -> report: order, overlaps, texts; one failing check never hides the rest."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from meelezer.core.catalogue import Catalogue, Check, Family, Rewrite, default_catalogue
from meelezer.core.conversation import Conversation, Language
from meelezer.core.detectors import Case, detectors
from meelezer.core.detectors.tone import Judge, second_opinion
from meelezer.core.offsets import fold
from meelezer.core.reading import Reading, detect_language, read
from meelezer.core.report import LEVELS, Finding, Report, Skipped, Span

logger = logging.getLogger(__name__)

_FORMAL = re.compile(r"(?<!\w)(?:u|uw|uzelf)(?!\w)", re.IGNORECASE)
_INFORMAL = re.compile(r"(?<!\w)(?:je|jij|jou|jouw|jullie)(?!\w)", re.IGNORECASE)
_SHOWN_WORDS = 60
"""Longest quotation of the draft's own words in a message, in characters."""


class Engine:
    """Reads conversations with one catalogue. Holds no text between calls but a memory of sentences."""

    def __init__(
        self, catalogue: Catalogue | None = None, judge: Judge | None = None, judged: Sequence[str] = ()
    ) -> None:
        """Use this catalogue (default: the shipped one), and a tone model for the check ids in `judged`."""
        self.catalogue = catalogue or default_catalogue()
        self.judge, self._judged = judge, tuple(judged)
        self._detectors = detectors()

    def analyse(self, conversation: Conversation, locale: Language = "nl") -> Report:
        """Read one conversation; messages come in `locale`, rewrites in the language of the draft."""
        language = self.language_of(conversation, locale)
        if conversation.draft is None or not conversation.draft.text.strip():
            return Report(language)
        draft = read(conversation.draft.text, language)
        if not draft.folded.text.strip():  # invisible signs only
            return Report(language)
        complaint = read(conversation.complaint.text, language) if conversation.complaint else None
        platform = self.catalogue.platforms.get(conversation.platform or "generic")
        case = Case(conversation, draft, complaint, self.catalogue.lexicon, platform, locale)
        findings: list[Finding] = []
        skipped: list[Skipped] = []
        for check in self.catalogue.checks:
            if language not in check.languages:
                continue
            try:
                findings += [
                    self._word(finding, check, draft, locale)
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
                    self._word(finding, self.catalogue.check(finding.check), draft, locale) for finding in found
                ]
            except Exception as error:  # the patterns' findings stand without it
                logger.error("the tone model failed: %s", type(error).__name__)
                skipped.append(Skipped("tone-model", f"failed: {type(error).__name__}"))
        return Report(language, tuple(_in_order(_without_doubles(findings))), tuple(skipped))

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
        rewrites = finding.rewrites or _fitting(self._rewrites(check, family, draft.language), draft)
        return replace(
            finding,
            span=draft.folded.to_original(finding.span),
            replaces=draft.folded.to_original(finding.replaces),
            title=check.title[locale],
            message=finding.message or message.replace("{match}", shown),
            rewrites=tuple(rewrites[:3]),
        )

    @staticmethod
    def _rewrites(check: Check, family: Family | None, language: Language) -> Sequence[Rewrite]:
        own = family.rewrites.get(language, ()) if family else ()
        return (*own, *check.rewrites.get(language, ()))


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
