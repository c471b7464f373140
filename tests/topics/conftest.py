"""Texts whose topics are known, and the models that should find them."""

import numpy as np
import pandas as pd
import pytest

import syriatopics as st
from syriatopics.corpus import Passages

GROUPS = [
    "مساعدات إغاثة نازحين لاجئين مخيم غذاء دواء معبر قافلة",
    "محادثات دستور انتقال انتخابات مبعوث جنيف تسوية مفاوضات حكومة",
    "غارة قصف جيش هدنة معركة صاروخ طائرة جبهة فصائل",
]
WORDS = {"aid": ["مساعدات", "نازحين"], "talks": ["دستور", "جنيف"], "war": ["غارة", "جيش"]}

MODELS = {
    "NMF": st.NMF(n_topics=3),
    "NMF in batches": st.NMF(n_topics=3, batches=True),
    "LDA": st.LDA(n_topics=3, alpha=0.1, eta=0.01),
    "LDA in batches": st.LDA(n_topics=3, batches=True, max_iter=40),
    "StructuralTopics": st.StructuralTopics(n_topics=3, formula="~ outlet"),
    "KeywordTopics": st.KeywordTopics(keywords=WORDS, n_other=0, max_iter=200),
}
SLOW_MODELS = {"EmbeddingTopics": st.EmbeddingTopics(n_topics=3)}


def make_passages(texts, outlets, dates=None):
    n = len(texts)
    table = pd.DataFrame({"text": texts, "outlet": outlets})
    table["passage_id"] = [f"a{i // 2:03d}:{i % 2:03d}" for i in range(n)]
    table["article_id"] = [f"a{i // 2:03d}" for i in range(n)]
    days = pd.date_range("2024-01-01", periods=n, freq="D") if dates is None else dates
    for column in ("date", "date_start", "date_end"):
        table[column] = pd.Series(days).astype("datetime64[s]")
    table["date_status"] = "printed"
    table["start"], table["end"] = 0, table["text"].str.len()
    return Passages(table)


@pytest.fixture(scope="session")
def passages_of():
    """Return what makes passages of texts and outlets, two to an article."""
    return make_passages


@pytest.fixture(scope="session")
def words():
    """Return some words of each planted topic."""
    return WORDS


@pytest.fixture(scope="session")
def specs():
    """Return every model, as it is fitted on the planted passages."""
    return {**MODELS, **SLOW_MODELS}


@pytest.fixture(scope="session")
def planted():
    """Return passages of three topics, and which of them each is of; amad writes of aid more."""
    rng = np.random.default_rng(5)
    outlets = np.repeat(rng.choice(["amad", "noonpost"], 75), 2)
    truth = np.array(
        [rng.choice(3, p=[0.6, 0.2, 0.2] if o == "amad" else [0.2, 0.4, 0.4]) for o in outlets]
    )
    texts = [" ".join(rng.choice(GROUPS[g].split(), 14)) for g in truth]
    return make_passages(texts, outlets), truth


@pytest.fixture(scope="session")
def counted(planted):
    return st.count_terms(planted[0], max_df=1.0)


@pytest.fixture(scope="session")
def fitted(dtm):
    return st.NMF(n_topics=5, random_state=7).fit(dtm)


@pytest.fixture(scope="session")
def planted_fits(counted):
    """Return every quick model, fitted on the planted passages."""
    return {name: model.fit(counted) for name, model in MODELS.items()}
