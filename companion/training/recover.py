"""Turns the shipped encoder back into weights to train on: `python -m training.recover --out DIR`.

Nobody has to keep the floating-point weights: the 8-bit ones, scaled back, differ from them by less than training does.
"""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from tokenizers import Tokenizer

from meelezer.tone_model.runtime import DIRECTORY
from training.encoder import read_weights, start

_MATMUL = re.compile(r"/?(?:(layers\.\d+)/)?(\w+?)[/_]MatMul(?:_output_0)?_output_quantized")


def kept_pieces(directory: Path, pieces: list[str]) -> list[int]:
    """Return which pieces of the full vocabulary the shipped tokenizer has, in its order."""
    place = {piece: number for number, piece in enumerate(pieces)}
    vocabulary = json.loads((directory / "tokenizer.json").read_text("utf-8"))["model"]["vocab"]
    return [place[piece] for piece, _ in vocabulary]


def scaled_back(model: onnx.ModelProto) -> dict[str, NDArray[np.float32]]:
    """Return the weights by the names that the PyTorch module gives them."""
    stored = {each.name: numpy_helper.to_array(each) for each in model.graph.initializer}
    weights = {
        name: value for name, value in stored.items() if value.dtype == np.float32 and not name.startswith("onnx::")
    }
    for node in model.graph.node:
        if node.op_type == "MatMulInteger" and (match := _MATMUL.fullmatch(node.output[0])):
            name = node.input[1].removesuffix("_quantized")
            whole = stored[node.input[1]].astype(np.float32) - stored[node.input[3]].astype(np.float32)
            weights[".".join(part for part in (match[1], match[2], "weight") if part)] = (
                whole * stored[f"{name}_scale"]
            ).T
        elif node.op_type == "DequantizeLinear":
            name = node.input[1].removesuffix("_scale")
            whole = stored[f"{name}_quantized"].astype(np.float32) - stored[node.input[2]].astype(np.float32)
            weights[name] = whole * stored[node.input[1]]
    return weights


def main() -> None:
    """Write what `train --start-from` and `fuse` read."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--model", type=Path, default=DIRECTORY, help="directory of a shipped model (default: the package's)"
    )
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    keep = kept_pieces(options.model, read_weights()[1])
    module, _, _ = start(keep)
    found = scaled_back(onnx.load(str(options.model / "encoder.onnx")))
    state = module.state_dict()
    missing = [name for name in state if name not in found and name != "word.weight"]
    if missing:
        raise SystemExit(f"not in the file: {', '.join(missing)}")
    for name in state.keys() - {"word.weight"}:  # the word vectors are those of the starting weights, never trained
        value = torch.from_numpy(found[name].copy())
        state[name] = value.reshape(state[name].shape) if value.numel() == state[name].numel() else value
    torch.save(state, options.out / "model.pt")
    (options.out / "keep.json").write_text(json.dumps(keep))
    Tokenizer.from_file(str(options.model / "tokenizer.json")).save(str(options.out / "tokenizer.json"))
    print(f"{len(found)} tensors, {len(keep)} pieces")


if __name__ == "__main__":
    main()
