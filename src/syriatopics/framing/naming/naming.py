"""Naming as a result: the share of each label, by group and voice, with its interval."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from syriatopics.corpus import Corpus, Passages, passages_of
from syriatopics.errors import InputError, TooSmallError, choices
from syriatopics.framing.naming.mentions import mention_table
from syriatopics.inference.blocks import BlockChoice, Measured, blocks_of
from syriatopics.inference.caveats import caveats_of
from syriatopics.inference.contrasts import adjusted
from syriatopics.inference.differences import difference
from syriatopics.inference.groups import PRODUCTION, groups_of, note_of, produced, with_column
from syriatopics.inference.pooling import together
from syriatopics.inference.prevalence import share_rows
from syriatopics.inference.ratios import ratio
from syriatopics.lexicons import load, schema
from syriatopics.results import Result

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["OWN", "QUOTED", "Naming", "naming"]

# Whose words they are: a label in scare quotes is neither taken over nor anybody else's.
OWN, QUOTED, SCARE = "own", "quoted", "scare"
_VOICE = {"own": OWN, "reported": QUOTED, "direct": QUOTED, "scare": SCARE}


@dataclass(frozen=True, eq=False, kw_only=True)
class Naming(Result):
    """By which labels referents are called.

    Columns of the table: ``<by>, voice, referent, label, share, low, high, n_mentions,
    n_articles, note``. A share is that of a label among the mentions of its referent in one
    voice: ``own``, ``quoted`` (direct or reported speech) or ``scare`` (in marks by itself, or
    behind ما يسمى).

    Attributes
    ----------
    mentions : DataFrame
        ``passage_id, article_id, outlet, date, start, end, surface, referent, label,
        voice``; offsets count in the passage, voices are own, reported, direct, scare.
    """

    mentions: pd.DataFrame
    by: tuple[str, ...]
    labels: dict[str, str]
    scope: pd.DataFrame
    source: Passages

    def passages(
        self,
        referent: str,
        label: str | None = None,
        *,
        voice: str | None = None,
        n: int = 5,
        **group: str,
    ) -> Passages:
        """Return the passages behind a share: those with most mentions.

        Parameters
        ----------
        referent, label : str
            As in the table; without a label all labels of the referent.
        voice : {"own", "quoted", "scare"}, optional
            By default all.
        n : int
        **group
            Such as ``outlet="amad"``.

        Raises
        ------
        InputError
            If the referent is never named.
        """
        self.of(referent)
        wanted = {"referent": referent, "label": label, "said": voice, **group}
        chosen = pd.Series(True, index=self.scope.index)
        for column, value in wanted.items():
            chosen &= self.scope[column] == value if value is not None else True
        return self.source.most(self.scope.loc[chosen, "passage_id"].value_counts(), n)

    def of(self, referent: str, voice: str = OWN) -> pd.DataFrame:
        """Return the rows of one referent in one voice."""
        known = self.table["referent"].unique()
        if referent not in known:
            raise TooSmallError(f"{referent!r} is never named here. Referents: {choices(known)}.")
        chosen = (self.table["referent"] == referent) & (self.table["voice"] == voice)
        return self.table[chosen].reset_index(drop=True)

    def against_quoted(self, correction: str = "bh", level: float = 0.95) -> pd.DataFrame:
        """Compare the outlet's own voice with the speech that it quotes.

        Returns
        -------
        DataFrame
            ``<by>, referent, label, difference, low, high, p, q, share_own, share_quoted,
            n_own, n_quoted, note``; positive: more in the own voice. ``n_own`` and
            ``n_quoted`` are articles.
        """
        rows = []
        for values, referent, members in _cells(self.scope, self.by):
            kinds = sorted(members["label"].unique())
            sides = [members[members["said"] == side] for side in (OWN, QUOTED)]
            if any(side.empty for side in sides):
                continue
            own, quoted = together([ratio(side, "label", kinds) for side in sides])
            gap = difference(own, quoted, level)
            note = note_of(own) or note_of(quoted) or gap.note
            for k, kind in enumerate(kinds):
                limits = [np.nan] * 3 if note else [gap.low[k], gap.high[k], gap.p[k]]
                shares = own.mean[k], quoted.mean[k], own.n, quoted.n
                gap_k = gap.difference[k], *limits, np.nan
                rows.append((*values, referent, kind, *gap_k, *shares, note))
        columns = [*self.by, "referent", "label", "difference", "low", "high", "p", "q"]
        columns += ["share_own", "share_quoted", "n_own", "n_quoted", "note"]
        table = pd.DataFrame(rows, columns=columns)
        table["q"] = adjusted(table["p"].to_numpy(dtype=float), correction)
        return table

    def plot(
        self, ax: Axes | None = None, *, referent: str = "syrian_state", **options: Any
    ) -> Axes:
        """Draw how one referent is named in the own voice of each group."""
        from syriatopics.plots import shares

        rows = self.of(referent, options.pop("voice", OWN))
        names = {
            k.partition("/")[2]: v for k, v in self.labels.items() if k.startswith(f"{referent}/")
        }
        return shares(rows, ax, **{"by": self.by[0], "labels": names, "of": "mentions", **options})


def naming(
    passages: Corpus | Passages,
    by: str | Sequence[str] | pd.Series = "outlet",
    *,
    referents: Sequence[str] | None = None,
    part: str | None = None,
    production: str = PRODUCTION[0],
    blocks: BlockChoice = "auto",
    level: float = 0.95,
    lexicon: schema.Naming | None = None,
) -> Naming:
    """Count by which labels each referent is called, and in whose voice.

    Parameters
    ----------
    passages : Corpus or Passages
    by : str, list of str or Series
        Columns of ``passages.table``, or one value per passage (periods).
    referents : list of str, optional
        By default all of the lexicon.
    production : {"all", "own"}
        Whether wire copy, translations and republished articles count in the shares;
        ``mentions`` holds those of all articles.
    blocks : {"auto", "article", "day", "week", "month", "story"}, a column, or Series
        What is taken as independent, as in :func:`syriatopics.prevalence`.
    part : {"headline", "lead", "body", "all"}, optional
        Which part of the articles; by default the passages as they are.
    level : float
    lexicon : Naming, optional
        ``load("naming", extra="my_naming.toml")``; by default the shipped one.

    Returns
    -------
    Naming

    Raises
    ------
    InputError
        If a referent or a column is not there.

    Examples
    --------
    >>> from syriatopics import load_seeds
    >>> result = naming(load_seeds().passages(), production="all")
    >>> result.of("syrian_state")["label"].unique().tolist()
    ['authorities', 'damascus_metonym:actor', 'government', 'regime']
    """
    lexicon = load("naming") if lexicon is None else lexicon
    known = {referent.id for referent in lexicon.referent}
    for name in referents or ():
        if name not in known:
            raise InputError(f"No referent {name!r} in the lexicon. There are: {choices(known)}.")
    passages = passages_of(passages, part)
    table, columns = with_column(passages.table.reset_index(drop=True), by)
    stands, notes = produced(table, production)
    groups, more = groups_of(table, columns)
    groups.loc[~stands, :] = np.nan
    found = mention_table(passages, lexicon)
    if referents is not None:
        found = found[found["referent"].isin(list(referents))].reset_index(drop=True)
    scope = _scope(found, lexicon)
    scope[list(columns)] = groups.loc[scope["row"], list(columns)].to_numpy()
    kinds = pd.get_dummies(scope["referent"] + "/" + scope["label"]).to_numpy(dtype=float)
    measured = Measured(kinds, np.ones(len(scope)), scope[list(columns)], counted=True)
    chosen = blocks_of(table.loc[scope["row"]], blocks, measured)
    scope["block"] = chosen.codes
    scope = scope.dropna(subset=list(columns)).reset_index(drop=True)
    return Naming(
        table=_table(scope, columns, level),
        notes=(*notes, *more, *chosen.notes, *_notes(found, table), *caveats_of(table, groups)),
        mentions=found.drop(columns="row"),
        by=columns,
        labels=_labels(lexicon),
        scope=scope,
        source=passages,
    )


def _scope(found: pd.DataFrame, lexicon: schema.Naming) -> pd.DataFrame:
    """Return the mentions that are counted; a label may count for a second referent too."""
    second = {
        (r.id, la.id): la.counts_as for r in lexicon.referent for la in r.label if la.counts_as
    }
    spans = {r.id: (r.from_, r.to) for r in lexicon.referent}
    also = []
    for row in found.itertuples():
        other = second.get((row.referent, row.label))
        if other is not None and _within(row.date, spans[other]):
            also.append((row.Index, other))
    extra = found.loc[[index for index, _ in also]].copy()
    extra["label"] = extra["referent"] + ":" + extra["label"]
    extra["referent"] = [other for _, other in also]
    scope = pd.concat([found, extra], ignore_index=True)
    return scope.assign(said=scope["voice"].map(_VOICE))


def _labels(lexicon: schema.Naming) -> dict[str, str]:
    """Return the readable name of each label, also where it counts for a second referent."""
    names = {}
    for referent in lexicon.referent:
        for label in referent.label:
            shown = f"{label.ar} · {label.en}"
            names[f"{referent.id}/{label.id}"] = shown
            if label.counts_as:
                names[f"{label.counts_as}/{referent.id}:{label.id}"] = shown
    return names


def _within(day: Any, span: tuple[Any, Any]) -> bool:
    if pd.isna(day):
        return True
    first, last = (None if edge is None else pd.Timestamp(edge) for edge in span)
    return (first is None or first <= day) and (last is None or day < last)


def _cells(
    scope: pd.DataFrame, by: Sequence[str]
) -> Iterator[tuple[tuple[Any, ...], str, pd.DataFrame]]:
    for values, members in scope.groupby([*by, "referent"], sort=True):
        yield tuple(values[:-1]), str(values[-1]), members


def _table(scope: pd.DataFrame, by: Sequence[str], level: float) -> pd.DataFrame:
    rows = []
    seen = {
        str(name): sorted(labels.unique()) for name, labels in scope.groupby("referent")["label"]
    }
    said = [
        (values, referent, voice, members[members["said"] == voice])
        for values, referent, members in _cells(scope, by)
        for voice in (OWN, QUOTED, SCARE)
        if (members["said"] == voice).any()
    ]
    for name, kinds in seen.items():
        # a label that others use and this group does not: zero is a finding
        mine = [one for one in said if one[1] == name]
        pooled = together([ratio(members, "label", kinds) for *_, members in mine])
        for (values, referent, voice, members), found in zip(mine, pooled, strict=True):
            counts = members["label"].value_counts()
            for kind, cell in zip(kinds, share_rows(found, len(members), level), strict=True):
                named = {**dict(zip(by, values, strict=True)), "voice": voice}
                named |= {"referent": referent, "label": kind}
                rows.append(named | cell | {"n_mentions": int(counts.get(kind, 0))})
    columns = [*by, "voice", "referent", "label", "share", "low", "high", "n_mentions"]
    table = pd.DataFrame(rows, columns=[*columns, "n_articles", "note"])
    order = [*by, "referent"]
    return table.sort_values(order, kind="stable", ignore_index=True)


def _notes(found: pd.DataFrame, table: pd.DataFrame) -> Iterator[str]:
    yield "A share is that of a label among the mentions of its referent in one voice."
    undated = table.loc[table["date"].isna(), "article_id"].nunique()
    if undated:
        yield f"{undated:,} articles have no date: labels that hold for a time only are all open to them."
    if found.empty:
        yield "No referent of the lexicon is named in these passages."
