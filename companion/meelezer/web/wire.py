"""Between the wire and the engine: models to conversations, reports to models. Here alone positions change unit."""

from __future__ import annotations

from meelezer.core.catalogue import Catalogue
from meelezer.core.conversation import Complaint, Conversation, Draft, Language, Writer
from meelezer.core.engine import Engine
from meelezer.core.offsets import Utf16
from meelezer.core.report import Finding, Report
from meelezer.web.models import AnalysisIn, AnalysisOut, CheckOut, SkippedOut, SpanOut, WarningOut


def to_conversation(request: AnalysisIn) -> Conversation:
    """Turn a valid request into what the engine reads."""
    return Conversation(
        complaint=Complaint(
            request.complaint.text, request.complaint.author, request.complaint.posted_at, request.complaint.rating
        )
        if request.complaint
        else None,
        draft=Draft(request.draft.text) if request.draft else None,
        writer=Writer(request.writer.name or None, request.writer.role or None) if request.writer else Writer(),
        platform=request.platform,
        channel=request.channel,
        justified=request.justified,
        language=request.language,
    )


def to_response(
    report: Report, conversation: Conversation, catalogue: Catalogue, locale: Language, took_ms: float
) -> AnalysisOut:
    """Turn a report into the answer, with positions in UTF-16 code units."""
    text = conversation.draft.text if conversation.draft else ""
    units = Utf16(text)
    return AnalysisOut(
        language=report.language,
        warnings=[_warning(finding, text, units, catalogue, locale) for finding in report.findings],
        components=[],
        balance=None,
        complaint=None,
        skipped=[SkippedOut(check=skipped.check, reason=skipped.reason) for skipped in report.skipped],
        took_ms=round(took_ms, 2),
    )


def _warning(finding: Finding, text: str, units: Utf16, catalogue: Catalogue, locale: Language) -> WarningOut:
    why = catalogue.check(finding.check).why
    return WarningOut(
        check=finding.check,
        level=finding.level,
        start=units.units(finding.span.start),
        end=units.units(finding.span.end),
        text=text[finding.span.start : finding.span.end],
        title=finding.title,
        message=finding.message,
        why=why[locale] if why else None,
        rewrites=list(finding.rewrites),
        replaces=SpanOut(start=units.units(finding.replaces.start), end=units.units(finding.replaces.end)),
        seen_by=finding.seen_by,
        confidence=round(finding.confidence, 3),
    )


def to_checks(engine: Engine, locale: Language) -> list[CheckOut]:
    """Return the catalogue in one language."""
    return [
        CheckOut(
            id=check.id,
            level=check.level,
            title=check.title[locale],
            message=check.message[locale],
            why=check.why[locale] if check.why else None,
            languages=list(check.languages),
            source=check.source,
        )
        for check in engine.catalogue.checks
    ]
