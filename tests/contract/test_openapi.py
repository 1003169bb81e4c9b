"""The contract is written from the models; a stale file fails here."""

from __future__ import annotations

import json

from meelezer.core.catalogue import shared_directory
from meelezer.web.openapi import contract


def test_contract_is_fresh():
    written = (shared_directory() / "api" / "openapi.json").read_text("utf-8")
    assert written == contract(), "run: python3 dev.py generate"


def test_contract_names_every_call():
    spec = json.loads(contract())
    assert set(spec["paths"]) == {
        "/v1/analyses",
        "/v1/checks",
        "/v1/platforms",
        "/v1/health",
        "/v1/pairings",
        "/v1/playbook",
        "/v1/proofreadings",
        "/v1/reviews",
        "/v1/reviews/{review_id}",
        "/v1/reviews/{review_id}/closings",
        "/v1/reviews/{review_id}/comments",
        "/v1/reviews/{review_id}/decisions",
        "/v1/reviews/{review_id}/outcomes",
        "/v1/reviews/{review_id}/placements",
        "/v1/reviews/{review_id}/readers",
        "/v1/reviews/{review_id}/reminders/{reminder_id}/done",
        "/v1/reviews/{review_id}/reopenings",
        "/v1/reviews/{review_id}/versions",
        "/v1/reviews/figures",
        "/v1/suggestions",
    }
    assert spec["openapi"].startswith("3.1")


def test_contract_points_nowhere_outside_itself():
    text = contract()
    schemas = json.loads(text)["components"]["schemas"]
    for reference in {part.split('"')[0] for part in text.split('"$ref": "')[1:]}:
        assert reference.removeprefix("#/components/schemas/") in schemas, reference
