"""Encoders: texts as vectors of meaning, from the corpus itself, a package, a model or an address."""

from __future__ import annotations

from syriatopics.encoders.address import AddressEncoder
from syriatopics.encoders.contract import Encoder, centred, check_vectors
from syriatopics.encoders.e5 import E5
from syriatopics.encoders.embed import as_encoder, embed, encode_texts
from syriatopics.encoders.lsa import LSA
from syriatopics.encoders.models import Model
from syriatopics.encoders.search import Found, nearest_names, search
from syriatopics.encoders.texts import FIRST_WORDS, prepared

__all__ = [
    "E5",
    "FIRST_WORDS",
    "LSA",
    "AddressEncoder",
    "Encoder",
    "Found",
    "Model",
    "as_encoder",
    "centred",
    "check_vectors",
    "embed",
    "encode_texts",
    "nearest_names",
    "prepared",
    "search",
]
