"""Passages as vectors: prepared, in windows, each text once, kept on the disk, resumed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from tqdm import tqdm

from syriatopics.corpus import Passages
from syriatopics.encoders.address import AddressEncoder
from syriatopics.encoders.contract import Encoder, Vectors
from syriatopics.encoders.e5 import E5
from syriatopics.encoders.kept import VectorStore, default_folder
from syriatopics.encoders.lsa import LSA, FittedLSA
from syriatopics.encoders.models import Model
from syriatopics.encoders.texts import prepared, text_hash, windows
from syriatopics.errors import InputError

__all__ = ["as_encoder", "embed", "encode_texts"]

_BATCH = 16
_WORDS = 180


def as_encoder(encoder: str | Encoder | LSA | None, texts: Sequence[str] = ()) -> Encoder:
    """Return an encoder by its name, or the one that is given.

    Parameters
    ----------
    encoder : str, Encoder or None
        "lsa" (None means it) learns a space from `texts`; "e5" is a small model in a package, an extra;
        an address, ``http…/v1``, is asked for /embeddings; anything else is a model of
        sentence-transformers or model2vec by name or path.
    texts : sequence of str
        Of the corpus; needed by "lsa".

    Raises
    ------
    InputError
        If it is none.
    """
    if encoder is None or encoder == "lsa":
        encoder = LSA()
    if isinstance(encoder, LSA):
        return encoder.fit([prepared(text) for text in texts])
    if not isinstance(encoder, str):
        if isinstance(encoder, Encoder):
            return encoder
        raise InputError(
            f"{type(encoder).__name__} is no encoder: it wants name, fingerprint and encode(texts)."
        )
    if encoder == "e5":
        return E5()
    if encoder.startswith(("http://", "https://")):
        return AddressEncoder(encoder)
    return Model(encoder)


def embed(
    passages: Passages | Sequence[str],
    encoder: str | Encoder | LSA | None = "lsa",
    *,
    cache: str | Path | None = None,
    words: int | None = None,
) -> Vectors:
    """Return the vectors of passages.

    Parameters
    ----------
    passages : Passages or sequence of str
    encoder : str or Encoder
        "lsa", "e5", the name or path of a model of sentence-transformers or model2vec
        (``model2vec:…``), an address that understands /v1/embeddings, or an encoder of one's own.
    cache : path, optional
        The folder in which vectors are kept by the hash of their text, in batches of 16, so that what
        was ended goes on; by default ``SYRIATOPICS_CACHE``, or the user's cache folder. Those of "lsa"
        are quick and are not kept.
    words : int, optional
        Only so many first words of each: news says at once what it is about, and long passages
        take long. By default all of them.

    Returns
    -------
    ndarray of float32, shape (n_passages, n_dimensions)
        Zero for a passage without a word. The mean of its windows for a long one.

    Examples
    --------
    >>> from syriatopics import load_seeds
    >>> embed(load_seeds().passages()).shape
    (111, 100)
    """
    texts = passages.texts if isinstance(passages, Passages) else list(passages)
    return encode_texts(as_encoder(encoder, texts), texts, cache=cache, words=words)


def encode_texts(
    encoder: Encoder,
    texts: Sequence[str],
    *,
    query: bool = False,
    cache: str | Path | None = None,
    words: int | None = None,
) -> Vectors:
    """Return the vectors of texts by an encoder that is ready; see :func:`embed`.

    `query`: whether they are questions, for encoders that tell these from passages.
    """
    given = [" ".join(prepared(text).split()[:words]) for text in texts]
    one = getattr(encoder, "encode_query", encoder.encode) if query else encoder.encode
    size = int(getattr(encoder, "window", _WORDS)) if any(given) else _WORDS
    parts = [windows(text, size) if text else [] for text in given]
    pieces = sorted({piece for part in parts for piece in part}, key=lambda p: (len(p), p))
    quick = isinstance(encoder, FittedLSA)
    store = None if quick or query else VectorStore(cache or default_folder(), encoder.fingerprint)
    known = _vectors(one, encoder.name, pieces, store)
    width = len(next(iter(known.values()))) if known else 2
    out = np.zeros((len(given), width), dtype=np.float32)
    for row, part in enumerate(parts):
        if len(part) == 1:
            out[row] = known[part[0]]
        elif part:
            sizes = np.array([len(piece.split()) for piece in part], dtype=np.float64)
            mean = sizes @ np.stack([known[piece] for piece in part]) / sizes.sum()
            length = np.linalg.norm(mean)
            out[row] = mean / length if length > 0 else mean
    return out


def _vectors(
    encode: Any, name: str, pieces: Sequence[str], store: VectorStore | None
) -> dict[str, Vectors]:
    """Return a vector for each piece, from the store or anew, in batches that are kept as they come."""
    keys = {piece: text_hash(piece) for piece in pieces}
    held = store.find(list(keys.values())) if store is not None else {}
    found = {piece: held[key] for piece, key in keys.items() if key in held}
    waiting = [piece for piece in pieces if piece not in found]
    batch = _BATCH if store is not None else max(len(waiting), 1)
    with tqdm(
        total=len(pieces), initial=len(found), desc=name, unit=" passages", delay=2, disable=None
    ) as bar:
        for start in range(0, len(waiting), batch):
            part = waiting[start : start + batch]
            made = _checked(encode(part), len(part), name)
            if store is not None:
                store.add([keys[piece] for piece in part], made)
            found.update(zip(part, made, strict=True))
            bar.update(len(part))
    return found


def _checked(made: Any, n: int, name: str) -> Vectors:
    vectors = np.asarray(made, dtype=np.float32)
    if vectors.ndim != 2 or len(vectors) != n or not np.isfinite(vectors).all():
        raise InputError(
            f"The encoder {name!r} gave {vectors.shape} for {n} texts, or what is no number."
        )
    return vectors
