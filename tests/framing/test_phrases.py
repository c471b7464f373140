"""Phrases as units of keyness."""

from collections import Counter

import pytest

import syriatopics as st

TEXTS = [
    "زار سوق الخضار على المدينة، وعاد المدنيون",
    "طلب سوق الخضار فوق البلاد ثم عاد المدنيون",
    "رفض سوق الخضار وسوق السفر",
    "قال إن سوق الخضار على الأبواب",
    "أقر سوق الخضار أخيرا",
]


@pytest.fixture
def dtm():
    return st.framing.count_phrases(st.read_corpus(TEXTS), min_count=3, min_df=1, max_df=1.0)


def test_a_phrase_that_recurs_is_one_term_and_its_words_are_not_counted_again(dtm):
    counts = dict(zip(dtm.display.values(), dtm.counts.sum(axis=0).A1, strict=True))
    assert counts["سوق الخضار"] == 5
    assert counts["سوق"] == 1 and "الخضار" not in counts


def test_every_word_is_counted_once(dtm):
    plain = st.count_terms(st.read_corpus(TEXTS), min_df=1, max_df=1.0)
    sizes = [len(term.split(" ")) for term in dtm.terms]
    assert (dtm.counts @ sizes == plain.counts.sum(axis=1).A1).all()
    parts = Counter()
    for term, n in zip(dtm.terms, dtm.counts.sum(axis=0).A1, strict=True):
        parts.update(dict.fromkeys(term.split(" "), n))
    assert parts == dict(zip(plain.terms, plain.counts.sum(axis=0).A1, strict=True))


def test_no_phrase_reaches_across_punctuation():
    texts = [f"وصل الجيش، الحر في {city}" for city in ("حلب", "حمص", "درعا", "إدلب")]
    dtm = st.framing.count_phrases(st.read_corpus(texts), min_count=2, min_df=1, max_df=1.0)
    assert not any("جيش حر" in term for term in dtm.terms)


def test_the_lines_of_a_phrase_are_found():
    dtm = st.framing.count_phrases(st.load_seeds(), min_count=3)
    words = st.keyness(dtm, "noonpost", production="all")
    phrase = next(term for term in words.table["term"] if " " in term)
    assert len(words.kwic(phrase)) >= words.table.set_index("term").loc[phrase, "count"]


def test_impossible_sizes_are_refused():
    with pytest.raises(st.errors.InputError, match="longest=1"):
        st.framing.count_phrases(st.load_seeds(), longest=1)
