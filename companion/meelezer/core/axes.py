"""How a reply comes across on three axes: humane, understanding, reasonable (seed 004). Each with its words, never a number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from meelezer.core.conversation import Language
from meelezer.core.data_files import Both, CatalogueError, read_valid
from meelezer.core.report import Axis, AxisReason, AxisState, Finding, PresentComponent


@dataclass(frozen=True, slots=True, eq=False)
class AxisKind:
    """One axis, and what carries and hurts it."""

    id: str
    title: Both
    open: Both
    carried_by: tuple[str, ...]
    hurt_by: tuple[str, ...]


def load_axes(path: Path, components: Iterable[str], checks: Iterable[str]) -> tuple[AxisKind, ...]:
    """Read the axes. Raises CatalogueError, also for an element or a check that is not there."""
    known = {"carried_by": set(components), "hurt_by": set(checks)}
    found = []
    for entry in read_valid(path, "axes")["axes"]:
        for key, ids in known.items():
            if missing := set(entry[key]) - ids:
                raise CatalogueError(path, f"{entry['id']}.{key}", f"{min(missing)!r} is not there")
        found.append(
            AxisKind(entry["id"], entry["title"], entry["open"], tuple(entry["carried_by"]), tuple(entry["hurt_by"]))
        )
    return tuple(found)


def read_axes(
    kinds: Sequence[AxisKind], findings: Sequence[Finding], components: Sequence[PresentComponent], locale: Language
) -> tuple[Axis, ...]:
    """Say of each axis how it stands, with the words that carry and hurt it. Hints whisper; they hurt nothing."""
    found = []
    for kind in kinds:
        helps = [
            AxisReason(each.span, True, each.title)
            for each in components
            if each.present and each.span is not None and each.id in kind.carried_by
        ]
        hurts = [
            AxisReason(each.span, False, each.title)
            for each in findings
            if each.check in kind.hurt_by and each.level != "hint"
        ]
        state: AxisState = ("mixed" if helps else "hurt") if hurts else ("carried" if helps else "open")
        note = kind.open[locale] if state == "open" else ""
        reasons = sorted([*helps, *hurts], key=lambda reason: (reason.helps, reason.span.start))
        found.append(Axis(kind.id, kind.title[locale], state, tuple(reasons), note))
    return tuple(found)
