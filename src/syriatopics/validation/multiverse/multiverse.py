"""The multiverse of a contrast: does it hold under all choices that could have been made?"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from syriatopics import __version__
from syriatopics.corpus import Corpus, Passages
from syriatopics.errors import CorpusError, InputError
from syriatopics.errors import choices as known
from syriatopics.files import package_hash, unfinished_folder
from syriatopics.framing import load_themes
from syriatopics.inference import Codings
from syriatopics.inference.blocks import BlockChoice
from syriatopics.inference.groups import produced
from syriatopics.lexicons.schema import Themes
from syriatopics.scorers import Scorer, digest_of, ready, score_themes, scorer_of
from syriatopics.scorers.registry import READING
from syriatopics.validation.multiverse.choices import Choices, Specification, as_choices
from syriatopics.validation.multiverse.comparison import Bools, Comparison, compare_groups
from syriatopics.validation.multiverse.result import Multiverse, assemble
from syriatopics.validation.multiverse.running import run
from syriatopics.validation.multiverse.work import Frame, Shared

__all__ = ["multiverse"]

# Processes take seconds to start: below so many fits times passages one does it sooner.
_WORTH = 50_000
_LIBRARIES = ("numpy", "scipy", "scikit-learn", "topica")


def multiverse(
    corpus: Corpus,
    theme: str,
    a: str,
    b: str,
    *,
    by: str | pd.Series = "outlet",
    choices: Choices | Mapping[str, Any] | None = None,
    themes: Themes | None = None,
    coded: Codings | None = None,
    scorers: Mapping[str, Scorer] | None = None,
    blocks: BlockChoice = "auto",
    level: float = 0.95,
    n_permutations: int = 500,
    sample: int | None = None,
    folder: str | Path | None = None,
    n_jobs: int | None = None,
    random_state: int = 0,
) -> Multiverse:
    """Measure one contrast under every combination of choices: more of `theme` in `a` than in `b`?

    What is counted as one word, what a passage is, which model, how many topics, which seed,
    whose articles, what a share is a share of: each choice can be defended, and together they
    can carry a claim or make it. Here all of them are made, and the estimates laid side by
    side in a specification curve [1]_.

    Parameters
    ----------
    corpus : Corpus
    theme : str
        Of the theme lexicon.
    a, b : str
        Groups of `by`. Positive estimates: more in `a`.
    by : str or Series
        A column of the passages, or the group of each article by its id, such as a period.
    choices : Choices or mapping, optional
        The values of each choice; by default those of :class:`Choices`.
    themes : Themes, optional
        The theme lexicon; by default the shipped one.
    coded : Codings, optional
        Coded passages, for scorers that learn from them.
    scorers : mapping of str to Scorer, optional
        Scorers of your own, such as several prompts and models: each is one more model, called
        ``"own:…"``, and is tried beside the others.
    blocks : {"auto", "article", "day", "week", "month", "story"}, a column, or Series
        What is taken as independent, as in :func:`contrasts`: one choice for the whole curve.
        "auto" asks the theme lexicon on paragraphs how alike articles of near days are.
    level : float
        Of the intervals.
    n_permutations : int
        How often articles change sides for the joint test; 0 leaves it out.
    sample : int, optional
        Where there are more specifications, so many are drawn.
    folder : path, optional
        Where each result is kept as soon as it is known. An interrupted multiverse goes on
        from there; results of another corpus, version or claim are not taken.
    n_jobs : int, optional
        Processes; by default one for each core, where there is work for
        them. The result is the same for any number.
    random_state : int
        Of the permutations and of `sample`; that of models is a choice, ``seed``.

    Returns
    -------
    Multiverse

    Raises
    ------
    InputError
        If a group, the theme, a choice or a value is not known, or nothing is chosen.
        A specification that cannot be done is no error: it is a row with the reason.

    References
    ----------
    .. [1] Simonsohn, U., Simmons, J. P. & Nelson, L. D. (2020). Specification curve
       analysis. Nature Human Behaviour 4.
    .. [2] Denny, M. & Spirling, A. (2018). Text preprocessing for unsupervised learning.
       Political Analysis 26.

    Examples
    --------
    >>> from syriatopics import load_seeds
    >>> found = multiverse(load_seeds(), "humanitarian", "noonpost", "alhal", n_jobs=1,
    ...                    choices={"model": ["lexicon", "terms"], "conflation": "clitics"})
    >>> len(found), found.survival.n_tested
    (12, 0)
    """
    lexicon = load_themes() if themes is None else themes
    if theme not in lexicon.ids:
        raise InputError(f"No theme {theme!r}. Themes: {known(lexicon.ids)}.")
    chosen, known_scorers = _scorers(as_choices(choices), coded, lexicon, scorers or {})
    _check(level, n_permutations, sample, n_jobs)
    scores = score_themes(corpus.passages(), themes=lexicon)
    comparison = compare_groups(scores, a, b, by, blocks)
    specifications = chosen.specifications(sample, random_state)
    frames, texts, lost = _frames(corpus, specifications, comparison)
    with unfinished_folder() as scratch:
        shared = Shared(
            frames=frames,
            texts=texts,
            comparison=comparison,
            permuted=comparison.permuted(n_permutations, random_state),
            theme=theme,
            themes=lexicon,
            scorers=known_scorers,
            level=level,
            scratch=scratch,
        )
        ground = _ground(corpus, shared, random_state)
        done = run(
            shared, specifications, ground, lost, Path(folder) if folder else None,
            _cores(n_jobs, specifications, corpus),
        )  # fmt: skip
    return assemble(
        specifications, done, comparison, theme, level, corpus.fingerprint, random_state
    )


def _cores(n_jobs: int | None, specifications: Sequence[Specification], corpus: Corpus) -> int:
    """Return how many processes are worth their start."""
    if n_jobs is not None:
        return n_jobs
    from joblib import cpu_count

    work = len({one.fit for one in specifications}) * len(corpus.passages())
    return int(cpu_count()) if work >= _WORTH else 1


def _scorers(
    chosen: Choices, coded: Codings | None, lexicon: Themes, given: Mapping[str, Scorer]
) -> tuple[Choices, dict[str, Scorer]]:
    """Return the choices with the user's own scorers among the models, and all that see the text."""
    own = {f"own:{name}": scorer for name, scorer in given.items()}
    chosen = chosen.model_copy(update={"model": tuple(dict.fromkeys((*chosen.model, *own)))})
    strange = next((m for m in chosen.model if m.startswith("own:") and m not in own), None)
    if strange is not None:
        raise InputError(f"No scorer {strange!r}: give scorers={{{strange[4:]!r}: …}}.")
    named = [name for name in chosen.model if name in READING]
    found = own | {name: scorer_of(name, coded=coded) for name in named}
    return chosen, {name: ready(scorer, lexicon) for name, scorer in found.items()}


