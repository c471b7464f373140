"""Kinds of fault that others have reported of topic tools, tried here; the texts were made for this test."""

import numpy as np
import pandas as pd
import pytest
from making import make

import syriatopics as st
from syriatopics.errors import SyriaTopicsError

AID = "وصلت شاحنات القمح إلى مطاحن حماة وأفران حمص"
WAR = "قصفت المدفعية أطراف إدلب وسقط جرحى من الحي"
EMPTY = ["ثم إن هذا هو ما كان من قبل", "2018 - 14:30", "CNN live http://cnn.com/x", "…"]


@pytest.fixture(scope="module")
def mixed():
    """Passages of two kinds, with texts of nothing, digits and Latin letters between them."""
    texts = [text for n in range(26) for text in (f"{AID} {n} Covid-19 OPEC", f"{WAR} 254 UN")]
    texts[5:5] = EMPTY
    days = pd.date_range("2018-01-01", periods=len(texts)).strftime("%Y-%m-%d")
    rows = [(f"a{n:02d}", "x" if n % 2 else "y", text) for n, text in enumerate(texts)]
    return type(make(*rows))(
        make(*rows).table.assign(
            **{c: pd.to_datetime(days) for c in ("date", "date_start", "date_end")}
        )
    )


def test_passages_without_a_term_keep_their_rows(mixed):
    """Dropped in silence, they put θ beside the metadata of others (stm 291, quanteda 696, tidytext 173)."""
    topics = st.NMF(n_topics=2).fit(mixed)
    assert topics.documents["passage_id"].tolist() == mixed.table["passage_id"].tolist()
    nothing = np.isnan(topics.theta).all(axis=1)
    assert nothing.nonzero()[0].tolist() == list(range(5, 5 + len(EMPTY)))
    strongest = np.nan_to_num(topics.theta).argmax(axis=1)
    kinds = ["القمح" in text for text in mixed.texts]
    assert len({(k, s) for k, s, e in zip(kinds, strongest, nothing, strict=True) if not e}) == 2
    assert any(f"{len(EMPTY)} passages" in note for note in topics.notes)


def test_an_empty_text_gets_no_topic(mixed):
    """A tool gave one to it (BERTopic 297)."""
    topics = st.NMF(n_topics=2).fit(mixed)
    assert np.isnan(topics.transform(["", "  ", "والتي من"])).all()


@pytest.mark.parametrize(
    "model", [st.NMF(n_topics=2), st.LDA(n_topics=2), st.EmbeddingTopics(n_topics=2)]
)
def test_words_of_topics_are_arabic_words(mixed, model):
    """Topics of Arabic news were named by digits and Latin letters, or by nothing (BERTopic 1623, 22, 708, 405)."""
    topics = model.fit(mixed)
    words = [word for row in topics.table["words"] for word in row.split("، ")]
    assert len(words) >= 8 and np.isfinite(topics.phi).all()
    assert all(word.replace(" ", "").isalpha() and not word.isascii() for word in words), words
    assert not {"من", "إلى", "هذا", "ثم"} & set(words)
    # Words of three letters stay (stm 260).
    assert {"حمص", "الحي"} & set(topics.dtm.display.values())


def test_stop_words_alone_are_one_line():
    """A vocabulary of nothing was a traceback (BERTopic 897)."""
    with pytest.raises(SyriaTopicsError) as error:
        st.NMF(n_topics=2).fit(make("إن هذا من", "ثم كان ما"))
    assert "\n" not in str(error.value)


def test_vowel_marks_hide_no_stop_word():
    """أنه was on no list, and marks hid the others (stopwords-ar 2, quanteda 937)."""
    terms = st.count_terms(["قال إنَّهُ أنّه أَنَّهُ ثُمَّ القمح", "إِنَّه القمح"], min_df=1, max_df=1.0).terms
    assert set(terms) <= {"قمح", "قال"}


def test_a_line_of_two_directions_is_cut_where_it_is(mixed):
    """Latin letters in a line turned the order of what stands around a word (quanteda 1307)."""
    found = st.kwic(make("زار OPEC وفد Aramco القمح حمص UN"), "القمح").table.iloc[0]
    assert (found["left"].split()[-1], found["right"].split()[0]) == ("Aramco", "حمص")


def test_periods_of_one_article_have_words(mixed):
    """Slices of one text each failed, or gave every slice the same words (gensim 2462, 1602)."""
    moving = st.DynamicTopics(n_topics=2, period="D").fit(mixed)
    assert np.isfinite(moving.phi).all() and len(moving.periods) == len(mixed)
    assert np.ptp(moving.phi, axis=0).max() > 0
