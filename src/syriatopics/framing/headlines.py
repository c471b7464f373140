"""Headlines of one event: who names the agent, by which label, and on what theme."""

from __future__ import annotations

import pandas as pd

from syriatopics.corpus import Corpus
from syriatopics.framing.agents import agents
from syriatopics.framing.naming.mentions import mention_table
from syriatopics.framing.themes import theme_hits

__all__ = ["headlines_of"]

COLUMNS = (
    "event", "article_id", "outlet", "date", "headline", "act", "agent", "named", "labels", "themes",
)  # fmt: skip


def headlines_of(corpus: Corpus, matched: pd.DataFrame) -> pd.DataFrame:
    """Return what each headline of an event says of act, agent, names and themes.

    Parameters
    ----------
    corpus : Corpus
    matched : DataFrame
        Of :class:`syriatopics.framing.MatchedEvents`.

    Returns
    -------
    DataFrame
        ``event, article_id, outlet, date, headline, act, agent, named, labels, themes``, a row per article
        that has a headline. `named` is missing where the headline tells no act of violence; `labels` are
        those of referents, as ``referent/label``, `themes` those with a word that is not weak.
    """
    if not len(matched):
        return pd.DataFrame(columns=list(COLUMNS))
    held = corpus.passages(part="headline")
    held = held.where(held.table["article_id"].isin(matched["article_id"]).to_numpy()).loaded()
    acts = (
        agents(held, production="all")
        .mentions.drop_duplicates("passage_id")
        .set_index("passage_id")
    )
    names = mention_table(held)
    labels = (names["referent"] + "/" + names["label"]).groupby(names["passage_id"])
    said = labels.agg(lambda found: ", ".join(dict.fromkeys(found)))
    texts, ids = held.table["text"], held.table["passage_id"]
    themes = [
        ", ".join(dict.fromkeys(hit.theme for hit in theme_hits(text) if not hit.weak))
        for text in texts
    ]
    rows = pd.DataFrame(
        {
            "article_id": held.table["article_id"],
            "headline": texts,
            "act": ids.map(acts["act"]).fillna(""),
            "agent": ids.map(acts["agent"]).fillna(""),
            "named": ids.map(acts["named"]).astype("boolean"),
            "labels": ids.map(said).fillna(""),
            "themes": themes,
        }
    ).drop_duplicates("article_id")
    found = matched[["event", "article_id", "outlet", "date"]].merge(rows, on="article_id")
    return found[list(COLUMNS)]
