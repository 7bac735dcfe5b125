"""A CTranslate2 Whisper model back into the checkpoint openai-whisper loads.

Both hold the same numbers under other names; CTranslate2 stacks query, key and value of one attention.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from minutes.speech.engines.ct2 import Array, read_model
from minutes.speech.engines.records import record
from minutes.speech.engines.weights import BASE, base_weights

if TYPE_CHECKING:
    import torch

_HEAD = 64  # every Whisper model has heads of this size


def base_checkpoint(data: Path) -> Path:
    """The base model as `.pt` below `data`, converted from the verified weights when it is not there yet."""
    target = data / "models" / f"{BASE}.pt"
    if not target.is_file():
        convert(base_weights(data) / "model.bin", target)
        record(target)
    return target


def convert(source: Path, target: Path) -> None:
    """Raises ct2.NotAModel. `target` appears whole or not at all."""
    import torch

    variables = read_model(source).variables
    state = _State(variables)
    checkpoint = {"dims": _dimensions(variables), "model_state_dict": state.convert()}
    with tempfile.NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}-", delete=False) as draft:
        torch.save(checkpoint, draft)
    Path(draft.name).replace(target)


def _layers(variables: dict[str, Array], part: str) -> int:
    return sum(name.startswith(f"{part}/layer_") and name.endswith("/ffn/linear_0/weight") for name in variables)


def _dimensions(variables: dict[str, Array]) -> dict[str, int]:
    width, mels, _ = variables["encoder/conv1/weight"].shape
    heads = int(variables["encoder/num_heads"]) if "encoder/num_heads" in variables else width // _HEAD
    return {
        "n_mels": mels,
        "n_audio_ctx": variables["encoder/position_encodings/encodings"].shape[0],
        "n_audio_state": width,
        "n_audio_head": heads,
        "n_audio_layer": _layers(variables, "encoder"),
        "n_vocab": variables["decoder/embeddings/weight"].shape[0],
        "n_text_ctx": variables["decoder/position_encodings/encodings"].shape[0],
        "n_text_state": width,
        "n_text_head": heads,
        "n_text_layer": _layers(variables, "decoder"),
    }


class _State:
    """Builds a state dict name by name."""

    def __init__(self, variables: dict[str, Array]) -> None:
        self._variables = variables
        self._state: dict[str, torch.Tensor] = {}

    def convert(self) -> dict[str, torch.Tensor]:
        for conv in ("conv1", "conv2"):
            self._linear(f"encoder.{conv}", f"encoder/{conv}")
        self._put("encoder.positional_embedding", self._get("encoder/position_encodings/encodings"))
        self._put("decoder.positional_embedding", self._get("decoder/position_encodings/encodings"))
        self._put("decoder.token_embedding.weight", self._get("decoder/embeddings/weight"))
        self._norm("encoder.ln_post", "encoder/layer_norm")
        self._norm("decoder.ln", "decoder/layer_norm")
        for part in ("encoder", "decoder"):
            for layer in range(_layers(self._variables, part)):
                self._block(f"{part}.blocks.{layer}", f"{part}/layer_{layer}", crossed=part == "decoder")
        return self._state

    def _block(self, target: str, source: str, *, crossed: bool) -> None:
        own = f"{source}/self_attention"
        self._stacked(f"{target}.attn", f"{own}/linear_0", ("query", "key", "value"))
        self._linear(f"{target}.attn.out", f"{own}/linear_1")
        self._norm(f"{target}.attn_ln", f"{own}/layer_norm")
        if crossed:
            other = f"{source}/attention"
            self._linear(f"{target}.cross_attn.query", f"{other}/linear_0")
            self._stacked(f"{target}.cross_attn", f"{other}/linear_1", ("key", "value"))
            self._linear(f"{target}.cross_attn.out", f"{other}/linear_2")
            self._norm(f"{target}.cross_attn_ln", f"{other}/layer_norm")
        self._linear(f"{target}.mlp.0", f"{source}/ffn/linear_0")
        self._linear(f"{target}.mlp.2", f"{source}/ffn/linear_1")
        self._norm(f"{target}.mlp_ln", f"{source}/ffn/layer_norm")

    def _stacked(self, target: str, source: str, names: tuple[str, ...]) -> None:
        weights = np.split(self._get(f"{source}/weight"), len(names))
        biases = np.split(self._get(f"{source}/bias"), len(names))
        for name, weight, bias in zip(names, weights, biases, strict=True):
            self._put(f"{target}.{name}.weight", weight)
            if name != "key":  # Whisper's keys have no bias; CTranslate2 keeps zeros there
                self._put(f"{target}.{name}.bias", bias)

    def _linear(self, target: str, source: str) -> None:
        self._put(f"{target}.weight", self._get(f"{source}/weight"))
        self._put(f"{target}.bias", self._get(f"{source}/bias"))

    def _norm(self, target: str, source: str) -> None:
        self._put(f"{target}.weight", self._get(f"{source}/gamma"))
        self._put(f"{target}.bias", self._get(f"{source}/beta"))

    def _get(self, name: str) -> Array:
        values = self._variables[name]
        if values.dtype == np.int8:  # quantised by row
            return values.astype(np.float32) / self._variables[f"{name}_scale"][:, np.newaxis]
        return values

    def _put(self, name: str, values: Array) -> None:
        import torch

        self._state[name] = torch.from_numpy(np.array(values, np.float32))
