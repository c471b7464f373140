"""Language models as coders: prompts from a codebook, answers that are checked, calls that are kept."""

from __future__ import annotations

from syriatopics.scorers.language.answers import Answer, is_whole, read_answer
from syriatopics.scorers.language.asking import Limits, ask_all
from syriatopics.scorers.language.cassette import Call, Cassette
from syriatopics.scorers.language.prompts import Prompt, prompt_of

__all__ = [
    "Answer",
    "Call",
    "Cassette",
    "Limits",
    "Prompt",
    "ask_all",
    "is_whole",
    "prompt_of",
    "read_answer",
]
