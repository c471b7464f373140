"""Every result that holds estimates leads back to the passages they come from, by one mechanism."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

import syriatopics as st
from syriatopics.corpus import Passages
from syriatopics.errors import InputError
from syriatopics.inference import Codings, Scores
from syriatopics.inference.behind import Behind
from syriatopics.validation.claims.evidence import search_break
from tests.making import scored

PAIR = ("humanitarian", "political_transition")


@pytest.fixture(scope="module")
def scores():
    """Two outlets over a year and a half, an article on every fourth day."""
    found = scored({"a": (0.5, 0.2), "b": (0.2, 0.2)}, n=140, per_article=2)
    number = found.passages.table["article_id"].str[1:].astype(int)
    dates = pd.Timestamp("2018-01-01") + pd.to_timedelta(4 * number, unit="D")
    table = found.passages.table.assign(date=dates.astype("datetime64[s]"), date_status="printed")
    return Scores(table=found.table, passages=Passages(table))


def corrected(scores):
    """Every passage was read, and holds what the scores say."""
    table = scores.passages.table
    sample = table[["passage_id", "article_id", "outlet", "date", "text"]]
    said = [" ".join(scores.table.columns[row > 0]) for row in scores.table.to_numpy()]
    codings = Codings(
        table=table[["passage_id", "article_id"]].assign(
            coder="one", themes=said, time="", note=""
        ),
        sample=sample.assign(stratum="all", probability=1.0),
        themes=tuple(scores.table.columns),
        labels={},
    )
    return st.corrected_shares(scores, codings, blocks="article")


ESTIMATES = {
    "Prevalence": st.prevalence,
    "pooled": lambda s: st.prevalence(s, pool=True),
    "Contrasts": st.contrasts,
    "Balance": st.balance,
    "Effects": st.inference.effects,
    "Trend": lambda s: st.trend(s, by="outlet"),
    "Trend of a balance": lambda s: st.trend(s, balance=PAIR),
    "CorrectedShares": corrected,
    "contrasts of corrected shares": lambda s: corrected(s).contrasts(),
    "Changepoints": st.changepoints,
    "EventTest": lambda s: st.event_test(s, "2018-12-10"),
    "EventStudy": lambda s: st.event_study(s, "2018-12-10"),
    "Smooth": st.smooth,
    "Interaction": lambda s: st.interaction(
        s.where((s.passages.table["date"] < "2018-10").to_numpy())
    ),
    "Decomposition": lambda s: st.decompose(s, period="Q"),
    "LeadLag": st.trends.lead_lag,
}


@pytest.mark.parametrize("kind", ESTIMATES)
def test_every_estimate_leads_to_its_passages(kind, scores):
    found = ESTIMATES[kind](scores)
    assert isinstance(found, Behind)
    behind = found.passages("humanitarian", n=4, outlet="a", since="2018-06-01", until="2018-12-31")
    table = behind.table
    assert len(table) == 4 and set(table["outlet"]) == {"a"}
    assert table["date"].between("2018-06-01", "2018-12-31").all()
    assert (scores.table.loc[table["passage_id"], "humanitarian"] == 1).all()
    with pytest.raises(InputError, match="No theme 'war' here"):
        found.passages("war")
    with pytest.raises(InputError, match="has outlet 'z'"):
        found.passages("humanitarian", outlet="z")


def test_a_claimed_break_is_held_against_days_without_it(scores):
    """The column that was asked for had been renamed: no claim of a break could be shown."""
    claim = type("Claim", (), {"outlet": None, "date": date(2018, 10, 15), "weeks": 5, "theme": "humanitarian"})()  # fmt: skip
    first, *_ = search_break(claim, scores)
    p = st.event_test(scores, "2018-10-15", weeks=5, themes=["humanitarian"]).table["p"].iloc[0]
    assert first.endswith(f"other days, {p:.1%} have a change as clear.") and np.isfinite(p)
