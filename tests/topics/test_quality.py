import numpy as np
import pytest

import syriatopics as st
from syriatopics.errors import InputError, TooSmallError
from syriatopics.topics.coherence import c_v, meetings_in_passages, meetings_in_windows, npmi


def test_quality_is_in_its_bounds(fitted):
    quality = fitted.quality()
    assert quality.table["coherence"].between(-1, 1).all()
    assert quality.table["c_v"].between(0, 1).all()
    assert quality.table["exclusivity"].between(0, 1).all()
    assert 0 < quality.diversity <= 1
    assert quality.plot() is not None


def test_coherence_of_words_that_always_meet_is_one():
    texts = ["سوريا روسيا", "سوريا روسيا", "جنيف محادثات", "جنيف محادثات"]
    quality = st.NMF(n_topics=2).fit(st.count_terms(texts)).quality(n_terms=2)
    assert quality.coherence == pytest.approx(1)
    assert quality.c_v == pytest.approx(1)


def test_npmi_by_hand():
    dtm = st.count_terms(["سوريا روسيا", "سوريا", "روسيا", "جنيف"], min_df=1, max_df=1.0)
    words = np.array([i for i, t in enumerate(dtm.terms) if t in {"سوريا", "روسيا"}])
    found = npmi(meetings_in_passages(dtm.counts, words), words)
    assert found == pytest.approx(np.log(0.25 / 0.25) / -np.log(0.25))


def test_a_reference_corpus_takes_the_place_of_the_own(fitted, passages):
    own = fitted.quality()
    same = fitted.quality(reference=passages)
    assert same.table.equals(own.table)
    other = fitted.quality(reference=["سوريا روسيا", "جنيف"])
    assert other.coherence < own.coherence
    assert any("reference corpus of 2 passages" in note for note in other.notes)


def test_coherence_is_that_of_gensim(passages):
    # In texts longer than a window gensim forgets words that stand in it twice.
    corpora = pytest.importorskip("gensim.corpora")
    from gensim.models import CoherenceModel

    dtm = st.count_terms(passages, min_df=1, max_df=1.0)
    common = dtm.frequent(60)["term"].tolist()
    topics = [common[n : n + 10] for n in range(0, 60, 10)]
    tokens = dtm.analyzer.transform(passages.texts)
    book = corpora.Dictionary(tokens)
    theirs = CoherenceModel(
        topics=topics, texts=tokens, dictionary=book, coherence="c_v", processes=1
    ).get_coherence_per_topic()
    place = {term: n for n, term in enumerate(dtm.terms)}
    columns = [np.array([place[term] for term in topic]) for topic in topics]
    meetings = meetings_in_windows(dtm, np.concatenate(columns))
    assert [c_v(meetings, words) for words in columns] == pytest.approx(theirs, abs=1e-6)


def test_windows_slide_over_long_texts(seeds):
    dtm = st.count_terms(seeds.passages("article"), min_df=1, max_df=1.0)
    tokens = dtm.analyzer.transform(dtm.passages.texts)
    windows = [
        set(text[start : start + 110])
        for text in tokens
        for start in range(max(len(text) - 110 + 1, 1))
    ]
    assert len(windows) > len(tokens)
    words = np.arange(0, dtm.shape[1], 40)
    found = meetings_in_windows(dtm, words).together
    for i, one in enumerate(dtm.terms[words]):
        for j, two in enumerate(dtm.terms[words]):
            together = sum(one in window and two in window for window in windows)
            assert found[i, j] == pytest.approx(together / len(windows))


def test_windows_cut_into_parts_count_the_same(seeds, monkeypatch):
    dtm = st.count_terms(seeds.passages("article"), min_df=1, max_df=1.0)
    words = np.arange(0, dtm.shape[1], 7)
    whole = meetings_in_windows(dtm, words).together
    monkeypatch.setattr("syriatopics.topics.coherence._CHUNK", 50)
    assert np.allclose(meetings_in_windows(dtm, words).together, whole)


def test_held_out_likelihood_knows_the_planted_number(counted):
    one, three = (
        st.topics.held_out(st.LDA(n_topics=k, alpha=0.1, eta=0.01), counted) for k in (2, 3)
    )
    uniform = -np.log(counted.shape[1])
    assert uniform < one < three < 0
    assert three > -np.log(9) - 0.4  # nine words a topic
    assert st.topics.held_out(st.NMF(n_topics=3), counted) == pytest.approx(three, abs=0.2)


def test_planted_topics_are_stable_and_too_many_are_not(counted):
    three = st.measure_stability(st.NMF(n_topics=3), counted, n_resamples=3, n_seeds=2)
    nine = st.measure_stability(st.NMF(n_topics=9), counted, n_resamples=3, n_seeds=0)
    assert three.articles > 0.98
    assert three.seeds > 0.98
    assert nine.articles < three.articles
    assert np.isnan(nine.seeds)
    assert (three.table["articles_lowest"] <= three.table["articles"] + 1e-12).all()
    assert three.plot() is not None
    with pytest.raises(TooSmallError, match="leaves nothing"):
        st.measure_stability(st.NMF(n_topics=3), counted, share=1.0)


def test_a_model_is_aligned_with_itself(fitted, counted):
    from syriatopics.topics import align

    pairs = align(fitted, fitted)
    assert pairs["topic"].tolist() == pairs["partner"].tolist()
    assert pairs["likeness"].to_numpy() == pytest.approx(1)
    with pytest.raises(InputError, match="one vocabulary"):
        align(fitted, st.NMF(n_topics=3).fit(counted))


def test_search_suggests_the_planted_number_with_its_reason(counted):
    found = st.search_topics(counted, [2, 3, 6, 9], n_resamples=2)
    columns = ["n_topics", "coherence", "c_v", "exclusivity", "diversity", "stability", "held_out"]
    assert list(found.table.columns) == [*columns, "score"]
    assert found.best == 3
    assert found.reason.startswith("K = 3")
    assert found.reason in found.notes
    assert found.plot() is not None
    with pytest.raises(InputError, match="at least two"):
        st.search_topics(counted, [4])


def test_models_are_compared_on_the_same_counts(counted):
    models = [st.NMF(n_topics=3), st.LDA(n_topics=3, alpha=0.1, eta=0.01)]
    found = st.topics.compare_models(models, counted, n_resamples=1)
    assert found.table["like_first"][0] == pytest.approx(1)
    assert found.table["like_first"][1] > 0.9
    assert found.plot() is not None
    with pytest.raises(InputError, match="at least one"):
        st.topics.compare_models([], counted)
