"""Between the wire and the engine: models to conversations, reports to models. Here alone positions change unit."""

from __future__ import annotations

from meelezer.core.catalogue import Catalogue
from meelezer.core.conversation import Complaint, Conversation, Draft, Language, Writer
from meelezer.core.engine import Engine
from meelezer.core.offsets import Utf16
from meelezer.core.report import (
    Axis,
    Balance,
    ComplaintReport,
    Finding,
    PlatformReport,
    PresentComponent,
    Report,
    Sign,
    Span,
)
from meelezer.core.suggestion import Suggestion
from meelezer.web.catalogue_models import CheckOut, KnownPlatformOut, PlatformRuleOut
from meelezer.web.complaint_models import (
    ClockMarkOut,
    ClockOut,
    ComplainerOut,
    ComplaintOut,
    CueOut,
    FactOut,
    PointOut,
    SeverityOut,
)
from meelezer.web.models import (
    AnalysisIn,
    AnalysisOut,
    AxisOut,
    AxisReasonOut,
    BalanceOut,
    BalanceReasonOut,
    BrokenRuleOut,
    ComplaintIn,
    ComponentOut,
    PlatformOut,
    SkippedOut,
    SpanOut,
    SuggestionOut,
    WarningOut,
)


def to_conversation(request: AnalysisIn) -> Conversation:
    """Turn a valid request into what the engine reads."""
    return Conversation(
        complaint=to_complaint(request.complaint) if request.complaint else None,
        draft=Draft(request.draft.text) if request.draft else None,
        writer=Writer(request.writer.name or None, request.writer.role or None) if request.writer else Writer(),
        platform=request.platform,
        channel=request.channel,
        justified=request.justified,
        language=request.language,
    )


def to_complaint(request: ComplaintIn) -> Complaint:
    """Turn a valid complaint into what the engine reads; places outside of its text say nothing."""
    units = Utf16(request.text)
    length = len(request.text.encode("utf-16-le", "surrogatepass")) // 2
    places = [
        (units.points(place.start), units.points(place.end))
        for place in request.true_points
        if place.start < place.end <= length
    ]
    return Complaint(request.text, request.author, request.posted_at, request.rating, tuple(places))


def to_response(
    report: Report, conversation: Conversation, catalogue: Catalogue, locale: Language, took_ms: float
) -> AnalysisOut:
    """Turn a report into the answer, with positions in UTF-16 code units."""
    text = conversation.draft.text if conversation.draft else ""
    units = Utf16(text)
    return AnalysisOut(
        language=report.language,
        warnings=[_warning(finding, text, units, catalogue, locale) for finding in report.findings],
        components=[_component(component, units) for component in report.components],
        balance=_balance(report.balance, units) if report.balance else None,
        axes=[_axis(axis, units) for axis in report.axes],
        complaint=_complaint(report.complaint, Utf16(conversation.complaint.text))
        if report.complaint and conversation.complaint
        else None,
        platform=_platform(report.platform, units, catalogue, locale) if report.platform else None,
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


def _component(component: PresentComponent, units: Utf16) -> ComponentOut:
    return ComponentOut(
        id=component.id,
        title=component.title,
        present=component.present,
        needed=component.needed,
        hint=component.hint,
        **_place(component.span, units),
    )


def _platform(report: PlatformReport, units: Utf16, catalogue: Catalogue, locale: Language) -> PlatformOut:
    platform = catalogue.platforms[report.id]
    return PlatformOut(
        id=report.id,
        name=report.name,
        length=report.length,
        most=platform.most,
        counting=platform.counting,
        broken=[
            BrokenRuleOut(
                id=rule.id,
                label=rule.label[locale],
                advice=rule.advice[locale].format(site=report.name),
                start=units.units(rule.span.start),
                end=units.units(rule.span.end),
            )
            for rule in report.broken
        ],
    )


def _place(span: Span | None, units: Utf16) -> dict[str, int]:
    return {"start": units.units(span.start), "end": units.units(span.end)} if span else {}


def _axis(axis: Axis, units: Utf16) -> AxisOut:
    return AxisOut(
        id=axis.id,  # type: ignore[arg-type]
        title=axis.title,
        state=axis.state,
        note=axis.note,
        reasons=[
            AxisReasonOut(
                start=units.units(reason.span.start),
                end=units.units(reason.span.end),
                helps=reason.helps,
                label=reason.label,
            )
            for reason in axis.reasons
        ],
    )


def _balance(balance: Balance, units: Utf16) -> BalanceOut:
    return BalanceOut(
        position=balance.position,
        band=balance.band,
        reasons=[
            BalanceReasonOut(pulls=reason.pulls, label=reason.label, **_place(reason.span, units))
            for reason in balance.reasons
        ],
    )


def _complaint(report: ComplaintReport, units: Utf16) -> ComplaintOut:
    def cue(sign: Sign) -> CueOut:
        return CueOut(id=sign.id, label=sign.label, **_place(sign.span, units))

    complainer, clock = report.complainer, report.clock
    return ComplaintOut(
        language=report.language,
        kinds=list(map(cue, report.kinds)),
        expectations=list(map(cue, report.expectations)),
        points=[
            PointOut(
                answered=point.answered, is_true=point.is_true, conceded=point.conceded, **_place(point.span, units)
            )
            for point in report.points
        ],
        facts=[FactOut(text=fact.text, **_place(fact.span, units)) for fact in report.facts],
        severity=SeverityOut(level=report.severity.level, reasons=list(map(cue, report.severity.reasons))),
        complainer=ComplainerOut(
            type=complainer.id, label=complainer.label, approach=complainer.approach, **_place(complainer.span, units)
        )
        if complainer
        else None,
        house_rules=list(map(cue, report.house_rules)),
        advice=list(report.advice),
        clock=ClockOut(
            posted_at=clock.posted_at,
            marks=[ClockMarkOut(minutes=mark.minutes, due_at=mark.due_at, state=mark.state) for mark in clock.marks],
        )
        if clock
        else None,
    )


def to_suggestion(suggestion: Suggestion) -> SuggestionOut:
    """Turn a suggestion into the answer, gaps in UTF-16 code units."""
    units = Utf16(suggestion.text)
    return SuggestionOut(
        text=suggestion.text,
        gaps=[SpanOut(start=units.units(gap.start), end=units.units(gap.end)) for gap in suggestion.gaps],
    )


def to_platforms(engine: Engine, locale: Language) -> list[KnownPlatformOut]:
    """Return the known sites, with the texts of their rules in one language."""
    rules = engine.catalogue.platform_rules
    return [
        KnownPlatformOut(
            id=platform.id,
            name=platform.name_in(locale),
            most=platform.most,
            counting=platform.counting,
            rules=[
                PlatformRuleOut(
                    id=name,
                    label=rules[name].label[locale],
                    advice=rules[name].advice[locale].format(site=platform.name_in(locale)),
                )
                for name in platform.rules
            ],
        )
        for platform in sorted(
            engine.catalogue.platforms.values(), key=lambda platform: platform.name_in(locale).casefold()
        )
    ]


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
