"""The elements of a good reply prove themselves: what is marked is found, what is absent stays absent."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from meelezer.core.catalogue import default_catalogue
from meelezer.core.conversation import LANGUAGES, Complaint, Conversation, Draft, Language
from meelezer.core.elements import Component, ComponentExample
from meelezer.core.engine import Engine

CATALOGUE = default_catalogue()
MARK = re.compile("«(.*?)»", re.DOTALL)
ENGINE = Engine()


def examples(kind: str) -> Iterator[object]:
    for component in CATALOGUE.components:
        for language in LANGUAGES:
            for number, example in enumerate(getattr(component, kind)[language], 1):
                yield pytest.param(component, language, example, id=f"{component.id}-{language}-{kind}-{number}")


def found(component: Component, language: Language, example: ComponentExample):
    draft = example.draft.replace("«", "").replace("»", "")
    complaint = Complaint(example.complaint) if example.complaint else None
    report = ENGINE.analyse(Conversation(complaint, Draft(draft), language=language))
    assert not report.skipped
    return draft, next(each for each in report.components if each.id == component.id)


@pytest.mark.parametrize(("component", "language", "example"), list(examples("present")))
def test_what_is_marked_is_found(component: Component, language: Language, example: ComponentExample):
    draft, seen = found(component, language, example)
    assert seen.present, "not found"
    marked = MARK.search(example.draft)
    assert marked, "no words are marked «so»"
    assert draft[seen.span.start : seen.span.end] == marked[1].rstrip(".,")


@pytest.mark.parametrize(("component", "language", "example"), list(examples("absent")))
def test_what_is_absent_stays_absent(component: Component, language: Language, example: ComponentExample):
    _, seen = found(component, language, example)
    assert (seen.present, seen.span) == (False, None)


def test_every_case_needs_components_that_exist():
    known = {component.id for component in CATALOGUE.components}
    needed = {each for case in CATALOGUE.cases.values() for alternatives in case.need for each in alternatives}
    assert CATALOGUE.cases
    assert needed <= known


def test_the_thirteen_stand_in_the_order_of_a_good_reply():
    assert [component.order for component in CATALOGUE.components] == list(range(1, 14))
