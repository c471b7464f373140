"""Statements and names of coded articles against what the instruments find in them.

A statement is what an article has somebody say: reported, or quoted outside of what is reported. A
quoted piece inside a reported statement is part of it: found or not, it counts neither way. A
statement is found where half of both texts together is in both (Jaccard ≥ .5); its speaker is right where the
words of the one name are among those of the other, or the lexicon of names makes them one person.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

import syriatopics as st
from syriatopics.arabic import key, name_index, tokenize, variant_table
from syriatopics.corpus import Passages

OVERLAP = 0.5
WHOLE = 5  # words from which a quotation is more than a picked-out term
PERIODS = ((2011, "before 2011"), (2020, "2011–2019"), (2100, "2020 and later"))
# What the coders call it, and what naming.toml does. A mention of a referent that they did not code
# (the president, the displaced) is left out; so are bodies that they coded where they liked.
HEAD = "syrian_president/head_of_regime"  # the state is named in him; where it is not coded he is left out
LABELS = {
    "S": {
        "regime": {
            "syrian_state/regime", "syrian_army/regime_forces", "syrian_army/assad_forces", HEAD,
        },
        "government": {"syrian_state/government", "syrian_state/legitimate_government", "syrian_army/government_forces"},
        "state": {"syrian_state/state"},
        "authority": {"syrian_state/authorities", "syrian_state/rule"},
        "leadership": {"syrian_state/leadership", "syrian_state/rule"},
        "officials": {"syrian_state/officials"},
        "army": {"syrian_army/*"},
        "damascus": {"damascus_metonym/actor"},
    },
    "O": {
        "opposition": {"opposition_political/*", "armed_opposition/armed_opposition"},
        "armed": {"armed_opposition/gunmen", "armed_opposition/armed_opposition"},
        "militants": {"armed_opposition/gunmen"},
        "terrorist": {"armed_opposition/terrorists", "isis/*", "nusra_hts/*"},
        "factions": {"armed_opposition/factions"},
        "rebels": {"armed_opposition/rebels", "armed_opposition/revolutionaries"},
        "revolutionaries": {"armed_opposition/revolutionaries", "armed_opposition/free_army"},
        "IS": {"isis/*"},
    },
    "C": {
        "crisis": {"conflict/crisis"},
        "conflict": {"conflict/conflict_sira", "conflict/conflict_niza"},
        "revolution": {"conflict/revolution", "conflict/uprising"},
        "events": {"conflict/events"},
        "protests": {"conflict/protests"},
        "fighting": {"conflict/war", "conflict/civil_war"},
        "war": {"conflict/war", "conflict/civil_war"},
        "unrest": {"conflict/events"},
        "violence": {"conflict/events"},
    },
}  # fmt: skip
REFERENTS = {
    "syrian_state": "S", "syrian_army": "S", "opposition_political": "O", "armed_opposition": "O",
    "isis": "O", "conflict": "C",
}  # fmt: skip
VOICES = {"own": "own", "reported": "reported", "direct": "quoted", "scare": "own"}


class Pair(NamedTuple):
    """A coded thing and a found one; either may be missing."""

    article: str
    outlet: str
    period: str
    coded: dict | None
    found: dict | None


def articles(file: Path) -> list[dict]:
    """Return the coded articles of a file of JSON lines."""
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def passages(rows: Sequence[dict]) -> Passages:
    """Return the paragraphs of coded articles, as they are marked in them."""
    table = pd.DataFrame(
        [
            (row["id"], row["outlet"], row["date"], part["start"], row["text"][part["start"] : part["end"]])
            for row in rows
            for part in row["paras"]
            if row["text"][part["start"] : part["end"]].strip()
        ],
        columns=["article_id", "outlet", "date", "start", "text"],
    )  # fmt: skip
    table["passage_id"] = [f"{r.article_id}#{r.start}" for r in table.itertuples()]
    table["end"] = table["start"] + table["text"].str.len()
    table["date"] = pd.to_datetime(table["date"]).astype("datetime64[s]")
    table["date_start"] = table["date_end"] = table["date"]
    table["date_status"], table["production"] = "printed", "unknown"
    return Passages(table)


def _placed(found: pd.DataFrame, table: pd.DataFrame) -> dict[str, list[dict]]:
    """Return what was found by article, with offsets in the article."""
    at = table.set_index("passage_id")["start"]
    by: dict[str, list[dict]] = {}
    for row in found.to_dict("records"):
        shift = int(at[row["passage_id"]])
        moved = {**row, "start": row["start"] + shift, "end": row["end"] + shift}
        by.setdefault(row["article_id"], []).append(moved)
    return by


def _period(row: dict) -> str:
    if not row["date"]:
        return "undated"
    return next(name for end, name in PERIODS if int(row["date"][:4]) < end)


def _jaccard(a: dict, b: dict) -> float:
    both = max(0, min(a["end"], b["end"]) - max(a["start"], b["start"]))
    return both / max(max(a["end"], b["end"]) - min(a["start"], b["start"]), 1)


def statements(rows: Sequence[dict]) -> list[Pair]:
    """Pair the coded statements of articles with those that are found."""
    table = passages(rows)
    found = _placed(st.quotations(table).table, table.table)
    pairs: list[Pair] = []
    for row in rows:
        coded = [{**r, "voice": "reported"} for r in row["reported"]]
        inside = [
            q for q in row["quotes"]
            if any(r["start"] - 1 <= q["start"] and q["end"] <= r["end"] + 1 for r in row["reported"])
        ]  # fmt: skip
        coded += [{**q, "voice": "quoted"} for q in row["quotes"] if q not in inside]
        mine = found.get(row["id"], [])
        pairs += _paired(row, coded, mine, inside, _jaccard)
    return pairs


def _paired(
    row: dict,
    coded: Sequence[dict],
    found: Sequence[dict],
    free: Sequence[dict],
    fit: Callable[[dict, dict], float],
) -> Iterator[Pair]:
    where = row["id"], row["outlet"], _period(row)
    fits = sorted(
        ((fit(c, f), -i, -j) for i, c in enumerate(coded) for j, f in enumerate(found)),
        reverse=True,
    )
    taken_c, taken_f = {}, set()
    for share, i, j in fits:
        if share >= OVERLAP and -i not in taken_c and -j not in taken_f:
            taken_c[-i] = -j
            taken_f.add(-j)
    for i, c in enumerate(coded):
        if i in taken_c or not c.get("optional"):
            yield Pair(*where, c, found[taken_c[i]] if i in taken_c else None)
    for j, f in enumerate(found):
        if j not in taken_f and not any(fit(c, f) >= OVERLAP for c in free):
            yield Pair(*where, None, f)


def same_speaker(pair: Pair) -> bool:
    """Say whether the speaker that was found is the coded one."""
    if pair.coded is None or pair.found is None:
        return False
    ours = _person(pair.found["speaker_resolved"] or "")
    if not ours:
        return False
    # All that the coder knew is the phrase that was found: who holds the office is not in the article.
    if _words(pair.found["speaker"]) == _words(pair.coded["resolved"]):
        return True
    for name in (pair.coded["resolved"], pair.coded["speaker"]):
        theirs = _person(name or "")
        small, large = sorted((ours, theirs), key=len)
        if small and len(small - large) <= (
            len(small) > 1 and len(small) < 4 and bool(small & large)
        ):
            return True
    return False


def _words(name: str) -> list[str]:
    words = [variant_table()(key(word)) for word in tokenize(name or "")]
    return ["ال" + word[2:] if word.startswith("لل") else word for word in words]


def _person(name: str) -> frozenset[str]:
    words = _words(name)
    known = name_index().get(" ".join(words))
    words = _words(known.ar) if known is not None else words
    return frozenset(word.removeprefix("ال") if len(word) > 4 else word for word in words)


def mentions(rows: Sequence[dict]) -> list[Pair]:
    """Pair the coded names of state, opposition and conflict with those that are found."""
    table = passages(rows)
    every = st.naming(table).mentions
    every = every.assign(kind=every["referent"] + "/" + every["label"])
    found = _placed(every, table.table)
    pairs: list[Pair] = []
    for row in rows:
        left_out = row.get("left_out", ())
        mine = [m for m in found.get(row["id"], ()) if _counts(m) and m["referent"] not in left_out]
        coded = [n for n in row["naming"] if n["label"]]
        free = [n for n in coded if n["optional"]]
        pairs += _paired(row, coded, mine, free, _same_place)
    return [pair for pair in pairs if pair.coded or pair.found["kind"] != HEAD]


def _counts(mention: dict) -> bool:
    if mention["referent"] == "damascus_metonym":
        return mention["label"] == "actor"
    return mention["referent"] in REFERENTS or mention["kind"] == HEAD


def _same_place(coded: dict, mention: dict) -> float:
    return float(coded["start"] < mention["end"] and mention["start"] < coded["end"])


def same_label(pair: Pair) -> bool:
    """Say whether what was found is the coded referent, under the coded label."""
    if pair.coded is None or pair.found is None:
        return False
    known = LABELS[pair.coded["ref"]]
    wanted = [kind for label in pair.coded["label"] for kind in known.get(label, ())]
    if not any(label in known for label in pair.coded["label"]):  # a label of its own
        wanted = [f"{ref}/*" for ref, letter in REFERENTS.items() if letter == pair.coded["ref"]]
    return bool({pair.found["kind"], f"{pair.found['referent']}/*"} & set(wanted))


def same_voice(pair: Pair) -> bool:
    """Say whether referent, label and voice are those of the coder."""
    return same_label(pair) and VOICES[pair.found["voice"]] == pair.coded["voice"]


def rates(
    pairs: Sequence[Pair], right: Callable[[Pair], bool], n: int = 2000, seed: int = 20240
) -> dict[str, tuple[float, float, float]]:
    """Return precision, recall and F1, each with the 95 % interval of a bootstrap by article."""
    names = sorted({pair.article for pair in pairs})
    counts = np.zeros((len(names), 3))
    for pair in pairs:
        at = names.index(pair.article)
        counts[at] += pair.found is not None, pair.coded is not None, right(pair)
    draws = np.random.default_rng(seed).multinomial(
        len(names), [1 / len(names)] * len(names), size=n
    )
    point, many = _rates(counts.sum(axis=0)[None]), _rates(draws @ counts)
    low, high = limits(many)
    return {
        name: (float(point[0, k]), float(low[k]), float(high[k]))
        for k, name in enumerate(("precision", "recall", "F1"))
    }


def limits(draws: np.ndarray) -> np.ndarray:
    """Return the 2.5 and 97.5 % points over draws, NaN where no draw has a value."""
    flat = pd.DataFrame(draws.reshape(len(draws), -1)).quantile([0.025, 0.975])
    return flat.to_numpy().reshape(2, *draws.shape[1:])


def _rates(counts: np.ndarray) -> np.ndarray:
    found, coded, right = counts.T
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.column_stack([right / found, right / coded, 2 * right / (found + coded)])
