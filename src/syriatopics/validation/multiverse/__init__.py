"""The multiverse: one contrast under all choices that a reasonable researcher could make."""

from __future__ import annotations

from syriatopics.validation.multiverse.choices import Choices, Specification
from syriatopics.validation.multiverse.multiverse import multiverse
from syriatopics.validation.multiverse.result import Multiverse, Survival

__all__ = ["Choices", "Multiverse", "Specification", "Survival", "multiverse"]
