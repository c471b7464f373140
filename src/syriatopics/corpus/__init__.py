"""The corpus: read the press as it is found, and know where every line came from."""

from __future__ import annotations

from syriatopics.corpus.corpus import Corpus, passages_of
from syriatopics.corpus.passages import Passages
from syriatopics.corpus.read import read_corpus
from syriatopics.corpus.seeds import load_seeds

__all__ = ["Corpus", "Passages", "load_seeds", "passages_of", "read_corpus"]
