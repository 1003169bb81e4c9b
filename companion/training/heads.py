"""Fits the heads for what a complaint is on the trained encoder's states: `python -m training.heads --model DIR`.

The encoder itself learns from them only a little (`train` weighs them lightly, so that the tone does not suffer); a
logistic regression on its mean states reads more out of it. Fitted on the fold `train`; what is printed is measured
on `calibrate`. Run after `train`, before `export`.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, f1_score
from sklearn.preprocessing import StandardScaler

from meelezer.tone_model.labels import COMPLAINERS, EXPECTATIONS, KINDS, SEVERITIES
from training.encoder import COMPLAINT_AT, MAX_TOKENS
from training.export import load_trained
from training.fuse import padded
from training.items import Complaint, complaints

STRENGTH = 0.02
"""Inverse of the regularisation (scikit-learn's C), on standardised states."""

_BATCH = 16

Rows = NDArray[np.float64]


def complaint_states(directory: Path, texts: list[str]) -> NDArray[np.float32]:
    """Return the mean states of complaints, (texts, hidden), read where the product reads them: after any sentence."""
    model, tokenizer = load_trained(directory)
    order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
    means = np.zeros((len(texts), model.size["hidden"]), np.float32)
    with torch.no_grad():
        for start in range(0, len(order), _BATCH):
            batch = order[start : start + _BATCH]
            ids, mask = padded([each.ids[:MAX_TOKENS] for each in tokenizer.encode_batch([texts[i] for i in batch])])
            positions = torch.arange(ids.shape[1]) + COMPLAINT_AT
            states, _ = model.attend(ids, positions, ((1 - mask) * -1e4)[:, None, None, :])
            means[batch] = ((states * mask[:, :, None]).sum(1) / mask.sum(1, keepdim=True)).numpy()
    return means


def one_of(states: Rows, wanted: NDArray[np.int64], classes: int) -> tuple[Rows, Rows]:
    """Return weights (classes, hidden) and biases for "one of these"; -1 in `wanted`: not known."""
    known = wanted >= 0
    model = LogisticRegression(C=STRENGTH, max_iter=2000, class_weight="balanced").fit(states[known], wanted[known])
    weights, bias = np.zeros((classes, states.shape[1])), np.full(classes, -20.0)
    weights[model.classes_], bias[model.classes_] = model.coef_, model.intercept_
    return weights, bias


def yes_or_no(states: Rows, wanted: NDArray[np.int64]) -> tuple[Rows, Rows]:
    """Return weights (1, hidden) and bias."""
    model = LogisticRegression(C=STRENGTH, max_iter=2000).fit(states, wanted)
    return model.coef_, model.intercept_


def fit(states: Rows, items: list[Complaint]) -> tuple[Rows, Rows]:
    """Return all weights and biases, in the order of the encoder's outputs."""
    parts = [one_of(states, np.array([each.kind for each in items]), len(KINDS))]
    parts += [yes_or_no(states, np.array([each.expects[i] for each in items])) for i in range(len(EXPECTATIONS))]
    parts.append(one_of(states, np.array([each.severity for each in items]), len(SEVERITIES)))
    parts.append(yes_or_no(states, np.array([each.house_rule for each in items])))
    parts.append(one_of(states, np.array([each.complainer for each in items]), len(COMPLAINERS)))
    return np.concatenate([weights for weights, _ in parts]), np.concatenate([bias for _, bias in parts])


def measure(outputs: Rows, items: list[Complaint], language: str) -> None:
    """Print how well `outputs` read the complaints of one language."""
    rows = [row for row, each in enumerate(items) if each.language == language]
    kind, expects, severity, rule, complainer = np.split(
        outputs[rows], np.cumsum([len(KINDS), len(EXPECTATIONS), len(SEVERITIES), 1]), axis=1
    )
    some = [items[row] for row in rows]
    known = [i for i, each in enumerate(some) if each.kind >= 0]
    told = [i for i, each in enumerate(some) if each.complainer >= 0]

    def macro(logits: Rows, wanted: list[int]) -> float:
        return float(f1_score(wanted, logits.argmax(1), average="macro"))

    print(
        f"{language}: {len(some)} complaints; macro F1 kind {macro(kind[known], [some[i].kind for i in known]):.2f}, "
        f"severity {macro(severity, [each.severity for each in some]):.2f}, "
        f"complainer {macro(complainer[told], [some[i].complainer for i in told]):.2f}; average precision expectations "
        f"{np.mean([average_precision_score([e.expects[i] for e in some], expects[:, i]) for i in range(len(EXPECTATIONS))]):.2f}, "
        f"house rule {average_precision_score([e.house_rule for e in some], rule[:, 0]):.2f}"
    )


def main() -> None:
    """Fit, print, and put the heads into the trained model."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True)
    options = parser.parse_args()
    items = list(complaints())
    means = complaint_states(options.model, [each.text for each in items])
    folds = np.array([each.fold for each in items])
    scaler = StandardScaler().fit(means[folds == "train"])
    states = scaler.transform(means.astype(np.float64))
    weights, bias = fit(states[folds == "train"], [each for each in items if each.fold == "train"])
    held = [each for each in items if each.fold == "calibrate"]
    for language in ("nl", "en"):
        measure(states[folds == "calibrate"] @ weights.T + bias, held, language)
    # The standardising goes into the weights, so that the encoder's own states can be used as they are.
    plain = weights / scaler.scale_
    model, _ = load_trained(options.model)
    with torch.no_grad():
        model.complaint.weight.copy_(torch.from_numpy(plain))
        model.complaint.bias.copy_(torch.from_numpy(bias - plain @ scaler.mean_))
    torch.save(model.state_dict(), options.model / "model.pt")


if __name__ == "__main__":
    main()