def _check(
    level: float,
    n_permutations: int,
    sample: int | None,
    n_jobs: int | None,
) -> None:
    if not 0 < level < 1:
        raise InputError(f"level={level!r} must lie between 0 and 1.")
    if n_permutations < 0:
        raise InputError(f"n_permutations={n_permutations!r} must not be negative.")
    for name, value in (("sample", sample), ("n_jobs", n_jobs)):
        if value is not None and value < 1:
            raise InputError(f"{name}={value!r} must be 1 or more.")


def _frames(
    corpus: Corpus, specifications: Sequence[Specification], comparison: Comparison
) -> tuple[dict[tuple[str, str | int], Frame], dict[str, list[str]], dict[str, str]]:
    """Cut the corpus into passages once for each unit and each way to treat copies.

    Returns
    -------
    frames : dict of (copies, unit) to Frame
    texts : dict of copies to list of str
    lost : dict of copies to str
        Why nothing is left of the corpus.
    """
    frames, texts, lost = {}, {}, {}
    for copies in dict.fromkeys(one.copies for one in specifications):
        try:
            here = corpus if copies == "keep" else corpus.without_reprints(copies)
        except CorpusError as error:
            lost[copies] = f"copies={copies}: {error}"
            continue
        texts[copies] = list(here.passages().texts)
        own = _own(here, comparison)
        for unit in dict.fromkeys(one.unit for one in specifications):
            frames[copies, unit] = _frame(here.passages(unit), comparison, own)
    return frames, texts, lost


def _own(corpus: Corpus, comparison: Comparison) -> Bools:
    table = corpus.passages().table.drop_duplicates("article_id")
    own = pd.Series(produced(table, "own")[0], index=table["article_id"].to_numpy())
    return np.asarray(own.reindex(comparison.articles, fill_value=False), dtype=np.bool_)


def _frame(passages: Passages, comparison: Comparison, own: Bools) -> Frame:
    place = pd.Index(comparison.articles).get_indexer(passages.table["article_id"])
    n_words = np.array([len(text.split()) for text in passages.texts], dtype=np.int64)
    return Frame(passages, place.astype(np.int64), n_words, own)


def _ground(corpus: Corpus, shared: Shared, random_state: int) -> str:
    """Return a hash of all that a result rests on beside its specification."""
    said = {
        "corpus": corpus.fingerprint,
        "groups": shared.comparison.digest,
        "theme": shared.theme,
        "themes": shared.themes.model_dump(mode="json"),
        "scorers": {name: digest_of(scorer) for name, scorer in shared.scorers.items()},
        "level": shared.level,
        "permutations": [len(shared.permuted), random_state],
        "syriatopics": [__version__, package_hash()],
        "versions": [version(name) for name in _LIBRARIES],
    }
    text = json.dumps(said, sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()
