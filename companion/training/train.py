"""Trains the encoder: `python -m training.train --out DIR [--epochs 4]`. Seeded; goes on where it was stopped.

Bare sentences with their labels, drafts cut into sentences as hard negatives, complaint heads beside them on the same
encoder. Tried and left: reading each sentence against its complaint (keys and values of the complaint in every layer) took the
mean average precision on held-out drafts from 0.68 to 0.51 (Dutch) and 0.68 to 0.46 (English); the labels of whole drafts
are still too few to teach an encoder of this size what a sentence means after another.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor

from meelezer.tone_model.labels import COMPLAINERS, EXPECTATIONS, KINDS, SEVERITIES
from training.encoder import MAX_TOKENS, ToneEncoder, read_weights, start
from training.export import load_fitting
from training.items import Complaint, Sentence, catalogue_sentences, complaints, sentences
from training.vocabulary import needed_pieces, tokenizer

BATCH_TOKENS = 1400
RATE, HEAD_RATE = 8e-5, 1e-3
AVERAGE_DECAY = 0.995


def dictionary_words(paths: list[Path]) -> list[str]:
    """Return the words of Hunspell dictionaries (`.dic`), each with a leading space as in running text."""
    words = []
    for path in paths:
        for line in path.read_text("utf-8", "ignore").splitlines()[1:]:
            words.append(" " + re.split(r"[/\t]", line)[0])
    return words


def batches(lengths: list[int], seed: int) -> list[list[int]]:
    """Group items of like length into batches of about BATCH_TOKENS tokens, in random order."""
    chance = random.Random(seed)
    order = sorted(range(len(lengths)), key=lambda i: lengths[i] + chance.random() * 4)
    found, now, longest = [], [], 0
    for index in order:
        longest = max(longest, lengths[index])
        if now and longest * (len(now) + 1) > BATCH_TOKENS:
            found.append(now)
            now, longest = [], lengths[index]
        now.append(index)
    found.append(now)
    chance.shuffle(found)
    return found


def padded(ids: list[list[int]]) -> tuple[Tensor, Tensor]:
    """Return token ids and mask, (batch, tokens)."""
    width = max(map(len, ids))
    tokens = torch.full((len(ids), width), 1)
    mask = torch.zeros((len(ids), width))
    for row, line in enumerate(ids):
        tokens[row, : len(line)] = torch.tensor(line)
        mask[row, : len(line)] = 1
    return tokens, mask


def loss_of(model: ToneEncoder, items: list[Sentence | Complaint], ids: list[list[int]]) -> Tensor:
    """Return the mean loss of one batch; every head only where the corpus says something."""
    tokens, mask = padded(ids)
    checks, _, complaint = model(tokens, mask)
    losses = []
    rows = [row for row, item in enumerate(items) if isinstance(item, Sentence)]
    if rows:
        wanted = torch.tensor([items[row].labels for row in rows], dtype=torch.float32)
        known = (wanted >= 0).float()
        each = F.binary_cross_entropy_with_logits(checks[rows].float(), wanted.clamp(min=0), reduction="none")
        losses.append((each * known).sum() / known.sum() * 3)
    rows = [row for row, item in enumerate(items) if isinstance(item, Complaint)]
    if rows:
        some = [items[row] for row in rows]
        kind, expects, severity, rule, complainer = (
            complaint[rows].float().split([len(KINDS), len(EXPECTATIONS), len(SEVERITIES), 1, len(COMPLAINERS)], 1)
        )
        part = (
            F.cross_entropy(kind, torch.tensor([item.kind for item in some]), ignore_index=-1)
            if any(i.kind >= 0 for i in some)
            else 0
        )
        part = part + F.binary_cross_entropy_with_logits(
            expects, torch.tensor([item.expects for item in some], dtype=torch.float32)
        )
        part = part + F.cross_entropy(severity, torch.tensor([item.severity for item in some]))
        part = part + F.binary_cross_entropy_with_logits(
            rule[:, 0], torch.tensor([item.house_rule for item in some], dtype=torch.float32)
        )
        if any(item.complainer >= 0 for item in some):
            part = part + F.cross_entropy(complainer, torch.tensor([item.complainer for item in some]), ignore_index=-1)
        losses.append(part * 0.15 * len(rows) / len(items))
    return torch.stack([value if isinstance(value, Tensor) else torch.tensor(value) for value in losses]).sum()


class Average:
    """The running mean of the weights: steadier than the last step, at no cost at run time."""

    def __init__(self, model: ToneEncoder, decay: float) -> None:
        """Begin with the weights of `model`."""
        self.decay, self.steps = decay, 0
        self.weights = {name: value.detach().clone() for name, value in model.named_parameters() if value.requires_grad}

    def add(self, model: ToneEncoder) -> None:
        """Take the weights of one step along."""
        self.steps += 1
        decay = min(self.decay, (1 + self.steps) / (10 + self.steps))
        with torch.no_grad():
            for name, value in model.named_parameters():
                if name in self.weights:
                    self.weights[name].lerp_(value, 1 - decay)


def main() -> None:
    """Train and save."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=float, default=4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--dictionary",
        type=Path,
        action="append",
        default=[],
        help="Hunspell .dic whose words the vocabulary must cover",
    )
    parser.add_argument("--start-from", type=Path, help="directory of an earlier training, to go on from with new text")
    parser.add_argument("--rate", type=float, default=RATE)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(options.seed)
    # The plain cases are few beside the veiled ones: each counts three times.
    everyone = [*sentences(), *list(catalogue_sentences()) * 3, *complaints()]
    items: list[Sentence | Complaint] = [item for item in everyone if item.fold == "train"]
    everything = [item.text for item in everyone]
    _, pieces, scores, _ = read_weights()
    keep_file = options.out / "keep.json"
    if options.start_from and not keep_file.exists():
        keep_file.write_text((options.start_from / "keep.json").read_text())
    if keep_file.exists():
        keep = json.loads(keep_file.read_text())
    else:
        keep = needed_pieces(tokenizer(pieces, scores), pieces, everything, dictionary_words(options.dictionary))
        keep_file.write_text(json.dumps(keep))
    model, pieces, scores = start(keep)
    if options.start_from:
        load_fitting(model, torch.load(options.start_from / "model.pt"))
    made = tokenizer(pieces, scores)
    made.save(str(options.out / "tokenizer.json"))
    ids = [
        encoding.ids[: MAX_TOKENS - 1] + [2] if len(encoding.ids) > MAX_TOKENS else encoding.ids
        for encoding in made.encode_batch([item.text for item in items])
    ]
    print(
        f"{len(items)} items ({sum(isinstance(i, Complaint) for i in items)} complaints), {len(pieces)} pieces, {sum(map(len, ids))} tokens",
        flush=True,
    )
    heads = [p for name, p in model.named_parameters() if name.startswith(("checks", "complaint"))]
    body = [
        p for name, p in model.named_parameters() if not name.startswith(("checks", "complaint")) and p.requires_grad
    ]
    optimizer = torch.optim.AdamW(
        [
            {"params": body, "lr": options.rate, "weight_decay": 0.01},
            {"params": heads, "lr": HEAD_RATE * options.rate / RATE},
        ]
    )
    plan = [
        batch
        for epoch in range(int(np.ceil(options.epochs)))
        for batch in batches(list(map(len, ids)), options.seed * 100 + epoch)
    ]
    total = int(len(plan) * options.epochs / np.ceil(options.epochs))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / (0.06 * total)) * max(0.0, 1 - step / total)
    )
    checkpoint, first = options.out / "checkpoint.pt", 0
    if checkpoint.exists():
        saved = torch.load(checkpoint, weights_only=False)
        model.load_state_dict(saved["model"])
        optimizer.load_state_dict(saved["optimizer"])
        schedule.load_state_dict(saved["schedule"])
        first = saved["step"]
    average = Average(model, AVERAGE_DECAY)
    if checkpoint.exists():
        average.weights, average.steps = saved["average"], first
    model.train()
    began, mean = time.monotonic(), 0.0
    for step in range(first, total):
        batch = plan[step]
        with torch.autocast("cpu", dtype=torch.bfloat16):
            loss = loss_of(model, [items[i] for i in batch], [ids[i] for i in batch])
        loss.backward()
        torch.nn.utils.clip_grad_norm_([*body, *heads], 1.0)
        optimizer.step()
        schedule.step()
        average.add(model)
        optimizer.zero_grad(set_to_none=True)
        mean = loss.item() if step == first else 0.98 * mean + 0.02 * loss.item()
        if step % 50 == 49:
            left = (time.monotonic() - began) / (step + 1 - first) * (total - step - 1)
            print(f"step {step + 1}/{total}  loss {mean:.3f}  {left / 60:.0f} min left", flush=True)
        if step % 400 == 399:
            torch.save(
                {
                    "model": model.state_dict(),
                    "optimizer": optimizer.state_dict(),
                    "schedule": schedule.state_dict(),
                    "average": average.weights,
                    "step": step + 1,
                },
                checkpoint,
            )
    torch.save({**model.state_dict(), **average.weights}, options.out / "model.pt")
    print("done", flush=True)


if __name__ == "__main__":
    main()
