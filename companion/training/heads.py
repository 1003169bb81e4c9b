"""Fits what reads a complaint on the exported encoder's values and on n-grams: `python -m training.heads --out DIR`.

The encoder itself learns from complaints only a little (`train` weighs them lightly, so that the tone does not suffer); a
logistic regression on the values of some of its layers reads more out of it, and one on n-grams knows other things.
Both are fitted on the fold `train` and added up; how sure the sum is comes from `calibrate`, which is also what is printed.
Run after `export`: in 8 bits the values differ from PyTorch's, and they are what is shipped.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, f1_score, log_loss
from sklearn.preprocessing import StandardScaler
from tokenizers import Tokenizer

from meelezer.core.conversation import LANGUAGES
from meelezer.tone_model.complaint_head import ComplaintHead, features
from meelezer.tone_model.labels import COMPLAINERS, EXPECTATIONS, KINDS, SEVERITIES
from meelezer.tone_model.ngrams import LinearNgrams
from training.encoder import COMPLAINT_AT, MAX_TOKENS
from training.items import Complaint, complaints
from training.ngram_weights import counts, inverse_frequencies, of_unit_length

VALUES_STRENGTH, NGRAMS_STRENGTH = 0.002, 6.0
"""Inverse of the regularisation (scikit-learn's C), on standardised values and on n-grams of unit length."""
SEEN_BY = 3
"""N-grams that fewer complaints have are left out: they would fill the file and say little."""
_NEVER = -20.0
"""The logit of what the fold `train` does not have."""

Rows = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Question:
    """Outputs that belong together: "which of these" (several outputs) or "is it so" (one)."""

    outputs: slice
    wanted: NDArray[np.int64]
    """Per complaint the number of the right one, or 0 and 1; -1: not known."""

    @property
    def many(self) -> bool:
        """Whether one of several is right."""
        return self.outputs.stop - self.outputs.start > 1

    def chances(self, logits: Rows) -> Rows:
        """Return probabilities (complaints, classes) for the logits of these outputs."""
        both = logits if self.many else np.hstack([np.zeros_like(logits), logits])
        shares = np.exp(both - both.max(1, keepdims=True))
        found: Rows = shares / shares.sum(1, keepdims=True)
        return found


def questions(items: list[Complaint]) -> list[Question]:
    """Return what is asked of a complaint, in the order of the outputs."""
    answers: list[tuple[int, Callable[[Complaint], int]]] = [(len(KINDS), lambda each: each.kind)]
    answers += [(1, lambda each, number=number: each.expects[number]) for number in range(len(EXPECTATIONS))]  # type: ignore[misc]
    answers += [(len(SEVERITIES), lambda each: each.severity), (1, lambda each: each.house_rule)]
    answers += [(len(COMPLAINERS), lambda each: each.complainer)]
    found, at = [], 0
    for size, answer in answers:
        found.append(Question(slice(at, at + size), np.array([answer(each) for each in items])))
        at += size
    return found


def values_of(directory: Path, texts: list[str]) -> NDArray[np.float32]:
    """Return what the head reads, (texts, features), taken where the product takes it: after any sentence."""
    tokenizer = Tokenizer.from_file(str(directory / "tokenizer.json"))
    tokenizer.enable_truncation(MAX_TOKENS)
    session = onnxruntime.InferenceSession(str(directory / "encoder.onnx"), providers=["CPUExecutionProvider"])
    shape = next(each.shape for each in session.get_inputs() if each.name == "context")
    nothing = np.zeros([0 if isinstance(size, str) else size for size in shape], np.float32)
    found = []
    for text in texts:
        ids = np.array([tokenizer.encode(text).ids], np.int64)
        inputs = {"ids": ids, "first": np.array(COMPLAINT_AT), "context": nothing}
        found.append(features(session.run(["kept"], inputs)[0]))
    return np.stack(found)


def fit(matrix: Rows | csr_matrix, asked: list[Question], strength: float) -> tuple[Rows, Rows]:
    """Return weights (features, outputs) and biases of a logistic regression per question."""
    outputs = asked[-1].outputs.stop
    weights, bias = np.zeros((matrix.shape[1], outputs)), np.full(outputs, _NEVER)
    for question in asked:
        known = question.wanted >= 0
        model = LogisticRegression(C=strength, max_iter=1000).fit(matrix[known], question.wanted[known])
        columns = question.outputs.start + (model.classes_ if question.many else np.zeros(1, int))
        weights[:, columns], bias[columns] = model.coef_.T, model.intercept_
    return weights, bias


def sureness(logits: Rows, asked: list[Question]) -> Rows:
    """Return per output what to multiply the summed logits with, so that chances are what they say."""
    found = np.ones(logits.shape[1])
    for question in asked:
        known = question.wanted >= 0
        own, wanted = logits[known][:, question.outputs], question.wanted[known]
        classes = list(range(max(2, own.shape[1])))

        def loss(
            factor: float,
            own: Rows = own,
            wanted: Rows = wanted,
            question: Question = question,
            classes: list[int] = classes,
        ) -> float:
            return float(log_loss(wanted, question.chances(own * factor), labels=classes))

        found[question.outputs] = minimize_scalar(loss, bounds=(0.2, 1.5), method="bounded").x
    return found


def measure(outputs: Rows, items: list[Complaint], language: str, name: str) -> None:
    """Print how well `outputs` read the complaints of one language."""
    rows = [row for row, each in enumerate(items) if each.language == language]
    said = []
    expected = []
    for number, question in enumerate(questions([items[row] for row in rows])):
        known = question.wanted >= 0
        chances, wanted = question.chances(outputs[rows][:, question.outputs])[known], question.wanted[known]
        if question.many:
            best = chances.argmax(1)
            said.append(f"{np.mean(best == wanted):.2f} (macro F1 {f1_score(wanted, best, average='macro'):.2f})")
        elif number <= len(EXPECTATIONS):
            expected.append(average_precision_score(wanted, chances[:, 1]))
        else:
            said.append(f"{average_precision_score(wanted, chances[:, 1]):.2f}")
    kind, severity, rule, complainer = said
    print(
        f"{language} {name}: {len(rows)} complaints; right in kind {kind}, severity {severity}, complainer {complainer}; "
        f"average precision expectations {np.mean(expected):.2f}, house rule {rule}",
        flush=True,
    )


def main() -> None:
    """Fit, print, and write complaints.npz."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    items = list(complaints())
    folds = np.array([each.fold for each in items])
    learnt, held = folds == "train", folds == "calibrate"
    asked = questions([each for each in items if each.fold == "train"])
    held_items = [each for each in items if each.fold == "calibrate"]
    values = values_of(options.out, [each.text for each in items])
    scaler = StandardScaler().fit(values[learnt])
    weights, bias = fit(scaler.transform(values[learnt].astype(np.float64)), asked, VALUES_STRENGTH)
    # The standardising goes into the weights, so that the encoder's own values can be used as they are.
    weights /= scaler.scale_[:, None]
    bias = bias - scaler.mean_ @ weights
    counted = counts([each.text for each in items])
    scale = inverse_frequencies(counted[learnt]) * (counted[learnt].getnnz(0) >= SEEN_BY)
    matrix = of_unit_length(counted, scale)
    of_ngrams, ngrams_bias = fit(matrix[learnt], asked, NGRAMS_STRENGTH)
    by_values = values[held].astype(np.float64) @ weights + bias
    by_ngrams = matrix[held] @ of_ngrams + ngrams_bias
    factor = sureness(by_values + by_ngrams, questions(held_items))
    named = {"values": by_values, "n-grams": by_ngrams, "both": (by_values + by_ngrams) * factor}
    for language in LANGUAGES:
        for name, outputs in named.items():
            measure(outputs, held_items, language, name)
    packed = LinearNgrams.packed(of_ngrams * factor, scale, ngrams_bias * factor)
    head = ComplaintHead((weights * factor).astype(np.float32), (bias * factor).astype(np.float32), packed)
    np.savez_compressed(options.out / "complaints.npz", **head.arrays())


if __name__ == "__main__":
    main()
