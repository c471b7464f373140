"""The tables by which the search in the browser folds words exactly as :func:`syriatopics.arabic.key`.

The script holds the steps, this module the letters: both sides read the same tables.
"""

from __future__ import annotations

from syriatopics.arabic import clean
from syriatopics.arabic.characters import DROPPED, FOLD_TABLE, ISOLATED_MARKS, KEY_TABLE, SIGNS
from syriatopics.lexicons import load

__all__ = ["folding_tables"]


def folding_tables() -> dict[str, object]:
    """Return the tables as plain values for JSON.

    Examples
    --------
    >>> folding_tables()["keys"]["ة"]
    'ه'
    """
    folds = {chr(code): letter for code, letter in FOLD_TABLE.items()}
    return {
        "dropped": DROPPED,
        "isolated": ISOLATED_MARKS,
        "folds": {**folds, **SIGNS},
        "keys": {chr(code): letter for code, letter in KEY_TABLE.items()},
        "ownArticle": sorted(map(clean, load("clitics").article.words)),
    }
