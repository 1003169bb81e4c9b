"""Runs the tone model: onnxruntime, a tokenizer and numpy. Needs neither PyTorch nor a network."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from meelezer.core.conversation import Language
from meelezer.core.report import Span
from meelezer.tone_model.complaint_head import ComplaintHead, ComplaintJudgement
from meelezer.tone_model.labels import CHECKS
from meelezer.tone_model.ngrams import LinearNgrams

logger = logging.getLogger(__name__)

DIRECTORY = Path(__file__).parent
MAX_TOKENS = 160
_REMEMBERED = 4096
_KEPT_COMPLAINTS = 8
"""With the keys and values that sentences look at: 6 MB each."""
_COMPLAINT_AT = 256
"""Where a complaint's positions begin, as in training."""
_BRIGHT = 0.35
"""Share of the strongest token's weight from which on a token lights up."""

_CLAUSE_WORDS = 14
_BORDER = re.compile(r"[,;:.!?…]+\s+|\s+[-–]\s+|\n+")

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
        fusion = json.loads((directory / "fusion.json").read_text("utf-8"))
        if tuple(fusion["checks"]) != CHECKS:
            raise ValueError("fusion.json was made for other checks")
        self.version: str = fusion["version"]
        self._fusion: dict[Language, NDArray[np.float32]] = {
            language: np.array(fusion["weights"][language], np.float32) for language in ("nl", "en")
        }
        self._thresholds: dict[Language, dict[str, float]] = fusion["thresholds"]
        self._sure: dict[Language, dict[str, float]] = fusion["sure"]
        with np.load(directory / "ngrams.npz") as stored:
            self._ngrams: dict[Language, LinearNgrams] = {
                language: LinearNgrams.read(stored, language) for language in ("nl", "en")
            }
        with np.load(directory / "complaints.npz") as stored:
            self._head = ComplaintHead.read(stored)
        shape = next(each.shape for each in self._session.get_inputs() if each.name == "context")
        self._nothing = np.zeros([0 if isinstance(size, str) else size for size in shape], np.float32)
        self._memory: dict[tuple[str, Language, str], Judgement] = {}
        self._complaints: dict[str, ComplaintJudgement] = {}
        self._kept: dict[str, NDArray[np.float32]] = {}
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

    def sure(self, check: str, language: Language) -> float:
        """Return the probability from which on a finding has the check's own level; below, it is a hint."""
        return self._sure[language][check]

    def judge(self, sentences: Sequence[str], language: Language, complaint: str = "") -> list[Judgement]:
        """Judge each sentence, as an answer to `complaint` where there is one.

        Sentences judged before are remembered, so that typing costs one sentence at a time.
        """
        with self._lock:
            for text in dict.fromkeys(sentences):
                if (text, language, complaint) not in self._memory:
                    self._memory[text, language, complaint] = self._judge(text, language, complaint)
            found = [self._memory[text, language, complaint] for text in sentences]
            _forget(self._memory, _REMEMBERED)
        return found

    def judge_complaint(self, complaint: str) -> ComplaintJudgement:
        """Say what a complaint is. Complaints judged before are remembered."""
        with self._lock:
            if complaint not in self._complaints:
                self._read(complaint)
            return self._complaints[complaint]

    def _read(self, complaint: str) -> NDArray[np.float32]:
        """Return the keys and values that sentences look at; megabytes each, so of a few complaints only."""
        if complaint not in self._kept:
            ids = np.array([self._tokenizer.encode(complaint).ids], np.int64)
            inputs = {"ids": ids, "first": np.array(_COMPLAINT_AT), "context": self._nothing}
            (kept,) = self._session.run(["kept"], inputs)
            self._kept[complaint] = kept
            self._complaints.pop(complaint, None)  # or it would still be the next to be forgotten
            self._complaints[complaint] = self._head.judge(complaint, kept)
            _forget(self._kept, _KEPT_COMPLAINTS)
            _forget(self._complaints, _REMEMBERED)
        return self._kept[complaint]

    def _judge(self, text: str, language: Language, complaint: str) -> Judgement:
        """Judge one sentence by itself: in 8 bits the scale of a batch would depend on its other sentences."""
        encoding = self._tokenizer.encode(text)
        context = self._read(complaint) if complaint else self._nothing
        inputs = {"ids": np.array([encoding.ids], np.int64), "first": np.array(0), "context": context}
        logits, shares = self._session.run(["checks", "shares"], inputs)
        weights = self._fusion[language]
        fused = logits[0] * weights[0] + self._ngrams[language].logits(text) * weights[1] + weights[2]
        probabilities = (1 / (1 + np.exp(-fused))).astype(np.float32)
        spans = tuple(_bright(text, encoding.offsets, shares[0, column]) for column in range(len(CHECKS)))
        return Judgement(probabilities, spans)


def _forget(memory: dict[Any, Any], most: int) -> None:
    """Drop what was remembered first."""
    while len(memory) > most:
        memory.pop(next(iter(memory)))


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
    return _whole_clause(text, Span(start, end)) if start < end else Span(0, len(text))


def _whole_clause(text: str, span: Span) -> Span:
    """Return the clause or clauses around the bright words, where they are short: "als je" says nothing to a reader."""
    start = max((match.end() for match in _BORDER.finditer(text, 0, span.start)), default=0)
    following = _BORDER.search(text, span.end)
    end = following.start() if following else len(text.rstrip(" .!?…"))
    end = max(end, span.end)
    return Span(start, end) if len(text[start:end].split()) <= _CLAUSE_WORDS else span
