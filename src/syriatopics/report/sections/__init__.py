"""The sections of a report, in the order in which they are read.

A section is a function ``Context → Section``. To add one, write it and name it here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from syriatopics.errors import SyriaTopicsError
from syriatopics.report.context import Context
from syriatopics.report.parts import Section
from syriatopics.report.sections.about import about
from syriatopics.report.sections.events import events
from syriatopics.report.sections.keyness import keywords
from syriatopics.report.sections.meaning import meanings
from syriatopics.report.sections.method import method
from syriatopics.report.sections.naming import names
from syriatopics.report.sections.themes import themes
from syriatopics.report.sections.topics import topics
from syriatopics.report.sections.trends import trends
from syriatopics.report.sections.voices import voices
from syriatopics.report.words import Text

__all__ = ["SECTIONS", "make_sections"]

SECTIONS: tuple[tuple[str, Text, Callable[[Context], Section]], ...] = (
    ("corpus", Text("المدونة", "The corpus"), about),
    ("themes", Text("المحاور بحسب الناشر", "Themes by outlet"), themes),
    ("trends", Text("المحاور عبر الزمن", "Themes over time"), trends),
    ("topics", Text("الموضوعات وكلماتها", "Topics and their words"), topics),
    ("naming", Text("التسميات", "Naming"), names),
    ("voices", Text("الأصوات", "Voices"), voices),
    ("meaning", Text("الكلمة الواحدة في صحبتين", "One word in two companies"), meanings),
    ("events", Text("الحدث الواحد عند ناشرين", "One event in several outlets"), events),
    ("keyness", Text("كلمات تميز ناشرا من آخر", "Words that set outlets apart"), keywords),
    ("method", Text("ما الذي عُدّ وكيف", "What was counted and how"), method),
)


def make_sections(context: Context) -> Iterator[Section]:
    """Make every section; one that the corpus cannot carry says why instead."""
    for anchor, title, make in SECTIONS:
        try:
            yield make(context)
        except SyriaTopicsError as error:
            yield Section(
                anchor, title, caution="لا تتسع هذه المدونة لهذا القسم.", notes=[str(error)]
            )
