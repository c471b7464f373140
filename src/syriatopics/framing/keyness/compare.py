"""Comparing the words of two groups."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

from syriatopics.errors import InputError, choices
from syriatopics.framing.keyness.odds import Odds, Parting
from syriatopics.framing.keyness.result import Keyness
from syriatopics.framing.keyness.units import Units, units_of
from syriatopics.inference.blocks import BlockChoice, Measured, blocks_of
from syriatopics.inference.caveats import caveats_of
from syriatopics.inference.contrasts import adjusted
from syriatopics.inference.groups import PRODUCTION, produced
from syriatopics.inference.resampling import Array
from syriatopics.matrix import DocumentTermMatrix
from syriatopics.order import compared

__all__ = ["judged", "keyness"]


# Blocks are too few for a test if no way to deal them out can be as rare as that.
_LEVEL = 0.05
# With fewer blocks in a group what is found is held against other partings, so many of them. A rare word
# stands in few blocks, however many there are: one world in seven of half-years of stories had false words.
_FEW, _PARTINGS = 60, 500


def keyness(
    dtm: DocumentTermMatrix,
    focal: str | Sequence[str],
    reference: str | Sequence[str] | None = None,
    *,
    by: str | pd.Series = "outlet",
    part: str | None = None,
    production: str = PRODUCTION[0],
    blocks: BlockChoice = "auto",
    prior: float = 500.0,
    min_count: int = 3,
    permutations: int = 0,
    random_state: int = 0,
) -> Keyness:
    """Compare the words of two groups of passages.

    Log-odds with an informative Dirichlet prior [1]_ say how large a difference is. The test
    compares the rates of the word, with a variance clustered by article, since the words of
    one article are not independent draws; q-values hold the share of false discoveries
    (Benjamini and Hochberg). Intervals of the log-odds are those of the test [2]_.

    Parameters
    ----------
    dtm : DocumentTermMatrix
    focal, reference : str or list of str
        Values of `by`; without a reference, everything else.
    by : str or Series
        A column of the passages, or one value per passage: outlets, periods, themes,
        quoted against own voice (:meth:`syriatopics.framing.Quotations.split`). One article
        may stand on both sides.
    part : {"headline", "lead", "body"}, optional
        Which rows of `dtm` are compared; it must hold them (``corpus.passages(part="all")``).
    production, blocks
        As in :func:`syriatopics.prevalence`; "auto" asks the most frequent words of both
        groups together. News comes in bursts that articles do not show.
    prior : float
        Weight of the prior in tokens: how strongly rare words are drawn to no difference.
    min_count : int
        Terms with fewer tokens in both groups together are left out.
    permutations : int
        So many times the articles (blocks) are dealt out anew, for ``p_permuted``.
    random_state : int
        Of the permutations.

    Returns
    -------
    Keyness
        Sorted by ``z``, or by ``z_tokens`` where there are too few blocks for a test; then
        z, p and q are NaN, and the notes say why. With fewer than 20 blocks in a group no q is
        smaller than the share of other partings of the blocks in which some word is as sure.

    Raises
    ------
    InputError
        If a group is not there, or the groups overlap.

    References
    ----------
    .. [1] Monroe, B., Colaresi, M. & Quinn, K. (2008). Fightin' Words. Political
       Analysis 16(4).
    .. [2] Miettinen, O. (1976). Estimability and estimation in case-referent studies.
       American Journal of Epidemiology 103(2).

    Examples
    --------
    >>> from syriatopics import count_terms, load_seeds
    >>> words = keyness(
    ...     count_terms(load_seeds().passages()), "noonpost", "alhal", production="all"
    ... )
    >>> words.table["z"].isna().all()
    np.True_
    """
    dtm, by = _of_part(dtm, by, part)
    first, second, notes = _sides(dtm, by, focal, reference, production)
    side = np.select([first, second], [0.0, 1.0], default=np.nan)
    lengths = np.asarray(dtm.counts.sum(axis=1), dtype=float).ravel()
    chosen = blocks_of(
        dtm.passages.table, blocks, Measured(dtm.counts, lengths, side, counted=True)
    )
    pooled = np.asarray(dtm.counts[first | second].sum(axis=0), dtype=float).ravel()
    kept = np.flatnonzero(pooled >= min_count)
    if not len(kept):
        raise InputError(
            f"No word occurs {min_count} times in these two groups: nothing to compare."
        )
    alpha = (prior * pooled / pooled.sum())[kept]
    units = units_of(dtm.counts, chosen.codes, first, second, kept)
    odds = Odds(units, alpha, prior)
    found, q, tested, said = judged(odds, units, random_state)
    table = _table(dtm, kept, units, found, alpha).assign(q=q)
    if not tested:
        table[["low", "high", "z", "p"]] = np.nan
    notes += said
    names = (_say(focal), _say(reference) if reference is not None else "the rest")
    sides = np.select([first, second], ["focal", "reference"], default="").astype(object)
    named = pd.DataFrame({"side": np.select([first, second], names, default="")}, dtype=object)
    notes += [
        *caveats_of(dtm.passages.table.reset_index(drop=True), named.replace("", np.nan), [names]),
        *chosen.notes,
        *_notes(units, "article" if chosen.unit == "article" else "block", tested),
    ]
    if permutations and tested:
        table["p_permuted"], note = _permute(odds, found, permutations, random_state)
        notes.append(note)
    order = ["z" if tested else "z_tokens", "term"]
    return Keyness(
        table=table.sort_values(order, ascending=[False, True], key=compared, ignore_index=True),
        notes=(*dtm.notes, *notes),
        focal=names[0],
        reference=names[1],
        dtm=dtm,
        sides=sides,
    )


def _of_part(
    dtm: DocumentTermMatrix, by: str | pd.Series, part: str | None
) -> tuple[DocumentTermMatrix, str | pd.Series]:
    """Return the rows of one part of the articles."""
    if part is None:
        return dtm, by
    wanted = set(dtm.passages.part(part).table["passage_id"])
    kept = dtm.documents["passage_id"].isin(wanted).to_numpy()
    if not kept.any() or (part == "headline" and kept.sum() < len(wanted)):
        raise InputError(
            f"No row of the counts is a passage of part {part!r}: count corpus.passages(part='all')."
        )
    return dtm.where(kept), by if isinstance(by, str) else by[kept]


def _sides(
    dtm: DocumentTermMatrix,
    by: str | pd.Series,
    focal: str | Sequence[str],
    reference: str | Sequence[str] | None,
    production: str,
) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any], list[str]]:
    table = dtm.passages.table
    if isinstance(by, str) and by not in table:
        raise InputError(f"No column {by!r} to group by. Columns: {choices(table.columns)}.")
    group = (table[by] if isinstance(by, str) else by).reset_index(drop=True)
    if len(group) != len(table):
        raise InputError(
            f"{len(group)} groups for {len(table)} passages: there must be one for each."
        )
    asked = [
        n for one in (focal, reference) for n in ([one] if isinstance(one, str) else one or ())
    ]
    stands, notes = produced(table, production, group.to_numpy(), asked)
    group = group.where(pd.Series(stands))
    first = _members(group, focal)
    second = (
        _members(group, reference) if reference is not None else ~first & group.notna().to_numpy()
    )
    if (first & second).any():
        raise InputError(f"{focal!r} and {reference!r} overlap: a passage cannot be on both sides.")
    if not second.any():
        raise InputError(f"Nothing is left to compare {focal!r} with.")
    return first, second, notes


def _say(names: str | Sequence[str]) -> str:
    return names if isinstance(names, str) else " + ".join(names)


def _members(group: pd.Series, names: str | Sequence[str]) -> np.ndarray[Any, np.dtype[np.bool_]]:
    wanted = [names] if isinstance(names, str) else list(names)
    there = set(group.dropna().unique())
    if not wanted:
        raise InputError(
            f"A side without a group cannot be compared. Groups here: {choices(there)}."
        )
    missing = [name for name in wanted if name not in there]
    if missing:
        raise InputError(f"No passage belongs to {missing[0]!r}. Groups here: {choices(there)}.")
    return np.asarray(group.isin(wanted), dtype=bool)


def _table(
    dtm: DocumentTermMatrix,
    kept: np.ndarray[Any, Any],
    units: Units,
    found: Parting,
    alpha: Array,
) -> pd.DataFrame:
    count_a, count_b = (
        np.asarray(units.counts[side].sum(axis=0)).ravel() for side in (units.focal, ~units.focal)
    )
    difference, p = found.difference[0], found.p[0]
    with np.errstate(invalid="ignore", divide="ignore"):
        reach = stats.t.ppf(0.975, found.freedom[0]) * np.abs(difference / found.z[0])
    plain = np.sqrt(1 / (count_a + alpha) + 1 / (count_b + alpha))
    terms = dtm.terms[kept]
    return pd.DataFrame(
        {
            "term": terms,
            "display": [dtm.display[term] for term in terms],
            "log_odds": difference,
            "low": difference - reach,
            "high": difference + reach,
            "z": found.z[0],
            "p": p,
            "q": np.nan,
            "p_permuted": np.nan,
            "count": (count_a + count_b).astype("int64"),
            "count_focal": count_a.astype("int64"),
            "count_reference": count_b.astype("int64"),
            "z_tokens": difference / plain,
            "newsroom": dtm.newsroom[kept],
        }
    )


def _notes(units: Units, unit: str, tested: bool) -> list[str]:
    notes = []
    for name, side in (("focal", units.focal), ("reference", ~units.focal)):
        n = int(side.sum())
        notes.append(
            f"{name}: {n} {unit}{'s' if n > 1 else ''}, {int(units.length[side].sum()):,} tokens."
        )
    if not tested:
        one, two = int(units.focal.sum()), int((~units.focal).sum())
        few = f"{one} and {two} {unit}s are too few"
        if min(one, two) < 2:
            few = f"A group is a single {unit}"
        notes.append(f"{few}: no test is possible, the words describe these articles only.")
    return notes


def judged(
    odds: Odds, units: Units, random_state: int = 0
) -> tuple[Parting, Array, bool, list[str]]:
    """Return the figures of the groups, q of every word, whether blocks allow a test, and notes."""
    found = odds.observed()
    fewest = int(min(units.focal.sum(), (~units.focal).sum()))
    q = adjusted(found.p[0], "bh")
    if not np.isfinite(q).any() or fewest < 2 or units.rows.least_p > _LEVEL:
        return found, np.full(len(q), np.nan), False, []
    if fewest >= _FEW:
        return found, q, True, []
    chance = _chance(odds, q, random_state)
    note = (
        f"Few blocks: in {chance:.1%} of other partings of them some word is as sure as the surest "
        "here; no q is smaller than that."
    )
    return found, np.maximum(q, chance), True, [note]


def _chance(odds: Odds, q: Array, random_state: int) -> float:
    """Return in how many other partings the surest word is as sure as here.

    All words of a parting move together: with few blocks one odd month makes hundreds of words
    sure at once, which no q-value of single words allows for.
    """
    surest = float(np.nanmin(q))
    beyond: list[bool] = []
    for parting in odds.partings(_PARTINGS, random_state):
        for row in parting.p:
            known = row[np.isfinite(row)]
            least = stats.false_discovery_control(known).min() if len(known) else 1.0
            beyond.append(least <= surest + 1e-12)
    drawn = len(beyond) >= _PARTINGS
    return float((drawn + sum(beyond)) / (drawn + len(beyond)))


def _permute(odds: Odds, found: Parting, n: int, random_state: int) -> tuple[Array, str]:
    """Return the permutation p-value of each word, and what chance does at its largest."""
    z = np.abs(found.z[0])
    reached, largest, beyond = np.ones(len(z)), [], []
    for parting in odds.shuffled(n, random_state):
        again = np.nan_to_num(np.abs(parting.z))
        reached += (again >= z).sum(axis=0)
        largest.append(again.max(axis=1))
        beyond.append((again > stats.norm.ppf(0.975)).mean(axis=1))
    limit = float(np.quantile(np.concatenate(largest), 0.95))
    usual = float(np.mean(np.concatenate(beyond)))
    note = (
        f"{n:,} other partings of the same articles: {usual:.1%} of words beyond |z| = 1.96, the "
        f"largest |z| below {limit:.2f} in 95 of 100; {int((z > limit).sum())} words are beyond that here."
    )
    return reached / (n + 1), note
