"""Sentences that fit any complaint: two or more, or one where nothing in the draft is about this complaint."""

from __future__ import annotations

import re
from collections.abc import Iterator

from meelezer.core.catalogue import Check
from meelezer.core.detectors import Case
from meelezer.core.detectors.patterns import detect as detect_patterns
from meelezer.core.report import Finding

_WORD = re.compile(r"[^\W\d_]{5,}")
# A number, a time, a day: whoever writes one says something of this case.
_PARTICULAR = re.compile(
    r"\d|(?<!\w)(?:maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|vandaag|morgen|vanmiddag|vanavond|gisteren"
    r"|monday|tuesday|wednesday|thursday|friday|saturday|sunday|today|tomorrow|yesterday|tonight|this (?:morning|afternoon|evening))(?!\w)",
    re.IGNORECASE,
)
_OWN_SENTENCES = 2
"""Other sentences (beside greeting and signature) from which on a draft counts as having something of its own."""


def detect(check: Check, case: Case) -> Iterator[Finding]:
    """Yield placeholders always, and the first clichés of a draft that has too many of them."""
    found = list(detect_patterns(check, case))
    placeholders = [finding for finding in found if finding.family == check.options["placeholder"]]
    yield from placeholders
    if case.is_friendly:  # "We look forward to welcoming you back" is what praise is answered with
        return
    cliches = [finding for finding in found if finding.family != check.options["placeholder"]]
    courtesies = [finding for finding in cliches if finding.family == check.options["courtesy"]]
    real = [finding for finding in cliches if finding not in courtesies]
    if real and (len(cliches) >= int(check.options["at_least"]) or not _is_specific(case, cliches)):
        yield from real[:2]


def _is_specific(case: Case, cliches: list[Finding]) -> bool:
    """Say whether anything beside the clichés is about this complaint."""
    text = case.draft.folded.text
    closing = case.signature.span
    rest = [
        sentence
        for number, sentence in enumerate(case.draft.sentences)
        if not any(finding.replaces == sentence.span for finding in cliches)
        and sentence.span.start < closing.start
        and not (number == 0 and len(sentence.text.split()) <= 4)
    ]
    own = " ".join(sentence.text for sentence in rest)
    if _PARTICULAR.search(own):
        return True
    # A cliché may end in something particular: "Excuses voor het ongemak met de soep".
    tails = " ".join(text[finding.span.end : finding.replaces.end] for finding in cliches)
    if case.complaint is not None:
        asked = {word.casefold()[:6] for word in _WORD.findall(case.complaint.folded.text)}
        answered = {word.casefold()[:6] for word in _WORD.findall(f"{own} {tails}")}
        return len(asked & answered) >= 2
    return len(rest) >= _OWN_SENTENCES or len(_WORD.findall(tails)) >= 4
