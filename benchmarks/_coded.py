"""Passages of ant2018 coded by theme: how they were drawn, and how they find their text again.

Only ids, offsets, hashes, weights and codes are kept (``data/framing_coded.csv``), never text.

**Frame.** Paragraphs of 20 to 130 words in articles that name Syria at least three times; exact
copies of an article once; articles of the development set left out.
**First draw.** Strata by two lists of plain words (below), which are not the lexicon: a passage with a
word of politics, of relief, of both, of none. Within a stratum passages are drawn at random, at most
one from an article.
**Second draw.** A political settlement turned out to be the subject of one passage in thirty, so sixty
more were drawn from the passages that hold a word of it (SETTLEMENT) and one of Syria, in articles
not drawn before. Such words stand in the lexicon too: unweighted, the sample flatters its recall.
``weight`` is the inverse of the chance to be drawn, in the one draw or the other: weighted, the
sample speaks for the frame.
**Coding.** One coder, the codebook of themes.toml (definitions, inclusion and exclusion rules), two
passes; the second in another order, without sight of the first. ``first`` and ``second`` hold the
themes of each pass, separated by spaces; ``final`` what stood after the differences were read again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd

HERE = Path(__file__).parent
CODED = HERE / "data" / "framing_coded.csv"
SYRIA = r"سوري[اة]|دمشق|السوري"
POLITICS = r"دستور|انتخاب|انتقال|جنيف|تسوية|مفاوض|محادثات|مباحثات|سياسي|2254|ميستورا|رحيل|الحوار|تفاوض|السلام"
RELIEF = r"مساعدات|نازح|نزوح|لاجئ|إغاث|إنساني|مدنيين|المدنيون|مخيم|عائل|أطفال|سكان|منازل|جرحى|مرضى"
SETTLEMENT = (
    r"دستور|جنيف|ميستورا|سوتشي|(?:حل|حلا|تسوية|عملية|مسار|انتقال|انتقالا)\w* (?:ال)?(?:سياسي|سلمي)"
    r"|الانتقالي|2254|رحيل|تنحي|مصير الأسد|بقاء الأسد|محادثات السلام|مفاوضات السلام|التفاوض|الحوار"
    r"|الفيدرالي|لامركزي|انتخابات"
)
OF_SYRIA = r"سوري|الأسد|دمشق"
SECOND = 60
DRAWN = {"politics": 60, "both": 20, "relief": 40, "none": 40}
SEED = 20180301


def syria_articles(folder: Path, least: int = 3) -> pd.DataFrame:
    """Return the articles of ant2018 that name Syria `least` times, without exact copies."""
    articles = pd.read_parquet(folder / "ant2018.parquet")
    words = articles["title"].fillna("") + " " + articles["text"].fillna("")
    chosen = articles[words.str.count(SYRIA) >= least].drop_duplicates("text")
    return chosen.assign(date=pd.to_datetime(chosen["date"])).sort_values("id", ignore_index=True)


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of every paragraph of 20 to 130 words."""
    position = 0
    for line in text.split("\n"):
        start = position + len(line) - len(line.lstrip())
        if 20 <= len(line.split()) <= 130:
            yield start, position + len(line.rstrip())
        position += len(line) + 1


def digest(text: str) -> str:
    """Return the first twelve digits of the SHA-256 of a text."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def frame(folder: Path) -> pd.DataFrame:
    """Return every passage that could be drawn, with its stratum."""
    left_out = {row["article_id"] for row in development(folder)}
    articles = syria_articles(folder)
    articles = articles[~articles["id"].isin(left_out)]
    rows = [
        (article.id, start, end, article.text[start:end])
        for article in articles.itertuples()
        for start, end in paragraphs(article.text)
    ]
    table = pd.DataFrame(rows, columns=["article_id", "start", "end", "text"])
    politics = table["text"].str.contains(POLITICS)
    relief = table["text"].str.contains(RELIEF)
    table["stratum"] = np.select(
        [politics & relief, politics, relief], ["both", "politics", "relief"], "none"
    )
    return table.drop_duplicates("text", ignore_index=True)


def draw(folder: Path) -> pd.DataFrame:
    """Draw the sample: the same rows for the same corpus."""
    table = frame(folder)
    rng = np.random.default_rng(SEED)
    settlement = table["text"].str.contains(SETTLEMENT) & table["text"].str.contains(OF_SYRIA)
    chance = table["stratum"].map({s: n / (table["stratum"] == s).sum() for s, n in DRAWN.items()})
    used: set[str] = set()
    drawn = []
    for stratum, n in DRAWN.items():
        drawn.append(_one_per_article(table[table["stratum"] == stratum], n, used, rng))
    left = settlement & ~table["article_id"].isin(used)
    drawn.append(_one_per_article(table[left], SECOND, used, rng).assign(stratum="settlement"))
    chance = 1 - (1 - chance) * (1 - settlement * SECOND / left.sum())
    sample = pd.concat(drawn).sort_values(["article_id", "start"])
    weight = (1 / chance[sample.index]).round(2)
    sample = sample.assign(weight=weight, hash=sample["text"].map(digest))
    return sample.reset_index(drop=True)


def _one_per_article(
    members: pd.DataFrame, n: int, used: set[str], rng: np.random.Generator
) -> pd.DataFrame:
    shuffled = members.iloc[rng.permutation(len(members))].drop_duplicates("article_id")
    chosen = shuffled[~shuffled["article_id"].isin(used)].head(n)
    used |= set(chosen["article_id"])
    return chosen


def development(folder: Path) -> list[dict[str, object]]:
    """Return the passages of themes_dev.jsonl, coded by two others."""
    lines = (folder / "themes_dev.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def coded(folder: Path) -> pd.DataFrame:
    """Return the coded passages with their text; a passage whose text has changed is left out."""
    table = pd.read_csv(CODED, dtype=str, keep_default_na=False)
    table[["start", "end"]] = table[["start", "end"]].astype(int)
    table["weight"] = table["weight"].astype(float)
    texts = syria_articles(folder).set_index("id")["text"].reindex(table["article_id"])
    table["text"] = [
        text[start:end] if isinstance(text, str) else ""
        for text, start, end in zip(texts, table["start"], table["end"], strict=True)
    ]
    return table[table["text"].map(digest) == table["hash"]].reset_index(drop=True)
