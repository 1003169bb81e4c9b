"""The engine as it is shipped: the catalogue with the tone model, where the model file is there."""

from __future__ import annotations

from meelezer.core.engine import Engine
from meelezer.tone_model.labels import CHECKS
from meelezer.tone_model.runtime import ToneModel


def shipped_engine() -> Engine:
    """Return the engine with everything that came with the package. Raises CatalogueError."""
    return Engine(judge=ToneModel.load(), judged=CHECKS)
