"""The sections of a paper: data, method, results, limits, with the numbers of the study in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from syriatopics.escaping import one_line
from syriatopics.inference.floors import MIN_ARTICLES
from syriatopics.plots.notes import told
from syriatopics.publish.columns import column, printed
from syriatopics.publish.facts import Facts
from syriatopics.publish.model import Block, Heading, Language, Paper, Picture, Table, anchored

__all__ = ["MOST_ROWS", "make_paper"]

# A table of a paper; what it leaves out stands in the csv beside.
MOST_ROWS = 30
_LONGEST = 80

_HEADINGS = {
    "data": ("Data", "البيانات"),
    "method": ("Method", "المنهج"),
    "results": ("Results", "النتائج"),
    "limits": ("Limits", "الحدود"),
}


def make_paper(
    title: str,
    language: Language,
    facts: Facts,
    tables: Mapping[str, pd.DataFrame],
    records: Mapping[str, Mapping[str, Any]],
    files: Mapping[str, tuple[Path, ...]],
    labels: Mapping[str, Mapping[str, str]],
) -> Paper:
    """Put the pieces of a paper together.

    Parameters
    ----------
    title : str
    language : {"en", "ar"}
    facts : Facts
    tables : mapping
        The table of each figure, every cell as text.
    records : mapping
        What the manifest says of each figure: title, title_ar, note.
    files : mapping
        The picture files of each figure.
    labels : mapping
        Readable names of what a column holds, by column.
    """
    blocks: list[Block] = []
    for section in ("data", "method"):
        blocks += _section(section, language, facts)
    blocks.append(_heading("results", language))
    for name, record in records.items():
        blocks += _result(name, record, language, tables[name], files[name], labels)
    blocks += _section("limits", language, facts)
    return Paper(title, language, tuple(blocks))


def _heading(section: str, language: Language) -> Heading:
    text = _HEADINGS[section][language == "ar"]
    return Heading(anchored(text, f"{section}-heading", "", language))


def _section(section: str, language: Language, facts: Facts) -> Iterator[Block]:
    yield _heading(section, language)
    text = " ".join(said[language == "ar"] for said in _SAID[section](facts))
    source = f"study.toml and the corpus {facts.fingerprint}"
    yield anchored(one_line(text), section, source, language)


def _result(
    name: str,
    record: Mapping[str, Any],
    language: Language,
    table: pd.DataFrame,
    files: tuple[Path, ...],
    labels: Mapping[str, Mapping[str, str]],
) -> Iterator[Block]:
    titles = [record.get("title"), record.get("title_ar")][:: -1 if language == "ar" else 1]
    title = one_line(next(filter(None, titles), name))
    written: Language = language if titles[0] else "en"
    text = anchored(title, f"{name}-title", f"figures/manifest.json, {name}", written)
    if files:
        yield Picture(name, text, files)
    yield _table(name, text, table, language, labels)
    yield from _notes(name, one_line(record.get("note") or ""), language, labels)


def _notes(
    name: str, note: str, language: Language, labels: Mapping[str, Mapping[str, str]]
) -> Iterator[Block]:
    """Say a note in the language of the paper; in English what is known in no Arabic."""
    source = f"figures/manifest.json, note of {name}"
    arabic, english = told(note, _names(labels)) if language == "ar" else ("", note)
    if arabic:
        yield anchored(arabic, f"{name}-note-ar", source, "ar")
    if english:
        yield anchored(english, f"{name}-note", source, "en")


def _names(labels: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    return {word: said for column in ("outlet", "theme") for word, said in labels[column].items()}


def _table(
    name: str,
    title: Any,
    table: pd.DataFrame,
    language: Language,
    labels: Mapping[str, Mapping[str, str]],
) -> Table:
    """Return a table as it is printed: without columns that hold nothing, and its first rows alone."""
    shown = table.head(MOST_ROWS)
    held = [header for header in shown if (shown[header] != "").any()] or list(shown)
    said = {header: dict(labels.get(header, {})) for header in held}
    if language == "ar" and "note" in said:
        arabic = {cell: told(cell, _names(labels)) for cell in shown["note"].unique()}
        said["note"] = {cell: known for cell, (known, left) in arabic.items() if not left}
    columns = {
        header: [
            _cell(said[header].get(cell, printed(cell, column(header).kind)))
            for cell in shown[header]
        ]
        for header in held
    }
    return Table(
        name,
        title,
        tuple(one_line(column(header).heading(language)) for header in held),
        tuple(zip(*columns.values(), strict=True)),
        len(table) - len(shown),
    )


def _cell(text: str) -> str:
    line = one_line(text)
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 2]} …"


# ---- sentences ---------------------------------------------------------------------------


# What a section says, sentence by sentence, in English and in Arabic.
Said = Iterator[tuple[str, str]]


def _data(facts: Facts) -> Said:
    outlets = "، ".join(f"{name} {n:,}" for name, n in facts.outlets.items())
    arabic = [
        f"تضم المدونة مقالات عددها {facts.n_articles:,}، وكلماتها {facts.n_words:,}، "
        f"وفقراتها {facts.n_passages:,}.",
        f"عدد المقالات بحسب الوسيلة: {outlets}." if outlets else "",
        f"مقالات لا تُعرف وسيلتها: {facts.n_nameless:,}." if facts.n_nameless else "",
        f"أول يوم للنشر {facts.first} وآخر يوم {facts.last}." if facts.first else "",
        f"مقالات لها تاريخ مطبوع لا يناقضه النص: {facts.n_printed:,}؛ يناقض النصُّ تاريخَها المطبوع: "
        f"{facts.n_refuted:,}؛ ليس لها إلا مدة يحتمل أن تكون كُتبت فيها: {facts.n_windows:,}.",
        f"مقالات تكاد تكون نسخًا من غيرها: {facts.n_near_copies:,}.",
        f"حُذف من النص مع حفظ موضعه: {facts.n_removed:,}؛ مواضع أُصلحت وسُجّل إصلاحها: "
        f"{facts.n_repaired:,}؛ مواضع معيبة تُركت كما هي: {facts.n_flagged:,}؛ ملفات لم تُقرأ: "
        f"{facts.n_skipped:,}.",
        f"بصمة المدونة: {facts.fingerprint}.",
    ]
    yield facts.statement, " ".join(filter(None, arabic))


def _method(facts: Facts) -> Said:
    names = [", ".join(en for en, _ in facts.themes.values())]
    names.append("، ".join(ar for _, ar in facts.themes.values()))
    yield (
        f"Every passage was scored by the method {facts.scorer} for {len(facts.themes)} themes: "
        f"{names[0]}.",
        f"قيست كل فقرة بطريقة {facts.scorer} في محاور عددها {len(facts.themes)}: {names[1]}.",
    )
    yield (
        "A share is a ratio of sums over articles, with an interval of 95% that takes together what "
        f"the corpus shows to hang together; below {MIN_ARTICLES} articles none is given.",
        "الحصة نسبة بين مجموعين محسوبين من المقالات، وفترة الثقة 95% تجمع ما تُظهر المدونة أنه "
        f"مترابط؛ ولا تُعطى لما دون {MIN_ARTICLES} مقالًا.",
    )
    yield (
        "Comparisons count what outlets write themselves, without agency copy and translations, "
        "where a table does not say otherwise.",
        "تُحسب في المقارنات المواد التي تكتبها الوسيلة نفسها دون مواد الوكالات والترجمات، "
        "ما لم يذكر الجدول خلاف ذلك.",
    )
    yield (
        f"Topics: non-negative matrix factorisation, {facts.n_topics} topics, terms of at least "
        f"{facts.min_df} passages and at most {facts.max_df:.0%} of them, random state "
        f"{facts.random_state}.",
        f"الموضوعات: تحليل المصفوفة غير السالبة (NMF)، عدد الموضوعات {facts.n_topics}، والمصطلحات "
        f"التي ترد في {facts.min_df} من الفقرات على الأقل وفي {facts.max_df:.0%} منها على الأكثر، "
        f"وبذرة الأرقام العشوائية {facts.random_state}.",
    )
    if facts.n_claims:
        yield (
            f"Claims that were declared: {facts.n_claims}; each was tried in a multiverse.",
            f"عدد الادعاءات المعلنة: {facts.n_claims}، جُرّب كل منها في تحليل متعدد الخيارات.",
        )
    versions = [f"{name} {number}" for name, number in sorted(facts.versions.items())]
    yield (
        f"Computed with syriatopics on {', '.join(versions)}.",
        f"أُجريت الحسابات ببرنامج syriatopics على {'، '.join(versions)}.",
    )


def _limits(facts: Facts) -> Said:
    yield "Themes measure emphasis, not frames.", "تقيس المحاور ما يُركَّز عليه، لا الأطر."
    if facts.small:
        yield (
            f"Outlets with fewer than {MIN_ARTICLES} articles: {', '.join(facts.small)}. What is said "
            "of them describes these articles.",
            f"وسائل مقالاتها أقل من {MIN_ARTICLES}: {'، '.join(facts.small)}. ما يقال عنها يصف هذه "
            "المقالات وحدها.",
        )
    if facts.n_nameless:
        yield (
            f"Articles of no known outlet, which no group holds: {facts.n_nameless:,}.",
            f"مقالات لا تُعرف وسيلتها ولا تدخل في أي مجموعة: {facts.n_nameless:,}.",
        )
    undated = facts.n_articles - facts.n_printed
    if undated:
        yield (
            f"Articles whose day is not sure: {undated:,}; they are placed by their text, or left out.",
            f"مقالات يومها غير مؤكد: {undated:,}؛ توضع بحسب نصها أو تُترك.",
        )
    if not facts.coded:
        yield (
            "No passage of this corpus was coded: how well the scores fit it is not known.",
            "لم تُرمَّز أي فقرة من هذه المدونة: لا يُعرف مدى مطابقة القياس لها.",
        )
    if facts.last > _HINGE:
        yield (
            f"The corpus holds articles after {_HINGE}: some themes are valid on one side of this day "
            "alone, and a trend across it shows that the construct changes.",
            f"في المدونة مقالات بعد {_HINGE}: بعض المحاور لا يصح إلا قبل هذا اليوم أو بعده، والاتجاه "
            "عبره يدل على تغيّر المفهوم نفسه.",
        )
    if facts.n_near_copies:
        yield (
            f"Near copies are in the corpus: {facts.n_near_copies:,}.",
            f"في المدونة مقالات تكاد تكون نسخًا: {facts.n_near_copies:,}.",
        )


# From which day on Syria has another government: themes of codebook 2 end or begin there.
_HINGE = "2024-12-08"
_SAID = {"data": _data, "method": _method, "limits": _limits}
