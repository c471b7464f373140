import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

import syriatopics as st
from syriatopics.errors import InputError, TooSmallError

words = some.sampled_from(
    [
        "سوريا",
        "روسيا",
        "المجلس",
        "والمجلس",
        "للمجلس",
        "اللاجئين",
        "لاجئين",
        "2254",
        "في",
        "من",
        "قال",
        "محادثات",
        "جنيف",
    ]
)
corpora = some.lists(some.lists(words, max_size=12).map(" ".join), min_size=1, max_size=8)


@given(corpora)
@settings(max_examples=60, deadline=None)
def test_counts_are_the_terms_of_the_analyzer(texts):
    analyzer = st.ArabicAnalyzer().fit(texts)
    terms = analyzer.transform(texts)
    if not any(terms):
        with pytest.raises(TooSmallError):
            st.count_terms(texts, analyzer, min_df=1, max_df=1.0)
        return
    dtm = st.count_terms(texts, analyzer, min_df=1, max_df=1.0)
    assert dtm.counts.sum() == sum(map(len, terms))
    assert list(np.asarray(dtm.counts.sum(axis=1)).ravel()) == list(map(len, terms))
    assert list(dtm.terms) == sorted(set(dtm.terms))


@given(corpora, some.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_fitting_does_not_depend_on_order(texts, random):
    shuffled = list(texts)
    random.shuffle(shuffled)
    one, two = st.ArabicAnalyzer().fit(texts), st.ArabicAnalyzer().fit(shuffled)
    assert one.counts_ == two.counts_
    assert one.transform(texts) == two.transform(texts)


def test_what_pruning_removed_is_said():
    with pytest.raises(TooSmallError, match="min_df=2 and max_df=0.5"):
        st.count_terms(["سوريا روسيا", "جنيف محادثات"])
    with pytest.raises(TooSmallError, match="None of the 2 passages holds a term"):
        st.count_terms(["في من", "على"])
    with pytest.raises(TooSmallError, match="no passage"):
        st.count_terms([])


def test_display_is_the_most_frequent_surface(dtm):
    assert dtm.display[st.arabic.key("مجلس")] == "المجلس"
    assert dtm.display["الولايات_المتحدة"] == "الولايات المتحدة"


def test_a_corpus_is_counted_by_its_paragraphs():
    corpus = st.load_seeds()
    whole, pieces = st.count_terms(corpus), st.count_terms(corpus.passages())
    assert (whole.counts != pieces.counts).nnz == 0 and list(whole.terms) == list(pieces.terms)
    assert st.NMF(n_topics=3).fit(corpus).table.equals(st.NMF(n_topics=3).fit(pieces).table)


def test_one_text_is_no_list_of_texts():
    with pytest.raises(InputError, match="not in one text"):
        st.count_terms("عقد المجلس جلسة حول سوريا")


@pytest.mark.parametrize("model", [st.NMF, st.LDA, st.StructuralTopics])
@pytest.mark.parametrize("n_topics", ["12", 2.5, None])
def test_a_number_of_topics_is_a_whole_number(model, n_topics):
    with pytest.raises(InputError, match="whole number"):
        model(n_topics=n_topics).fit(st.load_seeds())
