"""Boilerplate inside the lines of the text: datelines, credits, links to other articles.

Pages that lost their line breaks run the links to other articles into the paragraph behind them:
``روابط ذات علاقة`` and titles, then the text goes on. The links end where a paragraph begins as
paragraphs do (``وأضاف …``); what cannot be told apart stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from syriatopics.corpus.parse.credits import dateline_in, tail_credit
from syriatopics.corpus.parse.lines import Line, ends_sentence, split_lines
from syriatopics.corpus.parse.metadata import Credit
from syriatopics.corpus.parse.publishers import Publishers
from syriatopics.corpus.parse.rules import rule_of
from syriatopics.records import RemovedSpan

__all__ = ["cuts_inside", "links_then_text"]

_KINDS = r"(?:روابط|مواضيع|موضوعات|مقالات|[أا]خبار|تقارير|قصص|مواد)"
_LINKS = re.compile(
    rf"(?:^|(?<=[.!؟?\"”»…])\s{{0,3}}|(?<=\s\s))(?P<links>(?:{_KINDS}\s+)?(?:ذات\s+(?:صلة|علاقة|الصلة|العلاقة))\s*:?\s|"
    r"(?:[إا]قر[أا](?:وا)?\s+(?:[أا]يضا[ًَ]?|كذلك|المزيد)|شاهد\s+[أا]يضا[ًَ]?|طالع\s+[أا]يضا[ًَ]?)\s*:?\s)"
)
# A quick look: "ذات", "قرأ", "قرا", "شاهد", "طالع".
_WORDS = re.compile(r"[ذقشط](?:(?<=ذ)ات|(?<=ق)ر[أا]|(?<=ش)اهد|(?<=ط)الع)")
_SAYING = (
    "قال|أضاف|اضاف|أكد|اكد|أوضح|اوضح|أشار|اشار|ذكر|تابع|أعلن|اعلن|أفاد|افاد|كشف|اعتبر|شدد|لفت|صرح|كان|كانت|جاء|نقل|دعا|رأى"
    "|طالب|حذر|اتهم|بين|استطرد|ختم|اختتم|يأتي|يذكر|يشار|تجدر"
)
_GOES_ON = re.compile(
    rf"\s(?=(?:و(?:{_SAYING})ت?\s|وفي\s|ومن\s(?:جهت|جانب|ناحيت)|من\s(?:جهت|جانب|ناحيت)ه|بدوره|في\sالمقابل|"
    r"يذكر\sأن|يشار\sإلى|تجدر\sالإشارة|كما\s(?:قال|أكد|أشار|ذكر|أضاف)|"
    r"و(?:الأسبوع|الاسبوع|الشهر|العام)\s(?:الماضي|الفائت|المنصرم|الحالي|الجاري)))"
)
_TEXT_WORDS = 8
_TITLES = 4  # words of the shortest list of links
_TAIL = re.compile(r"(?:\s{3,}|[\u00a0\t]+\s*)(?=\S)")
_GAP = re.compile(r"[ \u00a0\t](?:(?<=[^ ])|  )")  # a quick look for these gaps
_TAIL_WORDS = 12
_LONGEST_LINKS = 600


def cuts_inside(
    body: Sequence[Line], publishers: Publishers
) -> tuple[list[RemovedSpan], list[Credit]]:
    """Return the stretches inside body lines that are not text, and what credits they hold."""
    cuts, credits = _credits(body, publishers)
    for line in body:
        for start, end, reason in (*_links(line.text), *_tails(line)):
            begin, stop = line.start + start, line.start + end
            if not any(cut.start < stop and begin < cut.end for cut in cuts):
                text = line.text[start:end]
                cuts.append(RemovedSpan(line.number, begin, stop, "boilerplate", text, reason))
    return cuts, credits


def links_then_text(text: str) -> bool:
    """Say whether a line begins with links to other articles and goes on as text."""
    return any(start == 0 for start, _, _ in _links(text))


def _credits(
    body: Sequence[Line], publishers: Publishers
) -> tuple[list[RemovedSpan], list[Credit]]:
    """Cut the dateline off the first line of the body, and a credit off the last one."""
    cuts: list[RemovedSpan] = []
    inside: list[Credit] = []
    if not body:
        return cuts, inside
    first, last = body[0], body[-1]
    if (head := dateline_in(first.text, publishers)) is not None:
        text = first.text[: head[0]]
        end = first.start + head[0]
        cuts.append(RemovedSpan(first.number, first.start, end, "source", text, "dateline"))
        inside.append(Credit(head[1], f"dateline {text.strip()}"))
    if (tail := tail_credit(last.text, publishers)) is not None and (last is not first or not cuts):
        text = last.text[tail[0] :]
        start = last.start + tail[0]
        cuts.append(RemovedSpan(last.number, start, last.end, "source", text, "credit"))
        inside.append(Credit(tail[1], f"below the text: {text.strip()}"))
    return cuts, inside


def _links(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield links to other articles that run into the text, up to where it goes on."""
    if _WORDS.search(text) is None:
        return
    for match in _LINKS.finditer(text):
        goes_on = _GOES_ON.search(text, match.end(), match.end() + _LONGEST_LINKS)
        if goes_on is None or len(text[goes_on.end() :].split()) < _TEXT_WORDS:
            continue
        if len(text[match.end() : goes_on.start()].split()) >= _TITLES and ends_sentence(text):
            yield match.start("links"), goes_on.end(), "links to other articles"


def _tails(line: Line) -> Iterator[tuple[int, int, str]]:
    """Yield what a rule knows behind a wide gap at the end of a line."""
    if _GAP.search(line.text) is None:
        return
    gaps = list(_TAIL.finditer(line.text))
    if not gaps:
        return
    start = gaps[-1].end()
    tail = line.text[start:]
    if start and len(tail.split()) <= _TAIL_WORDS and (lines := split_lines(tail)):
        rule = rule_of(lines[0])
        if rule is not None:
            yield start, len(line.text), rule.name
