"""Shares of voices: how many of an outlet's words are whose, and how evenly they are spread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from scipy import stats

from syriatopics.corpus import Passages
from syriatopics.errors import InputError, choices
from syriatopics.inference.blocks import BlockChoice, Measured, blocks_of
from syriatopics.inference.caveats import caveats_of
from syriatopics.inference.groups import groups_of, note_of, produced, with_column
from syriatopics.inference.pooling import together
from syriatopics.inference.prevalence import share_rows
from syriatopics.inference.ratios import ratio
from syriatopics.inference.resampling import Estimate
from syriatopics.results import Result

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["OF", "VoiceShares", "voice_shares"]

OF = ("side", "role", "source", "stance", "direct")
SIDES = {
    "arab_states": "دول عربية · Arab states",
    "civil_society": "مجتمع مدني · Civil society",
    "europe": "أوروبا · Europe",
    "humanitarian": "منظمات إنسانية · Relief organisations",
    "iran": "إيران · Iran",
    "israel": "إسرائيل · Israel",
    "jihadist": "جهاديون · Jihadists",
    "kurdish_sdf": "قسد والكرد · SDF and Kurds",
    "opposition": "معارضة · Opposition",
    "other": "غير ذلك · Other",
    "russia": "روسيا · Russia",
    "syrian_government": "الحكومة السورية · Syrian government",
    "turkey": "تركيا · Turkey",
    "united_nations": "الأمم المتحدة · United Nations",
    "united_states": "الولايات المتحدة · United States",
    "unknown": "لا يُعرف · Unknown",
}
OWN_VOICE, UNKNOWN = "own voice", "unknown"


@dataclass(frozen=True, eq=False, kw_only=True)
class VoiceShares(Result):
    """Whose words an outlet prints.

    Columns ``<by>, voice, share, low, high, n_words, n_articles, note``: shares of all words
    of the group; ``own voice`` is what the outlet says itself. Speech inside speech counts
    for the outer speaker.

    Attributes
    ----------
    diversity : DataFrame
        ``<by>, speakers, entropy, low, high, plain, n_articles, note``: the entropy (in
        bits) of the words among those who are quoted, and the number of equally loud voices
        that it amounts to (``speakers`` = 2 ** entropy). The plain entropy grows with the
        number of articles; ``entropy`` and its interval are corrected by leaving out one
        article (block) at a time, but for groups of very unlike size trust neither.
    unit : str
        What the limits take as independent: articles, weeks, or another block.
    """

    by: tuple[str, ...]
    of: str
    diversity: pd.DataFrame
    spoken: pd.DataFrame
    source: Passages
    unit: str = "article"

    def passages(self, voice: str, n: int = 5, **group: str) -> Passages:
        """Return the passages behind a share: those with most words of a voice.

        Parameters
        ----------
        voice : str
            As in the table.
        n : int
        **group
            Such as ``outlet="amad"``.

        Raises
        ------
        InputError
            If nobody of that voice speaks.
        """
        known = self.table["voice"].unique()
        if voice not in known:
            raise InputError(f"No words of {voice!r} here. Voices: {choices(known)}.")
        chosen = self.spoken["voice"] == voice
        for column, value in group.items():
            chosen &= self.spoken[column] == value
        return self.source.most(self.spoken[chosen].groupby("passage_id")["n_words"].sum(), n)

    def plot(self, ax: Axes | None = None, **options: Any) -> Axes:
        """Draw the shares of the voices that are quoted, with their intervals."""
        from syriatopics.plots import shares

        table = self.table[self.table["voice"] != OWN_VOICE]
        return shares(table, ax, **{"by": self.by[0], "of": "words", "labels": SIDES, **options})


def voice_shares(
    quoted: pd.DataFrame,
    passages: Passages,
    words: pd.Series,
    *,
    by: str | Sequence[str] | pd.Series,
    of: str,
    production: str,
    blocks: BlockChoice,
    level: float,
) -> VoiceShares:
    """Share out words; see :meth:`syriatopics.framing.voices.Quotations.shares`."""
    if of not in OF:
        raise InputError(f"Voices cannot be told apart by {of!r}. Choices: {choices(OF)}.")
    table, columns = with_column(passages.table.reset_index(drop=True), by)
    stands, notes = produced(table, production)
    groups, more = groups_of(table, columns)
    groups.loc[~stands, :] = np.nan
    frame = groups.assign(
        article_id=table["article_id"],
        passage_id=table["passage_id"],
    )
    spoken = _spoken(quoted, frame, of)
    rest = frame.assign(n_words=words.to_numpy() - _words_of(spoken, frame), voice=OWN_VOICE)
    every = pd.concat([rest, spoken], ignore_index=True).dropna(subset=list(columns))
    kinds = [OWN_VOICE, *sorted(set(spoken["voice"]) - {UNKNOWN}), UNKNOWN]
    kinds = [kind for kind in kinds if (every["voice"] == kind).any()]
    words_of = every["n_words"].to_numpy(dtype=float)
    said = pd.get_dummies(every["voice"])[kinds].to_numpy(dtype=float) * words_of[:, None]
    dated = every.merge(table[["passage_id", "date"]], on="passage_id", how="left")
    chosen = blocks_of(dated, blocks, Measured(said, words_of, every[list(columns)], counted=True))
    every = every.assign(block=chosen.codes)
    rows, spread = [], []
    cells = list(every.groupby(list(columns), sort=True))
    pooled = together([ratio(members, "voice", kinds, weight="n_words") for _, members in cells])
    for (values, members), found in zip(cells, pooled, strict=True):
        named = dict(zip(columns, values, strict=True))
        for kind, cell in zip(kinds, share_rows(found, len(members), level), strict=True):
            counted = int(members.loc[members["voice"] == kind, "n_words"].sum())
            rows.append(named | {"voice": kind} | cell | {"n_words": counted})
        others = members[members["voice"] != OWN_VOICE]
        spread.append(named | _diversity(others, level))
    shown = pd.DataFrame(rows, columns=[*columns, *_COLUMNS])
    return VoiceShares(
        table=shown,
        notes=(
            *notes,
            *more,
            *chosen.notes,
            "A share is that of a voice among all words of the group.",
            *caveats_of(table, groups),
        ),
        by=columns,
        of=of,
        diversity=pd.DataFrame(spread),
        unit=chosen.unit,
        spoken=every,
        source=passages,
    )


_COLUMNS = ("voice", "share", "low", "high", "n_words", "n_articles", "note")


def _spoken(quoted: pd.DataFrame, frame: pd.DataFrame, of: str) -> pd.DataFrame:
    """Return a row per outer quotation with its group, its voice and its words."""
    outer = quoted.loc[~quoted["nested"], ["passage_id", "speaker_resolved", "n_words", of]].copy()
    if of == "direct":
        outer[of] = np.where(outer[of], "direct", "reported")
    outer["voice"] = outer.pop(of).replace("", UNKNOWN)
    return outer.merge(frame, on="passage_id", how="left", validate="many_to_one")


def _words_of(spoken: pd.DataFrame, frame: pd.DataFrame) -> np.ndarray[Any, Any]:
    sums = spoken.groupby("passage_id")["n_words"].sum()
    return np.asarray(frame["passage_id"].map(sums).fillna(0), dtype=np.int64)


def _diversity(spoken: pd.DataFrame, level: float) -> dict[str, Any]:
    """Return the entropy of words among speakers, corrected for the few articles it comes from."""
    n_articles = int(spoken["article_id"].nunique())
    if not len(spoken):
        blank = dict.fromkeys(("speakers", "entropy", "low", "high", "plain"), np.nan)
        return {**blank, "n_articles": 0, "note": "nobody is quoted"}
    who = spoken["speaker_resolved"].replace("", UNKNOWN)
    kinds = sorted(who.unique())
    found = ratio(spoken.assign(who=who), "who", kinds, weight="n_words")
    plain = float(_entropy(found.mean[None, :])[0])
    note = note_of(found)
    entropy, low, high = (plain, np.nan, np.nan) if note else _jackknife(found, plain, level)
    return {
        "speakers": 2**entropy, "entropy": entropy, "low": low, "high": high, "plain": plain,
        "n_articles": n_articles, "note": note,
    }  # fmt: skip


def _jackknife(found: Estimate, plain: float, level: float) -> tuple[float, float, float]:
    """Leave out one block at a time: what each brings tells the bias and the error."""
    n = len(found.sizes)
    total, size = found.sums.sum(axis=0), found.sizes.sum()
    without = _entropy((total - found.sums) / (size - found.sizes)[:, None])
    corrected = n * plain - (n - 1) * float(without.mean())
    error = np.sqrt((n - 1) / n * ((without - without.mean()) ** 2).sum())
    reach = float(stats.t.ppf((1 + level) / 2, n - 1) * error)
    return corrected, max(corrected - reach, 0.0), corrected + reach


def _entropy(shares: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    logs = np.log2(shares, out=np.zeros_like(shares), where=shares > 0)
    return np.asarray(-(shares * logs).sum(axis=1))
