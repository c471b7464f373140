"""What was counted and how, in plain words: what a reader must know before a number is quoted."""

from __future__ import annotations

from collections.abc import Iterator

from syriatopics.plots.style import UNITS_AR
from syriatopics.records import PRODUCTIONS
from syriatopics.report.context import Context
from syriatopics.report.parts import Cell, Section, Table
from syriatopics.report.words import (
    ARTICLE,
    HEADLINE,
    PASSAGE,
    PRODUCTION,
    WORD,
    Text,
    counted,
    isolated,
    visible,
)

__all__ = ["method"]


def method(context: Context) -> Section:
    """Say of what, and by which choices, the numbers of this page were made."""
    rows: list[list[Cell]] = [
        [f"{what.ar} · {what.en}", how.ar, isolated(how.en)] for what, how in _lines(context)
    ]
    head = [Text("ماذا", "What"), Text("كيف"), Text("", "How")]
    return Section(
        "method",
        Text("ما الذي عُدّ وكيف", "What was counted and how"),
        prose=["ما تقوم عليه أرقام هذه الصفحة: يُذكر مع الرقم حين يُنقل."],
        parts=[Table(Text("المعدود وطريقة عدّه", "What is counted, and how"), head, rows)],
    )


def _lines(context: Context) -> Iterator[tuple[Text, Text]]:
    yield from _what_is_counted(context)
    yield Text("المحاور", "Themes"), _scoring(context)
    yield from _words_and_topics(context)
    yield from _how_sure(context)


def _what_is_counted(context: Context) -> Iterator[tuple[Text, Text]]:
    table, passages = context.corpus.table, len(context.passages)
    undated, left = int((table["date_status"] == "unknown").sum()), len(context.corpus.skipped)
    ar, en = f"{counted(len(table), ARTICLE)}.", f"{len(table):,} articles."
    if undated:
        ar += f" منها بلا تاريخ: {counted(undated, ARTICLE)}، ولا تدخل في ما يُعرض عبر الزمن."
        en += f" {undated:,} of them have no date and are left out over time."
    if left:
        ar += f" ولم يُقرأ من المصدر {left:,}."
        en += f" {left:,} items of the source were not read; the corpus names each."
    yield Text("المقالات", "Articles"), Text(ar, en)
    headlines = len(context.headlines)
    ar = (
        f"{counted(passages, PASSAGE)} من متن المقالات. "
        f"والعناوين ({counted(headlines, HEADLINE)}) تُعدّ وحدها ولا تدخل في نسب المتن."
    )
    en = (
        f"{passages:,} of the text. The {headlines:,} headlines are counted apart and enter no "
        "share of the text."
    )
    yield Text("الفقرات", "Passages"), Text(ar, en)
    made = table["production"].value_counts()
    kinds = [kind for kind in PRODUCTIONS if made.get(kind, 0)]
    ar = "تدخل النصوص كلها: " + "؛ ".join(f"{PRODUCTION[k]} {made[k]:,}" for k in kinds) + "."
    en = "All texts count: " + "; ".join(f"{k} {made[k]:,}" for k in kinds) + "."
    yield Text("صاحب النص", "Production"), Text(ar, en)


def _scoring(context: Context) -> Text:
    name, threshold = visible(context.scorer.name), f"{context.scorer.threshold:g}"
    return Text(
        f"الطريقة {isolated(name)}: تحمل الفقرة المحور إذا بلغت درجته فيها {isolated(threshold)}. "
        "ونسبة المحور في المقال نسبة فقراته التي تحمله، ونسبته عند الناشر متوسط مقالاته.",
        f"By {name!r}: a passage has a theme whose score in it is {threshold} or more. The share in "
        "an article is that of its passages, the share of an outlet the mean of its articles.",
    )


def _words_and_topics(context: Context) -> Iterator[tuple[Text, Text]]:
    dtm, options = context.dtm, context.options
    tokens, terms = int(dtm.counts.sum()), dtm.shape[1]
    ar = (
        f"{counted(terms, WORD)} مختلفة وردت {tokens:,} مرة: تُردّ صيغ الكلمة إلى واحدة، وتُترك أدوات "
        f"الكلام وما قلّت فقراته عن {options.min_df}."
    )
    en = (
        f"{terms:,} terms in {tokens:,} places: the forms of a word are one term; stop words, and "
        f"what fewer than {options.min_df} passages hold, are left out."
    )
    yield Text("الكلمات", "Words"), Text(ar, en)
    ar = (
        f"نموذج {isolated('NMF')}، وعدد الموضوعات كما طُلب: {options.n_topics}. لا تدخل فيه كلمات "
        "الصحافة: قال وأضاف، وأسماء الشهور والوكالات."
    )
    en = (
        f"NMF, {options.n_topics} topics as asked. Words of the newsroom (said, added, months, "
        "agencies) are left out."
    )
    yield Text("الموضوعات", "Topics"), Text(ar, en)


def _how_sure(context: Context) -> Iterator[tuple[Text, Text]]:
    unit = context.shares.unit
    ar = UNITS_AR.get(unit, isolated(unit))
    how = Text(
        f"{isolated('95%')}. ما يُعدّ مستقلا بعضه عن بعض في نسب المحاور: {ar}.",
        f"95 %. What is taken as independent in the shares of themes: the {unit}.",
    )
    yield Text("مجالات الثقة", "Intervals"), how
    limits = Text(
        "المحور ما يُتناول لا كيف يُقيَّم. والفرق بين ناشرين كتبا في أسابيع مختلفة قد يكون فرق الأخبار.",
        "A theme is what is dealt with, not how it is judged. A difference between outlets that wrote "
        "in other weeks may be the news.",
    )
    yield Text("ما لا يقوله الرقم", "What a number does not say"), limits
