"""The formats of a paper: each is one module that writes it and reads its numbers again."""

from __future__ import annotations

from syriatopics.publish.formats.contract import Format, Found
from syriatopics.publish.formats.latex import Latex
from syriatopics.publish.formats.quarto import Quarto
from syriatopics.publish.formats.word import Word

__all__ = ["FORMATS", "Format", "Found"]

FORMATS: dict[str, Format] = {form.ending: form for form in (Word(), Latex(), Quarto())}
