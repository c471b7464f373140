"""What a notebook found, in one sentence: chosen by a rule, with numbers of the result and their basis."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import singledispatch
from html import escape
from typing import Any

import pandas as pd

from syriatopics.corpus import Corpus
from syriatopics.errors import InputError
from syriatopics.escaping import one_line
from syriatopics.inference.contrasts import Contrasts
from syriatopics.topics import FittedTopics
from syriatopics.trends.changepoints import Changepoints
from syriatopics.validation.agreement import Agreement

__all__ = ["Finding", "finding"]

# False discoveries that are allowed among what is called sure.
ALPHA = 0.05

# The names of themes and outlets in the language of the sentence.
Named = Mapping[str, str]


@dataclass(frozen=True)
class Finding:
    """A sentence, in the languages of a study.

    Attributes
    ----------
    sentences : dict of str to str
        By language, "en" and "ar".
    """

    sentences: dict[str, str]

    def __str__(self) -> str:
        return "\n".join(self.sentences.values())

    def _repr_html_(self) -> str:
        return "".join(
            f'<p lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}"><b>{escape(said)}</b></p>'
            for language, said in self.sentences.items()
        )


def finding(result: object, language: str, named: Named | None = None) -> str:
    """Say in a sentence what a result found.

    Parameters
    ----------
    result : Corpus, Contrasts, Changepoints, FittedTopics or Agreement
        Of contrasts the largest sure difference is said, of breaks the surest, of topics the largest.
    language : {"en", "ar"}
    named : mapping, optional
        The names of themes and outlets in this language; what has none is called as it is.

    Examples
    --------
    >>> from syriatopics import load_seeds
    >>> finding(load_seeds(), "en")
    '5 articles of 3 outlets, 2016-07-27 to 2022-02-11; the texts refute the printed date of 1.'
    """
    return one_line(_said(result, named or {})[language == "ar"])


@singledispatch
def _said(result: object, named: Named) -> tuple[str, str]:
    raise InputError(f"There is no rule that says what {type(result).__name__} found.")


@_said.register
def _of_corpus(corpus: Corpus, named: Named) -> tuple[str, str]:
    table = corpus.summary().table
    first, last = (_day(day) for day in (table["first"].min(), table["last"].max()))
    n, refuted = len(corpus), int((corpus.table["date_status"] == "conflict").sum())
    k = len(corpus.outlets)
    return (
        f"{n:,} articles of {k} outlets, {first} to {last}; the texts refute the printed date of "
        f"{refuted:,}.",
        f"مقالات عددها {n:,} لناشرين عددهم {k}، من {first} إلى {last}؛ "
        f"وينقض النصُّ التاريخَ المطبوع في {refuted:,} منها.",
    )


@_said.register
def _of_contrasts(result: Contrasts, named: Named) -> tuple[str, str]:
    table = result.table[result.table["production"] == result.table["production"].iloc[0]]
    tested, sure = table[table["q"].notna()], table[table["q"] <= ALPHA]
    if sure.empty:
        m, left = len(tested), len(table) - len(tested)
        return (
            f"No difference is sure at q ≤ {ALPHA}: {m} were tested, {left} could not be, "
            "for want of articles.",
            f"لا فرق مؤكدا عند q ≤ {ALPHA}: اختُبر من الفروق {m}، وتعذّر اختبار {left} لقلة المقالات.",
        )
    row = sure.loc[sure["difference"].abs().idxmax()]
    more, less = (row["a"], row["b"]) if row["difference"] > 0 else (row["b"], row["a"])
    low, high = (row["low"], row["high"]) if row["difference"] > 0 else (-row["high"], -row["low"])
    theme, size = _named(named, row[result.label_name]), abs(row["difference"])
    basis = f"{row['n_a']:,.0f} + {row['n_b']:,.0f}"
    return (
        f"{_named(named, more)} gives “{theme}” a larger share of its passages than "
        f"{_named(named, less)}: {size:.3f} more ({low:.3f} to {high:.3f}; {_q(row['q'])}; {basis} "
        f"articles); the largest of {len(sure)} sure differences, of {len(tested)} tested.",
        f"حصة «{theme}» من الفقرات في {_named(named, more)} أكبر منها في {_named(named, less)} "
        f"بمقدار {size:.3f} (من {low:.3f} إلى {high:.3f}؛ {_q(row['q'])}؛ "
        f"المقالات {basis})؛ وهو أكبر الفروق المؤكدة، وعددها {len(sure)} من {len(tested)} اختُبرت.",
    )


@_said.register
def _of_breaks(result: Changepoints, named: Named) -> tuple[str, str]:
    n, tested = len(result.tests), int(result.tests["q"].notna().sum())
    if result.table.empty:
        return (
            f"No break is sure at q ≤ {result.alpha}: {n} series were looked at, of which "
            f"{tested} could be tested.",
            f"لا انقطاع مؤكدا عند q ≤ {result.alpha}: نُظر في سلاسل عددها {n}، أمكن اختبار {tested} منها.",
        )
    row = result.table.loc[result.table["q"].idxmin()]
    theme, where = _named(named, row[result.label_name]), _named(named, row[result.by])
    date, low, high = (_day(row[name]) for name in ("date", "low", "high"))
    basis, k = f"{row['n_before']:,.0f} + {row['n_after']:,.0f}", len(result.table)
    levels = f"{row['before']:.3f}", f"{row['after']:.3f}"
    return (
        f"The surest of {k} breaks in {tested} series: “{theme}” ({where}), {date} ({low} to {high}), from "
        f"{levels[0]} to {levels[1]} ({_q(row['q'])}; {basis} articles).",
        f"أوثق الانقطاعات، وعددها {k} في سلاسل عددها {tested}: «{theme}» ({where})، "
        f"في {date} (من {low} إلى {high})، من {levels[0]} إلى {levels[1]} "
        f"({_q(row['q'])}؛ المقالات {basis}).",
    )


@_said.register
def _of_topics(result: FittedTopics, named: Named) -> tuple[str, str]:
    row = result.table.loc[result.table["share"].idxmax()]
    words, n = "، ".join(str(row["words"]).split("، ")[:5]), len(result.theta)
    k, share = result.n_topics, f"{row['share']:.0%}"
    return (
        f"{k} topics in {n:,} passages; the largest ({share}) is of the words {words}.",
        f"موضوعات عددها {k} في فقرات عددها {n:,}؛ أكبرها ({share}) كلماته: {words}.",
    )


@_said.register
def _of_agreement(result: Agreement, named: Named) -> tuple[str, str]:
    table = result.table
    rows = table[
        (table["kind"] == "coders") & (table["theme"] == "all themes") & table["alpha"].notna()
    ]
    if rows.empty:
        return "Nobody has coded passages twice yet.", "لم يرمّز أحد فقرات مرتين بعد."
    row = rows.iloc[0]
    span = f"{row['low']:.2f}", f"{row['high']:.2f}"
    return (
        f"Readers agree on the themes of a passage with α = {row['alpha']:.2f} ({span[0]} to {span[1]}; "
        f"{row['n_passages']:,.0f} passages of {row['n_articles']:,.0f} articles).",
        f"اتفاق القرّاء على محاور الفقرة: α = {row['alpha']:.2f} (من {span[0]} إلى {span[1]}؛ الفقرات "
        f"{row['n_passages']:,.0f} والمقالات {row['n_articles']:,.0f}).",
    )


def _named(named: Named, name: str) -> str:
    return named.get(name, name)


def _q(q: float) -> str:
    return "q < 0.001" if q < 0.001 else f"q = {q:.3f}"


def _day(day: Any) -> str:
    stamp = pd.Timestamp(day)
    return "?" if pd.isna(stamp) else f"{stamp:%Y-%m-%d}"
