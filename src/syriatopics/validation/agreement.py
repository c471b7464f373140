"""Agreement: do coders say the same, and does a method say what coders say?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import pandas as pd

from syriatopics.errors import InputError, choices
from syriatopics.inference import Codings, HasScores, Scores, as_scores, check_texts
from syriatopics.results import Result
from syriatopics.validation.comparing import Comparer, whole_numbers

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Agreement", "agreement"]

_JOINED = " – "
Method: TypeAlias = Scores | HasScores | pd.DataFrame
_COLUMNS = (
    "theme", "comparison", "kind", "alpha", "low", "high", "ac1", "agreed", "f1", "f1_low",
    "f1_high", "n_passages", "n_articles", "positives_a", "positives_b", "note",
)  # fmt: skip


@dataclass(frozen=True, eq=False, kw_only=True)
class Agreement(Result):
    """Krippendorff's α by theme and comparison.

    Attributes
    ----------
    table : DataFrame
        ``theme, comparison, kind, alpha, low, high, ac1, agreed, f1, f1_low, f1_high, n_passages,
        n_articles, positives_a, positives_b, note``. ``comparison`` names the two (``"a – b"``),
        or ``"all coders"``; ``kind`` is "coders", "method" (against a coder) or "methods". ``f1``
        takes the second as what is right. The theme ``"all themes"`` takes the whole set of
        themes of a passage as one code; its F1 is the mean of the themes with 30 positives or more.
        ``agreed`` is the share of passages with the same code, which chance alone makes
        high where a theme is rare.
    codes : dict of str to DataFrame of float
        What was compared: coder or method → passages × themes, 1 or 0.
    codings : Codings
    """

    codes: dict[str, pd.DataFrame]
    codings: Codings

    def confusion(self, a: str, b: str) -> pd.DataFrame:
        """Return how the codes of two meet, by theme.

        Parameters
        ----------
        a, b : str
            Coders or methods.

        Returns
        -------
        DataFrame
            ``theme, both, only_a, only_b, neither, precision, recall``: of `a`, with `b` taken
            as what is right.

        Raises
        ------
        InputError
            If nobody of that name was compared.
        """
        one, two = self._pair(a, b)
        first, second = one.to_numpy() > 0, two.to_numpy() > 0
        counts = {
            "both": first & second,
            "only_a": first & ~second,
            "only_b": ~first & second,
            "neither": ~first & ~second,
        }
        table = pd.DataFrame(
            {"theme": one.columns} | {name: cells.sum(axis=0) for name, cells in counts.items()}
        )
        said, meant = table["both"] + table["only_a"], table["both"] + table["only_b"]
        return table.assign(
            precision=table["both"] / said.where(said > 0),
            recall=table["both"] / meant.where(meant > 0),
        )

    def disputed(self, a: str | None = None, b: str | None = None) -> pd.DataFrame:
        """Return the passages in dispute, to be read and talked over.

        Parameters
        ----------
        a, b : str, optional
            Coders or methods; by default all coders.

        Returns
        -------
        DataFrame
            ``passage_id, outlet``, a column for each of them with the themes that only some
            gave, ``text``; most themes in dispute first.
        """
        names = [a, b] if a is not None and b is not None else self.codings.coders
        found = [self._codes(name) for name in names]
        ids = sorted(set.union(*(set(f.index) for f in found))) if found else []
        given = np.stack([f.reindex(ids).to_numpy(dtype=float) for f in found]) if ids else None
        rows = self.codings.sample.set_index("passage_id")
        out = []
        for n, passage in enumerate(ids):
            cell = given[:, n, :]  # type: ignore[index]
            known = ~np.isnan(cell).any(axis=1)
            split = cell[known].any(axis=0) & ~cell[known].all(axis=0)
            if known.sum() < 2 or not split.any():
                continue
            themes = np.array(found[0].columns)
            said = {
                name: " ".join(themes[split & (codes > 0)]) if there else np.nan
                for name, codes, there in zip(names, cell, known, strict=True)
            }
            head = {"passage_id": passage, "outlet": rows["outlet"][passage]}
            out.append((-int(split.sum()), head | said | {"text": rows["text"][passage]}))
        columns = ["passage_id", "outlet", *names, "text"]
        return pd.DataFrame([row for _, row in sorted(out, key=lambda r: r[0])], columns=columns)

    def missing(self) -> pd.DataFrame:
        """Return the passages drawn that a coder has not decided: ``coder, passage_id, text``."""
        drawn = self.codings.sample
        parts = [
            drawn[~drawn["passage_id"].isin(self._codes(coder).index)].assign(coder=coder)
            for coder in self.codings.coders
        ]
        every = pd.concat(parts) if parts else drawn.assign(coder="").head(0)
        return every[["coder", "passage_id", "text"]].reset_index(drop=True)

    def plot(self, ax: Axes | None = None, **options: Any) -> Axes:
        """Draw α of each theme and comparison, with its interval."""
        from syriatopics.plots import agreement_points

        return agreement_points(self.table, ax, **{"labels": self.codings.labels, **options})

    def _codes(self, name: str) -> pd.DataFrame:
        if name not in self.codes:
            raise InputError(f"{name!r} was not compared. Compared: {choices(self.codes)}.")
        return self.codes[name]

    def _pair(self, a: str, b: str) -> tuple[pd.DataFrame, pd.DataFrame]:
        one, two = self._codes(a).align(self._codes(b), join="inner")
        return one, two


def agreement(
    codings: Codings,
    methods: Method | Mapping[str, Method] | None = None,
    *,
    threshold: float | None = None,
    level: float = 0.95,
    n_resamples: int = 2000,
    random_state: int = 0,
) -> Agreement:
    """Measure how far coders agree with each other, and methods with coders.

    Parameters
    ----------
    codings : Codings
        Of two coders or more; with one, methods are compared with that coder only, and the
        notes say so.
    methods : Scores, or mapping of str to Scores, optional
        Scores of the same passages, for the same themes; or which themes each coded passage has, as
        booleans by passage id. Several are compared with each other too.
    threshold : float, optional
        From which score a theme is assigned; by default that of the scores, else 0.5.
    level, n_resamples, random_state
        Of the intervals, which resample articles.

    Returns
    -------
    Agreement
        ``low`` and ``high`` are NaN below 15 articles, and α is NaN where both give the same
        code to every passage, or no passage was coded by both; ``note`` says so.

    Raises
    ------
    InputError
        If the scores are of another corpus, or share no theme with the codebook.

    References
    ----------
    .. [1] Krippendorff, K. (2011). Computing Krippendorff's alpha-reliability.
    .. [2] Hayes, A. F. & Krippendorff, K. (2007). Answering the call for a standard
       reliability measure for coding data. Communication Methods and Measures 1.

    Examples
    --------
    >>> import tempfile
    >>> from syriatopics import coding_task, load_seeds, score_themes
    >>> corpus = load_seeds()
    >>> task = coding_task(corpus, tempfile.mkdtemp(), n=10)
    >>> agreement(task.codings()).notes[-1]
    'Nobody has coded: there is nothing to compare.'
    """
    named = _named(methods)
    codes = {coder: codings.codes(coder) for coder in codings.coders}
    for name, scores in named.items():
        if name in codes:
            raise InputError(f"A method cannot bear the name of a coder: {name!r}.")
        if isinstance(scores, Scores):
            check_texts(codings, scores.passages.loaded().table.set_index("passage_id")["text"])
        codes[name] = _assigned(scores, codings, name, threshold)
    compare = Comparer(codings, level, n_resamples, random_state)
    rows: list[dict[str, Any]] = []
    for a, b in combinations(codings.coders, 2):
        rows += compare({a: codes[a], b: codes[b]}, f"{a}{_JOINED}{b}", "coders")
    if len(codings.coders) > 2:
        rows += compare({c: codes[c] for c in codings.coders}, "all coders", "coders")
    for name in named:
        for coder in codings.coders:
            rows += compare(
                {name: codes[name], coder: codes[coder]}, f"{name}{_JOINED}{coder}", "method"
            )
    for a, b in combinations(named, 2):
        rows += compare({a: codes[a], b: codes[b]}, f"{a}{_JOINED}{b}", "methods")
    table = pd.DataFrame(rows, columns=list(_COLUMNS))
    return Agreement(
        table=table.assign(
            positives_a=whole_numbers(table["positives_a"]),
            positives_b=whole_numbers(table["positives_b"]),
        ),
        notes=(*codings.notes, *_notes(codings, codes)),
        codes=codes,
        codings=codings,
    )


def _named(
    methods: Method | Mapping[str, Method] | None,
) -> dict[str, Scores | pd.DataFrame]:
    if methods is None:
        return {}
    if isinstance(methods, Mapping):
        return {
            str(name): said if isinstance(said, pd.DataFrame) else as_scores(said)
            for name, said in methods.items()
        }
    if isinstance(methods, pd.DataFrame):
        return {"method": methods}
    scores = as_scores(methods)
    return {str(getattr(scores, "method", "method")): scores}


def _assigned(
    scores: Scores | pd.DataFrame, codings: Codings, name: str, threshold: float | None
) -> pd.DataFrame:
    table = scores if isinstance(scores, pd.DataFrame) else scores.table
    themes = [theme for theme in codings.themes if theme in table.columns]
    if not themes:
        raise InputError(
            f"{name!r} scores none of the themes that were coded. Coded: "
            f"{choices(codings.themes)}; scored: {choices(table.columns)}."
        )
    limits = getattr(scores, "limits", None) if threshold is None else None
    limit = pd.Series(0.5 if threshold is None else threshold, index=themes)
    drawn = table.reindex(codings.sample["passage_id"])[themes].dropna().astype(float)
    return drawn.ge(limit if limits is None else limits[themes], axis=1).astype(float)


def _notes(codings: Codings, codes: Mapping[str, pd.DataFrame]) -> list[str]:
    coders = codings.coders
    if not coders:
        return ["Nobody has coded: there is nothing to compare."]
    notes = []
    if len(coders) == 1:
        notes.append(
            f"One coder only ({coders[0]}): agreement between coders needs two, and a method that "
            "agrees with one reader may share that reader's habits."
        )
    for a, b in combinations(coders, 2):
        if not codes[a].index.intersection(codes[b].index).size:
            notes.append(f"{a} and {b} coded no passage in common.")
    if codings.design == "uncertain":
        notes.append("The sample prefers unsure passages: α in the whole corpus may be higher.")
    if codings.design == "rare":
        notes.append(
            "The sample prefers passages of rare themes: α in the whole corpus may be another."
        )
    return notes
