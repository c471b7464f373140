"""What each step of preprocessing does to the vocabulary of a corpus."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from syriatopics.arabic.analyzer import ArabicAnalyzer
from syriatopics.arabic.normalize import clean, require_text

__all__ = ["vocabulary_steps"]


def vocabulary_steps(texts: Iterable[str]) -> pd.DataFrame:
    """Count different words and running words after each step.

    Parameters
    ----------
    texts : iterable of str

    Returns
    -------
    DataFrame
        Columns ``step, n_types, n_tokens``, in the order of the steps.

    Examples
    --------
    >>> vocabulary_steps(["السّوريّة السورية"])["n_types"].tolist()[:2]
    [2, 1]
    """
    texts = [require_text(text) for text in texts]
    raw = [word for text in texts for word in text.split()]
    words = [word for text in texts for word in clean(text).split()]
    analyzer = ArabicAnalyzer().fit(texts)
    plain = ArabicAnalyzer(
        conflation="none", stop_words=None, names=None, variants=False, min_length=1
    )
    named = ArabicAnalyzer(conflation="none", stop_words=None)
    stopped = ArabicAnalyzer(conflation="none")
    steps = {
        "as found, cut at spaces": raw,
        "clean text, cut at spaces": words,
        "match keys of words": [t for terms in plain.fit_transform(texts) for t in terms],
        "names as one term, variants folded": [
            t for terms in named.fit_transform(texts) for t in terms
        ],
        "stop words dropped": [t for terms in stopped.fit_transform(texts) for t in terms],
        "clitics stripped where attested": [
            t for terms in analyzer.transform(texts) for t in terms
        ],
    }
    return pd.DataFrame(
        [(step, len(set(found)), len(found)) for step, found in steps.items()],
        columns=["step", "n_types", "n_tokens"],
    )
