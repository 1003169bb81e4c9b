"""Personal data in a public reply, beyond what the customer wrote in this complaint."""

from __future__ import annotations

import re
from collections.abc import Iterator

from meelezer.core.catalogue import Check
from meelezer.core.detectors import Case
from meelezer.core.detectors.patterns import detect as detect_patterns
from meelezer.core.report import Finding

_TELLING = re.compile(r"[^\W\d_]{4,}|\d{2,}")


def detect(check: Check, case: Case) -> Iterator[Finding]:
    """Yield the pattern findings of a public draft whose particulars the customer did not publish in the complaint."""
    for finding in detect_patterns(check, case):
        if not is_known(case, finding):
            yield finding


def is_known(case: Case, finding: Finding) -> bool:
    """Say whether the draft tells nothing new: it is private, or the customer wrote these particulars in public."""
    if case.conversation.channel == "private":
        return True
    if case.complaint is None or case.conversation.complaint is None or finding.family == "request":
        return False
    known = f"{case.complaint.folded.text} {case.conversation.complaint.author or ''}".casefold()
    words = case.draft.folded.text[finding.span.start : finding.span.end].casefold()
    numbers = re.findall(r"\d{3,}", words)
    if numbers:
        return all(number in known for number in numbers)
    telling = _TELLING.findall(words)
    return bool(telling) and all(word in known for word in telling[-2:])
