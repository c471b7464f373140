"""What an outlet is known to have published beside what was had of it, month by month."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import astuple, dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

import pandas as pd

from syriatopics.collecting.addresses import key_of
from syriatopics.collecting.recapture import recapture
from syriatopics.collecting.sources import SOURCES
from syriatopics.corpus.selection import Selection
from syriatopics.corpus.silences import find_silences
from syriatopics.results import Result

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from syriatopics.corpus import Corpus

__all__ = ["Coverage", "cover", "selected"]

UNDATED = "(no day)"
# What is no article, whoever names it: it is in no denominator.
_NONE = ("a page of another host", "no page of an article", "the same page as")
_MOST_DATED = 0.8


@dataclass(frozen=True, eq=False, kw_only=True)
class Coverage(Result):
    """A row per outlet and month: ``outlet, month, named, left, waiting, failed, aside, kept, articles``.

    Every address of a page that a source names stands in one of left, waiting, failed, aside and kept;
    ``articles`` are those among kept that were read as such.

    Attributes
    ----------
    reasons : DataFrame
        Why addresses were not kept: ``outlet, state, reason, n``.
    sources : DataFrame
        ``outlet, source, named, alone, terms``: how many each names, how many nobody else does, and what
        its use is bound to.
    gaps : DataFrame
        Stretches without an article that are longer than chance allows: ``outlet, start, end, n_days``.
    missed : DataFrame
        For two sources of an outlet: ``outlet, a, b, n_a, n_b, n_both, missed, low, high, doubt``. What both
        miss is more than that where they overlook the same articles, so it is a lower bound.
    """

    reasons: pd.DataFrame
    sources: pd.DataFrame
    gaps: pd.DataFrame
    missed: pd.DataFrame

    def plot(self, ax: Axes | None = None, **options: Any) -> Axes:
        """Draw what was named, kept and read as articles, by outlet and month, and the gaps."""
        from syriatopics.plots import coverage

        return coverage(self.table, ax, gaps=self.gaps, **options)

    def sentences(self) -> list[str]:
        """Return what was had and what was not, for a data section."""
        said = []
        for outlet, rows in self.table.groupby("outlet", sort=True):
            n = rows[["named", "kept", "articles", "failed", "waiting"]].sum()
            said.append(
                f"{outlet}: {n['named']:,} addresses named, {n['kept']:,} pages kept, {n['articles']:,} read "
                f"as articles, {n['failed']:,} not had, {n['waiting']:,} not asked for yet."
            )
        said += [
            f"{row.outlet}: {row.a} and {row.b} both miss some {row.missed:,.0f} articles at the least "
            f"({row.low:,.0f} to {row.high:,.0f}){f'; {row.doubt}' if row.doubt else ''}."
            for row in self.missed.dropna(subset=["missed"]).itertuples()
        ]
        return said


def cover(tables: Mapping[str, pd.DataFrame], corpus: Corpus | None) -> Coverage:
    """Set what sources name beside what was had.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        ``address``, ``named`` and ``list`` of the ledger.
    corpus : Corpus or None
        What was read of the pages that were kept.
    """
    address, named = tables["address"], tables["named"]
    read = _read(corpus)
    days = pd.to_datetime(address["key"].map(read["day"]).fillna(address["day"]), errors="coerce")
    real = ~address["fault"].fillna("").str.startswith(_NONE)
    # What is asked for again, to see whether it has changed, is kept all the same.
    state = address["state"].replace("later", "waiting").mask(address["digest"] != "", "kept")
    whole = address.assign(
        day=days, state=state, month=days.dt.strftime("%Y-%m").fillna(UNDATED),
        article=address["key"].isin(read.index),
    )[real]  # fmt: skip
    notes = [
        f"{row.outlet}: {row.url} ({row.source}) {row.fault}"
        for row in tables["list"][tables["list"]["fault"] != ""].head(20).itertuples()
    ]
    return Coverage(
        table=_by_month(whole),
        notes=tuple(notes),
        reasons=_reasons(whole),
        sources=_sources(whole, named),
        gaps=find_silences(whole[whole["state"] == "kept"].rename(columns={"day": "when"})),
        missed=_missed(whole, named),
    )


def selected(found: Coverage, sentence: str) -> Selection:
    """Return what a corpus statement says of how the articles were chosen."""
    outputs = []
    for outlet, rows in found.table[found.table["month"] != UNDATED].groupby("outlet", sort=True):
        months = pd.PeriodIndex(rows["month"], freq="M")
        outputs.append({
            "outlet": outlet, "start": months.min().start_time.date(), "end": months.max().end_time.date(),
            "n_articles": int((rows["named"] - rows["left"]).sum()), "source": "what its sources name",
        })  # fmt: skip
    by_source = found.sources.drop_duplicates("source").sort_values("source")
    sources = ", ".join(by_source["source"])
    terms = " / ".join(dict.fromkeys(by_source["terms"].str.rstrip(".")))
    n = found.table[["failed", "waiting"]].sum()
    had = f"not had: {n['failed']:,}, not asked for yet: {n['waiting']:,}"
    said = f"collected from {sources}; {had}; terms: {terms}"
    return Selection.model_validate({"query": sentence, "source": said, "output": tuple(outputs)})


def _read(corpus: Corpus | None) -> pd.DataFrame:
    """Return the day of each article, by the key of its address."""
    if corpus is None:
        return pd.DataFrame({"day": pd.Series(dtype=object)})
    table = corpus.table.dropna(subset=["url"])
    keys = table["url"].map(key_of)
    return (
        pd.DataFrame({"day": table["date_printed"].to_numpy()}, index=keys).groupby(level=0).first()
    )


def _by_month(whole: pd.DataFrame) -> pd.DataFrame:
    states = ["left", "waiting", "failed", "aside", "kept"]
    counts = pd.crosstab([whole["outlet"], whole["month"]], whole["state"]).reindex(
        columns=states, fill_value=0
    )
    counts.insert(0, "named", counts.sum(axis=1))
    counts["articles"] = (
        whole.groupby(["outlet", "month"])["article"].sum().reindex(counts.index, fill_value=0)
    )
    return counts.astype(int).reset_index().rename_axis(None, axis=1)


def _reasons(whole: pd.DataFrame) -> pd.DataFrame:
    rest = whole[whole["state"] != "kept"]
    rest = rest.assign(reason=rest["fault"].replace("", "not asked for yet"))
    counted = rest.groupby(["outlet", "state", "reason"]).size().rename("n").reset_index()
    return counted.sort_values(["outlet", "n"], ascending=[True, False], ignore_index=True)


def _sources(whole: pd.DataFrame, named: pd.DataFrame) -> pd.DataFrame:
    pairs = named[["key", "source"]].drop_duplicates().merge(whole[["key", "outlet"]], on="key")
    pairs["alone"] = ~pairs["key"].duplicated(keep=False)
    found = pairs.groupby(["outlet", "source"]).agg(named=("key", "size"), alone=("alone", "sum"))
    rows = found.reset_index()
    return rows.assign(terms=[SOURCES[name].TERMS for name in rows["source"]])


def _missed(whole: pd.DataFrame, named: pd.DataFrame) -> pd.DataFrame:
    """Compare each two sources of an outlet, within the days that both reach."""
    rows = []
    pairs = named[["key", "source"]].drop_duplicates()
    named_by = pd.crosstab(pairs["key"], pairs["source"]).astype(bool)
    for outlet, mine in whole.groupby("outlet", sort=True):
        says = named_by.reindex(mine["key"]).fillna(False).astype(bool)
        table = mine.set_index("key")
        for a, b in combinations([name for name in says if says[name].any()], 2):
            inside = _shared_days(table["day"], says[a], says[b])
            others = says.drop(columns=[a, b]).any(axis=1)
            seen = inside & says.any(axis=1)
            found = recapture(
                says[a][seen],
                says[b][seen],
                table["month"][seen],
                others[seen] if others.any() else None,
            )
            rows.append((outlet, a, b, *astuple(found)))
    columns = ["outlet", "a", "b", "n_a", "n_b", "n_both", "missed", "low", "high", "doubt"]
    return pd.DataFrame(rows, columns=columns)


def _shared_days(
    day: pd.Series[pd.Timestamp], a: pd.Series[bool], b: pd.Series[bool]
) -> pd.Series[bool]:
    """Say which articles lie in the days that both sources reach: a feed has the newest ones only."""
    if min(day[a].notna().mean(), day[b].notna().mean()) < _MOST_DATED:
        return pd.Series(True, index=day.index)
    first, last = max(day[a].min(), day[b].min()), min(day[a].max(), day[b].max())
    return day.between(first, last)
