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
    if case.conversation.channel == "private":
        return
    complaint = case.complaint.folded.text.casefold() if case.complaint else ""
    author = (case.conversation.complaint.author or "").casefold() if case.conversation.complaint else ""
    for finding in detect_patterns(check, case):
        words = case.draft.folded.text[finding.span.start : finding.span.end].casefold()
        numbers = re.findall(r"\d{3,}", words)
        known = f"{complaint} {author}"
        if (
            finding.family != "request"
            and complaint
            and (
                (numbers and all(number in known for number in numbers))
                or (
                    not numbers
                    and finding.family == "file"
                    and all(word in known for word in _TELLING.findall(words)[-2:])
                )
            )
        ):
            continue
        yield finding
