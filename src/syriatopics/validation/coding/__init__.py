"""Coding: passages are drawn, read and decided upon by people; nothing that was decided is lost."""

from __future__ import annotations

from syriatopics.validation.coding.task import (
    CodingTask,
    coding_task,
    open_coding_task,
    read_codings,
)

__all__ = [
    "CodingTask",
    "coding_task",
    "open_coding_task",
    "read_codings",
]
