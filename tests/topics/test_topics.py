import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score

import syriatopics as st
from syriatopics.corpus import Passages
from syriatopics.errors import InputError, ModelError, TooSmallError
from syriatopics.topics.fitted import assemble

GROUPS = [
    "مساعدات إغاثة نازحين لاجئين مخيم غذاء دواء معبر قافلة",
    "محادثات دستور انتقال انتخابات مبعوث جنيف تسوية مفاوضات حكومة",
    "غارة قصف جيش هدنة معركة صاروخ طائرة جبهة فصائل",
]


@pytest.fixture(scope="module")
def planted():
    rng = np.random.default_rng(5)
    truth = rng.integers(0, 3, 150)
    texts = [" ".join(rng.choice(GROUPS[g].split(), 14)) for g in truth]
    return texts, truth


@pytest.fixture(scope="module")
def fitted(dtm):
    return st.NMF(n_topics=5, random_state=7).fit(dtm)


def test_rows_sum_to_one(fitted):
    theta = fitted.theta[~np.isnan(fitted.theta).any(axis=1)]
    assert np.allclose(theta.sum(axis=1), 1)
    assert np.allclose(fitted.phi.sum(axis=1), 1)
    assert fitted.phi.shape == (5, len(fitted.terms))
    assert len(fitted.documents) == len(fitted.theta)


def test_topics_are_numbered_by_share(fitted):
    assert fitted.table["share"].is_monotonic_decreasing
    assert fitted.table["share"].sum() == pytest.approx(1)


@pytest.mark.parametrize("model", [st.NMF(n_topics=3)])
def test_planted_topics_are_found(planted, model):
    texts, truth = planted
    found = model.fit(st.count_terms(texts, max_df=1.0)).theta.argmax(axis=1)
    assert adjusted_rand_score(truth, found) >= 0.9


def test_shuffled_passages_give_the_same_topics(planted):
    texts, _ = planted
    order = np.random.default_rng(0).permutation(len(texts))
    one = st.NMF(n_topics=3).fit(st.count_terms(texts, max_df=1.0))
    two = st.NMF(n_topics=3).fit(st.count_terms([texts[i] for i in order], max_df=1.0))
    assert one.table["words"].tolist() == two.table["words"].tolist()
    assert np.allclose(one.theta[order], two.theta, atol=1e-3)


def test_passages_behind_a_topic_are_of_different_articles(fitted):
    found = fitted.passages(0, n=4)
    assert found.table["article_id"].is_unique
    with pytest.raises(InputError, match="Topics here: 0 to 4"):
        fitted.passages(9)


def test_quality_is_in_its_bounds(fitted):
    quality = fitted.quality()
    assert quality.table["coherence"].between(-1, 1).all()
    assert quality.table["exclusivity"].between(0, 1).all()
    assert 0 < quality.diversity <= 1


def test_coherence_of_words_that_always_meet_is_one():
    texts = ["سوريا روسيا", "سوريا روسيا", "جنيف محادثات", "جنيف محادثات"]
    topics = st.NMF(n_topics=2).fit(st.count_terms(texts))
    assert topics.quality(n_terms=2).coherence == pytest.approx(1)


def test_a_passage_without_terms_has_no_topics():
    texts = ["سوريا روسيا", "سوريا روسيا", "جنيف محادثات", "جنيف محادثات", "في من"]
    topics = st.NMF(n_topics=2).fit(st.count_terms(texts))
    assert np.isnan(topics.theta[4]).all()
    assert any("no topics" in note for note in topics.notes)


@pytest.mark.parametrize(("n", "error"), [(1, InputError), (500, TooSmallError)])
def test_impossible_numbers_of_topics(dtm, n, error):
    with pytest.raises(error, match=str(n)):
        st.NMF(n_topics=n).fit(dtm)


def test_topics_without_arabic_letters_are_an_error(planted):
    years = " ".join(str(year) for year in range(2001, 2013))
    dtm = st.count_terms([*planted[0], years, years], max_df=1.0)
    numbers = np.array([term.isdigit() for term in dtm.terms], dtype=float)
    theta = np.ones((dtm.shape[0], 2))
    with pytest.raises(ModelError, match="no word of topic 0 has an Arabic letter"):
        assemble(theta, np.stack([numbers, 1 - numbers]), dtm, "a model")


def test_too_few_passages_name_the_alternative():
    dtm = st.count_terms(["سوريا روسيا", "سوريا روسيا", "جنيف محادثات", "جنيف محادثات"])
    with pytest.raises(TooSmallError, match="NMF"):
        st.EmbeddingTopics(n_topics=2).fit(dtm)


def test_embeddings_of_the_wrong_shape_or_with_holes(dtm):
    with pytest.raises(InputError, match="one row each"):
        st.EmbeddingTopics(embeddings=np.zeros((3, 4))).fit(dtm)
    holes = np.zeros((dtm.shape[0], 4))
    holes[7, 1] = np.nan
    with pytest.raises(InputError, match="first in row 7"):
        st.EmbeddingTopics(embeddings=holes).fit(dtm)


@pytest.mark.slow
def test_embedding_topics_on_the_seeds(dtm):
    one, two = (st.EmbeddingTopics(n_topics=4, random_state=3).fit(dtm) for _ in range(2))
    assert np.array_equal(one.theta, two.theta, equal_nan=True)
    assert np.array_equal(one.phi, two.phi)
    assert any("k-means" in note for note in one.notes)
    assert len(one.top_terms(5)) == 20


@pytest.mark.slow
def test_embedding_topics_find_planted_topics(planted):
    texts, truth = planted
    found = (
        st.EmbeddingTopics(n_topics=3).fit(st.count_terms(texts, max_df=1.0)).theta.argmax(axis=1)
    )
    assert adjusted_rand_score(truth, found) >= 0.9


def test_results_keep_their_passages(fitted):
    assert isinstance(fitted.passages(1), Passages)
