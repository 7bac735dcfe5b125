"""Whisper as two ONNX graphs with weights of eight bits: its encoder and one step of its decoder.

Made for a decoder that runs a few rows at a time. A step is told all rows that were ever read (the *pool*: keys and
values of each) and which of them each new row may look at, so that hypotheses of a search share what they have in
common, nothing is copied when they part, and known words are read in one step. It serves several decodings at once,
each in a lane of its own with its own sound: the weights, which cost most of a step's time, are read once for all.

Weights: int8, a scale per output column, +-63 (`LARGEST`): of larger ones two products may overflow the sixteen bits in
which AVX2 adds them (ONNX Runtime, "Quantization", U8S8). Activations: uint8, a scale per matrix, found as it runs.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import helper

from minutes.speech.engines.runtimes import Floats

OPSET, MICROSOFT, IR = 21, "com.microsoft", 10
LARGEST = 63
MIDDLE = 128  # of a byte: what stands for nothing in it
EPSILON = 1e-5


@dataclass(frozen=True, slots=True)
class Shape:
    layers: int
    heads: int
    width: int  # of all heads together

    @property
    def head(self) -> int:
        return self.width // self.heads


class Weights:
    """A model's numbers by CTranslate2's names, as float32."""

    def __init__(self, variables: dict[str, npt.NDArray[Any]]) -> None:
        self._variables = variables

    def __call__(self, name: str) -> Floats:
        """Numbers that were stored with eight bits are multiplied by what they were divided by."""
        stored = self._variables[name]
        if stored.dtype == np.uint16:  # bfloat16: the upper half of a float32
            return (stored.astype(np.uint32) << 16).view(np.float32)
        values = np.asarray(stored, dtype=np.float32)
        scale = self._variables.get(f"{name}_scale")
        return values if scale is None else values / np.asarray(scale, np.float32).reshape(-1, *[1] * (values.ndim - 1))

    def __contains__(self, name: str) -> bool:
        return name in self._variables

    def rows(self, name: str) -> npt.NDArray[np.floating[Any]]:
        """The same of a matrix whose rows are looked up, at float16 where it is stored so."""
        stored = self._variables[name]
        return stored if stored.dtype == np.float16 else self(name).astype(np.float16)

    def linear(self, name: str) -> tuple[Floats, Floats]:
        """(inputs, outputs) and (outputs,)."""
        return self(f"{name}/weight").T, self(f"{name}/bias")

    def shape(self, side: str) -> Shape:
        layers = sum(
            name.startswith(f"{side}/layer_") and name.endswith("/ffn/linear_0/bias") for name in self._variables
        )
        width = self._variables[f"{side}/layer_norm/gamma"].shape[0]
        return Shape(layers, int(self._variables[f"{side}/num_heads"]), width)


class Graph:
    """Nodes and numbers; every `op` returns the name of what it makes."""

    def __init__(self) -> None:
        opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(MICROSOFT, 1)]
        self._model = helper.make_model(helper.make_graph([], "whisper", [], []), opset_imports=opsets, ir_version=IR)
        self._graph = self._model.graph

    def input(self, name: str, shape: Sequence[int | str], kind: int = onnx.TensorProto.FLOAT) -> str:
        self._graph.input.append(helper.make_tensor_value_info(name, kind, list(shape)))
        return name

    def output(self, name: str, value: str, kind: int = onnx.TensorProto.FLOAT) -> None:
        self._graph.node.append(helper.make_node("Identity", [value], [name]))
        self._graph.output.append(helper.make_tensor_value_info(name, kind, None))

    def number(self, values: npt.ArrayLike) -> str:
        name, array = f"n{len(self._graph.initializer)}", np.asarray(values)
        kind = helper.np_dtype_to_tensor_dtype(array.dtype)
        self._graph.initializer.add(name=name, data_type=kind, dims=array.shape, raw_data=array.tobytes())
        return name

    def ops(self, kind: str, inputs: Sequence[str], count: int, domain: str = "", **settings: Any) -> list[str]:
        made = [f"v{len(self._graph.node)}.{at}" for at in range(count)]
        self._graph.node.append(helper.make_node(kind, list(inputs), made, domain=domain, **settings))
        return made

    def op(self, kind: str, *inputs: str, domain: str = "", **settings: Any) -> str:
        return self.ops(kind, inputs, 1, domain, **settings)[0]

    def model(self) -> bytes:
        return bytes(self._model.SerializeToString())

    # --- what layers are made of ---

    def norm(self, value: str, weights: Weights, name: str) -> str:
        gamma, beta = (self.number(weights(f"{name}/{each}")) for each in ("gamma", "beta"))
        return self.op("LayerNormalization", value, gamma, beta, epsilon=EPSILON)

    def linear(self, value: str, weight: Floats, bias: Floats | None) -> str:
        """`weight`: (inputs, outputs)."""
        scale = np.maximum(np.maximum(weight.max(axis=0), -weight.min(axis=0)), 1e-9) / LARGEST
        whole = weight / scale
        whole = np.rint(whole, out=whole).astype(np.int8)
        numbers = [self.number(whole), self.number(scale.astype(np.float32))]
        more = [] if bias is None else ["", self.number(bias)]
        return self.op("DynamicQuantizeMatMul", value, *numbers, *more, domain=MICROSOFT)

    def feed_forward(self, value: str, weights: Weights, name: str) -> str:
        inner = self.linear(self.norm(value, weights, f"{name}/layer_norm"), *weights.linear(f"{name}/linear_0"))
        outer = self.linear(self.op("Gelu", inner), *weights.linear(f"{name}/linear_1"))
        return self.op("Add", value, outer)

    def in_heads(self, value: str, heads: int, head: int) -> str:
        """(lanes, rows, heads * head) to (lanes, heads, rows, head)."""
        apart = self.op("Reshape", value, self.number(np.array([0, 0, heads, head])))
        return self.op("Transpose", apart, perm=[0, 2, 1, 3])

    def joined(self, value: str, width: int) -> str:
        """(lanes, heads, rows, head) to (lanes, rows, width)."""
        return self.op("Reshape", self.op("Transpose", value, perm=[0, 2, 1, 3]), self.number(np.array([0, 0, width])))

    def whole(self, value: str, heads: int) -> tuple[str, str]:
        """(1, heads, ...) as int8, and the scale of each head: (1, heads, 1, 1)."""
        most = self.op("ReduceMax", self.op("Abs", value), self.number(np.array([2, 3])), keepdims=1)
        scale = self.op("Div", most, self.number(np.float32(LARGEST)))
        flat = self.op("Reshape", scale, self.number(np.array([-1])))
        return self.op("QuantizeLinear", value, flat, self.number(np.zeros(heads, np.int8)), axis=1), scale

    def total(self, logits: str) -> str:
        """(rows, 1): log of the sum of exponentials; `ReduceLogSumExp` takes ten times as long."""
        bounds = [self.number(np.array([at])) for at in (0, 1, 1)]
        firsts = [self.op("Slice", each, *bounds) for each in (logits, self.op("LogSoftmax", logits, axis=1))]
        return self.op("Sub", *firsts)

    def products(self, queries: str, keys: str) -> str:
        return self.op("FusedMatMul", queries, keys, domain=MICROSOFT, transB=1)


def _scaled(linear: tuple[Floats, Floats], head: int, columns: int) -> tuple[Floats, Floats]:
    """The first `columns` are queries: divided by the root of their length."""
    factor = np.ones(linear[1].shape, np.float32)
    factor[:columns] = 1 / math.sqrt(head)
    return linear[0] * factor, linear[1] * factor


def encoder(weights: Weights) -> bytes:
    """`mel` (1, bands, frames) to `keys` and `values` of every decoder layer.

    (1, heads, head, frames / 2) and (1, heads, frames / 2, head), int8; `keys_scale`, `values_scale` (1, heads, 1, 1);
    `keys_offset` (1, heads, 1, frames / 2): what the middle of queries' bytes adds to their products.
    """
    graph, shape = Graph(), weights.shape("encoder")
    value = graph.input("mel", (1, "bands", "frames"))
    for name, stride in (("conv1", 1), ("conv2", 2)):
        kernel, bias = (graph.number(weights(f"encoder/{name}/{each}")) for each in ("weight", "bias"))
        value = graph.op("Conv", value, kernel, bias, kernel_shape=[3], pads=[1, 1], strides=[stride])
        value = graph.op("Gelu", value)
    value = graph.op("Transpose", value, perm=[0, 2, 1])
    rows = graph.op("Slice", graph.op("Shape", value), *(graph.number(np.array([at])) for at in (1, 2)))
    places = graph.number(weights("encoder/position_encodings/encodings"))
    value = graph.op("Add", value, graph.op("Slice", places, graph.number(np.array([0])), rows))
    for layer in range(shape.layers):
        value = _encoder_layer(graph, weights, f"encoder/layer_{layer}", value, shape)
    value = graph.norm(value, weights, "encoder/layer_norm")
    other = weights.shape("decoder")
    for layer in range(other.layers):
        both = graph.linear(value, *weights.linear(f"decoder/layer_{layer}/attention/linear_1"))
        halves = graph.ops("Split", [graph.in_heads(both, 2 * other.heads, other.head)], 2, axis=1, num_outputs=2)
        halves[0] = graph.op("Transpose", halves[0], perm=[0, 1, 3, 2])
        for name, half in zip(("keys", "values"), halves, strict=True):
            whole, scale = graph.whole(half, other.heads)
            graph.output(f"{name}{layer}", whole, onnx.TensorProto.INT8)
            graph.output(f"{name}_scale{layer}", scale)
            if name == "keys":
                sums = graph.op("ReduceSum", graph.op("Cast", whole, to=1), graph.number(np.array([2])), keepdims=1)
                graph.output(f"keys_offset{layer}", graph.op("Mul", sums, graph.number(np.float32(MIDDLE))))
    return graph.model()


def _encoder_layer(graph: Graph, weights: Weights, name: str, value: str, shape: Shape) -> str:
    normed = graph.norm(value, weights, f"{name}/self_attention/layer_norm")
    all_three = graph.linear(normed, *weights.linear(f"{name}/self_attention/linear_0"))
    parts = graph.ops("Split", [all_three], 3, axis=2, num_outputs=3)
    found = graph.op("MultiHeadAttention", *parts, domain=MICROSOFT, num_heads=shape.heads)
    value = graph.op("Add", value, graph.linear(found, *weights.linear(f"{name}/self_attention/linear_1")))
    return graph.feed_forward(value, weights, f"{name}/ffn")


def decoder(weights: Weights, text: Floats, tail: Floats, looking: Sequence[tuple[int, int]]) -> bytes:
    """One step over new rows of every lane; `cap` is how many its pool holds, used or not.

    In: `rows` (lanes, new, width): tokens' vectors with their places; `seen` (lanes, 1, new, cap + new): 0 where a row
    may look, else far below; `sizes` (2,): cap and new; `told` (n,): of which rows, counted through all lanes,
    probabilities are wanted; `best` (1,): of how many tokens; per layer `pool_keys`, `pool_values` (lanes, heads, cap,
    head) and `keys`, `values` and the others as `encoder` makes them, of each lane's sound.
    Out: `grown_keys`, `grown_values` (layers, lanes, heads, new, head); `scores`, `tokens` (n, best): the likeliest
    text tokens' logits and columns of `text`; `total` (n, 1): log of the sum of all text tokens' exponentials; `tail`:
    logits of `tail`; `looks` (lanes, pairs of `looking`, new, frames): of heads (layer, head),
    before softmax.
    """
    graph, shape = Graph(), weights.shape("decoder")
    value = graph.input("rows", ("lanes", "new", shape.width))
    seen = graph.input("seen", ("lanes", 1, "new", "both"))
    sizes = graph.input("sizes", (2,), onnx.TensorProto.INT64)
    told = graph.input("told", ("told",), onnx.TensorProto.INT64)
    best = graph.input("best", (1,), onnx.TensorProto.INT64)
    grown: list[tuple[str, str]] = []
    looks: list[str] = []
    for layer in range(shape.layers):
        value, keys_values = _attends_itself(graph, weights, layer, value, shape, seen, sizes)
        value, products = _attends_sound(graph, weights, layer, value, shape)
        value = graph.feed_forward(value, weights, f"decoder/layer_{layer}/ffn")
        grown.append(keys_values)
        heads = [head for at, head in looking if at == layer]
        looks += [graph.op("Gather", products, graph.number(np.array(heads)), axis=1)] if heads else []
    for name, values in zip(("grown_keys", "grown_values"), zip(*grown, strict=True), strict=True):
        axis = graph.number(np.array([0]))
        graph.output(name, graph.op("Concat", *(graph.op("Unsqueeze", each, axis) for each in values), axis=0))
    graph.output("looks", graph.op("Concat", *looks, axis=1))
    flat = graph.op("Reshape", value, graph.number(np.array([-1, shape.width])))
    value = graph.norm(graph.op("Gather", flat, told, axis=0), weights, "decoder/layer_norm")
    logits = graph.linear(value, text.T, None)
    scores, tokens = graph.ops("TopK", [logits, best], 2)
    graph.output("scores", scores)
    graph.output("tokens", tokens, onnx.TensorProto.INT64)
    graph.output("total", graph.total(logits))
    graph.output("tail", graph.linear(value, tail.T, None))
    return graph.model()


def _attends_itself(
    graph: Graph, weights: Weights, layer: int, value: str, shape: Shape, seen: str, sizes: str
) -> tuple[str, tuple[str, str]]:
    name = f"decoder/layer_{layer}/self_attention"
    normed = graph.norm(value, weights, f"{name}/layer_norm")
    together = graph.linear(normed, *_scaled(weights.linear(f"{name}/linear_0"), shape.head, shape.width))
    heads = graph.in_heads(together, 3 * shape.heads, shape.head)
    queries, keys, values = graph.ops("Split", [heads], 3, axis=1, num_outputs=3)
    room = ("lanes", shape.heads, "cap", shape.head)
    pool = [graph.input(f"pool_{each}{layer}", room) for each in ("keys", "values")]
    products = [graph.products(queries, each) for each in (pool[0], keys)]
    shares = graph.op("Softmax", graph.op("Add", graph.op("Concat", *products, axis=3), seen), axis=-1)
    parts = graph.ops("Split", [shares, sizes], 2, axis=3)
    found = graph.op("Add", graph.op("MatMul", parts[0], pool[1]), graph.op("MatMul", parts[1], values))
    out = graph.linear(graph.joined(found, shape.width), *weights.linear(f"{name}/linear_1"))
    return graph.op("Add", value, out), (keys, values)


def _attends_sound(graph: Graph, weights: Weights, layer: int, value: str, shape: Shape) -> tuple[str, str]:
    name = f"decoder/layer_{layer}/attention"
    normed = graph.norm(value, weights, f"{name}/layer_norm")
    asked = graph.linear(normed, *_scaled(weights.linear(f"{name}/linear_0"), shape.head, shape.width))
    INT8 = onnx.TensorProto.INT8
    keys = graph.input(f"keys{layer}", ("lanes", shape.heads, shape.head, "frames"), INT8)
    values = graph.input(f"values{layer}", ("lanes", shape.heads, "frames", shape.head), INT8)
    scales = [graph.input(f"{each}_scale{layer}", ("lanes", shape.heads, 1, 1)) for each in ("keys", "values")]
    offset = graph.input(f"keys_offset{layer}", ("lanes", shape.heads, 1, "frames"))
    queries = graph.in_heads(asked, shape.heads, shape.head)
    most = graph.op("ReduceMax", graph.op("Abs", queries), keepdims=0)
    scale = graph.op("Div", most, graph.number(np.float32(MIDDLE - 1)))
    small = graph.op("QuantizeLinear", queries, scale, graph.number(np.array(MIDDLE, np.uint8)))
    whole = graph.op("Cast", graph.op("MatMulInteger", small, keys), to=1)
    products = graph.op("Mul", graph.op("Sub", whole, offset), graph.op("Mul", scales[0], scale))
    shares = graph.op(
        "Exp", graph.op("Sub", products, graph.op("ReduceMax", products, graph.number(np.array([3])), keepdims=1))
    )
    total = graph.op("ReduceSum", shares, graph.number(np.array([3])), keepdims=1)
    bits = graph.op("QuantizeLinear", shares, graph.number(np.float32(1 / 255)), graph.number(np.array(0, np.uint8)))
    summed = graph.op("Cast", graph.op("MatMulInteger", bits, values), to=1)
    found = graph.op(
        "Mul", summed, graph.op("Div", graph.op("Mul", scales[1], graph.number(np.float32(1 / 255))), total)
    )
    out = graph.linear(graph.joined(found, shape.width), *weights.linear(f"{name}/linear_2"))
    return graph.op("Add", value, out), products
