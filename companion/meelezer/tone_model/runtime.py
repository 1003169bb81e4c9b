"""Runs the tone model: onnxruntime, a tokenizer and numpy. Needs neither PyTorch nor a network."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from meelezer.core.conversation import Language
from meelezer.core.report import Span
from meelezer.tone_model.labels import CHECKS
from meelezer.tone_model.ngrams import ngrams

logger = logging.getLogger(__name__)

DIRECTORY = Path(__file__).parent
MAX_TOKENS = 160
_BATCH = 16
_REMEMBERED = 4096
_BRIGHT = 0.35
"""Share of the strongest token's weight from which on a token lights up."""

Logits = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the model makes of one sentence: a calibrated probability per check, and the words that weigh most."""

    probabilities: NDArray[np.float32]
    """Shape (len(CHECKS),), 0 to 1."""
    spans: tuple[Span, ...]
    """Per check, a range of code points of the sentence."""

    def probability(self, check: str) -> float:
        """Return the probability that a careful reader would give `check` to this sentence."""
        return float(self.probabilities[CHECKS.index(check)])

    def span(self, check: str) -> Span:
        """Return the words that speak for `check`."""
        return self.spans[CHECKS.index(check)]


class ToneModel:
    """A small encoder and n-grams, added up per check on text that neither was trained on."""

    def __init__(self, directory: Path) -> None:
        """Load from `directory`. Raises OSError, ValueError or what onnxruntime raises for a file that is not right."""
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        # Typing on a laptop with other work to do: one core, no spinning.
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self._session = onnxruntime.InferenceSession(
            str(directory / "encoder.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self._tokenizer: Any = Tokenizer.from_file(str(directory / "tokenizer.json"))
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._tokenizer.enable_padding(pad_id=1)
        fusion = json.loads((directory / "fusion.json").read_text("utf-8"))
        if tuple(fusion["checks"]) != CHECKS:
            raise ValueError("fusion.json was made for other checks")
        self.version: str = fusion["version"]
        self._fusion: dict[Language, NDArray[np.float32]] = {
            language: np.array(fusion["weights"][language], np.float32) for language in ("nl", "en")
        }
        self._thresholds: dict[Language, dict[str, float]] = fusion["thresholds"]
        with np.load(directory / "ngrams.npz") as weights:
            self._ngrams = {
                language: (weights[f"{language}_weights"], weights[f"{language}_scale"], weights[f"{language}_bias"])
                for language in ("nl", "en")
            }
        self._memory: dict[tuple[str, Language], Judgement] = {}
        self._lock = Lock()

    @classmethod
    def load(cls, directory: Path = DIRECTORY) -> ToneModel | None:
        """Return the shipped model, or None where it is missing or unreadable; everything else works without."""
        if not (directory / "encoder.onnx").is_file():
            return None
        try:
            return cls(directory)
        except Exception as error:  # whatever is wrong with the file, the patterns still work
            logger.error("the tone model cannot be loaded: %s", type(error).__name__)
            return None

    def threshold(self, check: str, language: Language) -> float:
        """Return the probability from which on a finding of the model is shown; above 1: never."""
        return self._thresholds[language][check]

    def judge(self, sentences: Sequence[str], language: Language) -> list[Judgement]:
        """Judge each sentence. Sentences judged before are remembered, so that typing costs one sentence at a time."""
        with self._lock:
            unknown = [text for text in dict.fromkeys(sentences) if (text, language) not in self._memory]
            for start in range(0, len(unknown), _BATCH):
                batch = unknown[start : start + _BATCH]
                for text, judgement in zip(batch, self._judge(batch, language), strict=True):
                    self._memory[text, language] = judgement
            found = [self._memory[text, language] for text in sentences]
            while len(self._memory) > _REMEMBERED:
                self._memory.pop(next(iter(self._memory)))
        return found

    def _judge(self, batch: Sequence[str], language: Language) -> list[Judgement]:
        encodings = self._tokenizer.encode_batch(list(batch))
        ids = np.array([encoding.ids for encoding in encodings], np.int64)
        mask = np.array([encoding.attention_mask for encoding in encodings], np.float32)
        logits, shares = self._session.run(["checks", "shares"], {"ids": ids, "mask": mask})
        other = np.stack([self._ngram_logits(text, language) for text in batch])
        weights = self._fusion[language]
        fused = logits * weights[0] + other * weights[1] + weights[2]
        probabilities = (1 / (1 + np.exp(-fused))).astype(np.float32)
        return [
            Judgement(
                probabilities[row],
                tuple(_bright(text, encoding.offsets, shares[row, column]) for column in range(len(CHECKS))),
            )
            for row, (text, encoding) in enumerate(zip(batch, encodings, strict=True))
        ]

    def _ngram_logits(self, text: str, language: Language) -> Logits:
        weights, scale, bias = self._ngrams[language]
        buckets, values = ngrams(text)
        values = values * scale[buckets].astype(np.float32)
        values = values / max(float(np.linalg.norm(values)), 1e-6)
        result: Logits = values @ weights[buckets].astype(np.float32) + bias
        return result


def _bright(text: str, offsets: Sequence[tuple[int, int]], shares: NDArray[np.float32]) -> Span:
    """Return the stretch of whole words around the tokens that weigh most."""
    weights = np.array(
        [share if end > start else 0.0 for share, (start, end) in zip(shares[: len(offsets)], offsets, strict=False)]
    )
    if not len(weights) or weights.max() <= 0:
        return Span(0, len(text))
    best = int(weights.argmax())
    first = last = best
    limit = weights[best] * _BRIGHT
    # Grow over neighbours that weigh enough, bridging up to two that do not.
    while first > 0 and any(weight >= limit for weight in weights[max(0, first - 3) : first]):
        first -= 1
    while last + 1 < len(weights) and any(weight >= limit for weight in weights[last + 1 : last + 4]):
        last += 1
    start, end = offsets[first][0], offsets[last][1]
    while start > 0 and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum():
        end += 1
    while start < end and not text[start].isalnum():
        start += 1
    return Span(start, end) if start < end else Span(0, len(text))
