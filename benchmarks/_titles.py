"""Sixty headlines, coded before the program was run on them: themes, names and agents found in them.

Drawn at random (seed 16010) from the different titles of articles of ant2018 that name Syria three times. A language model
that knew rules and lexicons coded each title by itself (``data/framing_titles.csv``: ids and codes, no text): themes; names
of state, opposition and conflict, as in the other sets; of titles that tell an act of violence, whether its agent is
named or dropped. Limits are 2,000 draws of titles.
"""

import pandas as pd

from benchmarks._agreement import LABELS, REFERENTS, Pair, passages, rates
from benchmarks._codings import LEFT_OUT
from benchmarks._data import table
from benchmarks.framing_themes import CODES
from syriatopics.framing import agents, naming
from syriatopics.framing.themes import compiled

FILE = "benchmarks/data/framing_titles.csv"


def _kinds(code):
    """Return what the program may call a coded name."""
    letter, label = code.split("/")
    return LABELS[letter][label]


def _names(found):
    """Return the names of a title, those that the coders leave out without."""
    return {
        f"{one.referent}/{one.label}"
        for one in found.itertuples()
        if one.referent in REFERENTS and one.referent not in LEFT_OUT
    }


def _paired(title, coded, found, same):
    """Yield what is coded of a title beside what is found in it; each counts once."""
    left = set(found)
    for code in sorted(coded):
        match = next((one for one in sorted(left) if same(code, one)), None)
        left.discard(match)
        yield Pair(title, "", "", {"code": code}, match and {"code": match})
    for one in sorted(left):
        yield Pair(title, "", "", None, {"code": one})


def pairs(articles):
    """Return the pairs of themes, names and agents of the coded titles."""
    coded = pd.read_csv(FILE, keep_default_na=False)
    rows = []
    for name in coded["article"]:
        known, title = articles.loc[name], articles.loc[name, "title"]
        row = {"id": name, "outlet": known["outlet"], "date": str(known["date"])[:10]}
        rows.append(row | {"text": title, "paras": [{"start": 0, "end": len(title)}]})
    held = passages(rows)
    names = dict(iter(naming(held, production="all").mentions.groupby("article_id")))
    acts = agents(held, production="all").mentions.groupby("article_id")["named"].any()
    lexicon = compiled()
    scores = lexicon.scores([row["text"] for row in rows]) >= 0.5
    found = {"themes": [], "names": [], "act of violence": [], "agent named or dropped": []}
    for one, score in zip(coded.itertuples(), scores, strict=True):
        said = {name for name, hit in zip(lexicon.themes.ids, score, strict=True) if hit}
        said &= set(CODES.values())
        wanted = {CODES[code] for code in one.themes.split()}
        found["themes"] += _paired(one.article, wanted, said, str.__eq__)
        mine = _names(names[one.article]) if one.article in names else set()
        found["names"] += _paired(one.article, one.names.split(), mine, _is_called)
        act = {"named" if acts[one.article] else "dropped"} if one.article in acts else set()
        wanted = {one.agent} - {""}
        found["act of violence"] += _paired(one.article, wanted, act, lambda *_: True)
        found["agent named or dropped"] += _paired(one.article, wanted, act, str.__eq__)
    return found


def _is_called(code, kind):
    return kind in _kinds(code) or f"{kind.split('/')[0]}/*" in _kinds(code)


def sections(articles):
    """Return the section of the page on headlines."""
    rows = []
    for name, mine in pairs(articles).items():
        figures = rates(mine, lambda pair: pair.coded is not None and pair.found is not None)
        shown = [f"{point:.2f} ({low:.2f}–{high:.2f})" for point, low, high in figures.values()]
        rows.append((name, sum(pair.coded is not None for pair in mine), *shown))
    head = ("instrument", "coded", "precision", "recall", "F1")
    return ["## Sixty headlines", __doc__.split("\n\n", 1)[1].strip(), table(head, rows)]
