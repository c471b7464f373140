"""Notes below Arabic figures: the sentences of results in Arabic, and none in English.

Results say what they rest on in English sentences, which the manifest keeps. What is known here stands below
an Arabic figure in Arabic; of the rest it is said where it stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from syriatopics.plots.style import UNITS_AR

__all__ = ["in_arabic"]

_MORE = "ولهذا الشكل ملاحظات أخرى في manifest.json."
_BORROWED = {"translated": "مترجم", "wire copy": "عن وكالات", "republished": "منقول"}
_SENTENCES: tuple[tuple[str, str], ...] = (
    (
        r"Each outlet has one article: a share describes the article, not the outlet\.",
        "لكل ناشر مقال واحد: فالنسبة تصف المقال لا الناشر.",
    ),
    (
        r"One article only: (?P<names>[^;]+); its share describes the article, not the outlet\.",
        "مقال واحد فقط: {names}؛ ونسبته تصف المقال لا الناشر.",
    ),
    (
        r"No two outlets share a year: outlet and time cannot be told apart\.",
        "لا ناشران في سنة واحدة: لا يُفصل أثر الناشر عن أثر الزمن.",
    ),
    (r"No text of its own: (?P<borrowed>(?:(?!\. |\.$).)+)\.", "لا نص له من إنتاجه: {borrowed}."),
    (
        r"Articles without an outlet stand by themselves\.",
        "المقالات التي لا يُعرف ناشرها تُعرض وحدها.",
    ),
    (
        r"Articles without an outlet are shown by themselves, never as a group\.",
        "المقالات التي لا يُعرف ناشرها تُعرض وحدها.",
    ),
    (
        r"Every group is a single article: differences describe these articles, not their outlets\.",
        "في كل مجموعة مقال واحد: فالفروق تصف هذه المقالات لا ناشريها.",
    ),
    (r"Blocks \(auto\): (?P<unit>[a-z]+)(?:[^.]|\.(?=\d))*\.", "ما يُعدّ مستقلا: {unit}."),
    (r"Blocks: (?P<unit>[a-z]+), as asked(?:[^.]|\.(?=\d))*\.", "ما يُعدّ مستقلا، كما طُلب: {unit}."),
    (r"Pale bars: not significant, or not tested\.", "الأشرطة الباهتة: لا دلالة لها، أو لم تُختبر."),
    (
        r"Counts of tokens in all passages; long articles weigh more than short ones\.",
        "عدد الكلمات في الفقرات كلها؛ للمقال الطويل وزن أكبر.",
    ),
    (
        r"Topics are word patterns, not frames; numbered by share\.",
        "الموضوعات أنماط كلمات لا أطر، مرقمة بحسب نسبتها.",
    ),
    (r"Ward's method on class-based TF-IDF\.", "طريقة وارد على TF-IDF بحسب الموضوع."),
    (r"Lines at \.667 and \.8\.", "خطان عند .667 و.8."),
    (r"Planted: real passages, invented articles\.", "مزروع: فقرات حقيقية ومقالات مصنوعة."),
    (
        r"Planted: real passages, invented articles and labels\.",
        "مزروع: فقرات حقيقية، ومقالات ووسوم مصنوعة.",
    ),
    (
        r"(?P<n>[\d,]+) comparisons; q is corrected for their number \(\w+\)\.",
        "{n} مقارنة؛ وقيمة q مصححة لعددها.",
    ),
    (r"Nobody has answered yet\.", "لم يجب أحد بعد."),
    (r"Nobody has coded: there is nothing to compare\.", "لم يرمّز أحد بعد: لا شيء يُقارن."),
)


@cache
def _pattern() -> re.Pattern[str]:
    # Names of groups are unlike, so that all sentences are looked for at once.
    named = (re.sub(r"\?P<(\w+)>", rf"?P<\1_{n}>", en) for n, (en, _) in enumerate(_SENTENCES))
    return re.compile("|".join(f"(?P<s_{n}>{en})" for n, en in enumerate(named)))


def in_arabic(note: str) -> str:
    """Return what is known of a note in Arabic; of the rest, that the manifest holds it.

    Examples
    --------
    >>> in_arabic("Blocks (auto): week, since articles of one week are alike. Lines at .667 and .8.")
    'ما يُعدّ مستقلا: الأسبوع. خطان عند .667 و.8.'
    >>> in_arabic("Something else.")
    'ولهذا الشكل ملاحظات أخرى في manifest.json.'
    >>> in_arabic("مكتوبة بالعربية.")
    'مكتوبة بالعربية.'
    """
    if not re.search("[A-Za-z]{2}", note):
        return note
    said, rest, at = [], "", 0
    for match in _pattern().finditer(note):
        number = int(str(match.lastgroup).removeprefix("s_")) if match.lastgroup else 0
        rest += note[at : match.start()]
        at = match.end()
        said.append(_said(number, match))
    left = (rest + note[at:]).strip()
    return " ".join([*dict.fromkeys(said), *([_MORE] if left else [])])


def _said(number: int, match: re.Match[str]) -> str:
    values = {
        name.removesuffix(f"_{number}"): value
        for name, value in match.groupdict().items()
        if value is not None and name.endswith(f"_{number}") and not name.startswith("s_")
    }
    put: dict[str, Callable[[str], str]] = {"unit": _unit, "borrowed": _borrowed}
    return _SENTENCES[number][1].format(
        **{name: put.get(name, str)(value) for name, value in values.items()}
    )


def _unit(name: str) -> str:
    return UNITS_AR.get(name.removesuffix("s"), name)


def _borrowed(names: str) -> str:
    for en, ar in _BORROWED.items():
        names = names.replace(en, ar)
    return names.replace(" and ", " و")
