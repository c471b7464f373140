"""Models of sentence-transformers and model2vec, by name or path."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from syriatopics import extras
from syriatopics.encoders.contract import Vectors, check_vectors
from syriatopics.errors import InputError
from syriatopics.files import folder_hash

__all__ = ["Model"]

_STATIC = "model2vec:"
_EVERYTHING = 10_000


@dataclass(frozen=True)
class Model:
    """A model of sentence-transformers or model2vec.

    Parameters
    ----------
    name : str
        A folder that holds a model, or a name on the Hugging Face hub, from which it is
        fetched where it is not there yet; ``model2vec:…`` for static models.
    """

    name: str

    @property
    def fingerprint(self) -> str:
        """Of the files, where the model is a folder; else its name, which may be given to another one."""
        folder = Path(self.name.removeprefix(_STATIC))
        return f"model-{folder_hash(folder)[:32]}" if folder.is_dir() else f"model-{self.name}"

    @property
    def window(self) -> int:
        """How many words the model surely sees; what is longer it would cut off unsaid."""
        longest = getattr(_loaded(self.name), "max_seq_length", None)
        # A static model sees everything, and says so by none, or by a number without end.
        if _is_static(self.name) or longest is None or longest > _EVERYTHING:
            return _EVERYTHING
        return max(int(longest) // 3, 20)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of texts.

        Raises
        ------
        InputError
            If there is no such model.
        NotInstalledError
            If the library is missing.
        """
        found = _loaded(self.name).encode(list(texts), show_progress_bar=False)
        return np.asarray(check_vectors(found, len(texts)), dtype=np.float32)


@lru_cache(maxsize=2)
def _loaded(name: str) -> Any:
    try:
        return _load_static(name) if _is_static(name) else _load_sentence(name)
    except (OSError, ValueError) as error:
        reason = " ".join(str(error).split())[:200]
        raise InputError(f"No embedding model {name!r} can be loaded: {reason}") from None


def _is_static(name: str) -> bool:
    if name.startswith(_STATIC):
        return True
    settings = Path(name) / "config.json"
    if not settings.is_file() or (Path(name) / "modules.json").is_file():
        return False
    try:
        return bool(
            json.loads(settings.read_text(encoding="utf-8")).get("model_type") == "model2vec"
        )
    except (ValueError, AttributeError):
        return False


def _load_static(name: str) -> Any:
    static_model = extras.load("model2vec:StaticModel", f"The embedding model {name!r}")
    return static_model.from_pretrained(name.removeprefix(_STATIC))


def _load_sentence(name: str) -> Any:
    transformer = extras.load(
        "sentence_transformers:SentenceTransformer", f"The embedding model {name!r}"
    )
    # Weights of the safetensors kind only: nothing of a model is executed.
    return transformer(
        name, device="cpu", trust_remote_code=False, model_kwargs={"use_safetensors": True}
    )
