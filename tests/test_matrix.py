import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from sklearn.base import clone
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.pipeline import make_pipeline

import syriatopics as st
from syriatopics.errors import TooSmallError

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


def test_the_analyzer_is_at_home_in_scikit_learn(passages):
    analyzer = st.ArabicAnalyzer(conflation="none").fit(passages.texts)
    copy = clone(analyzer)
    assert copy.get_params() == analyzer.get_params()
    assert not hasattr(copy, "counts_")
    vectorizer = CountVectorizer(analyzer=analyzer.vocabulary_analyzer())
    counts = clone(make_pipeline(vectorizer)).fit_transform(passages.texts)
    assert counts.sum() == sum(map(len, analyzer.transform(passages.texts)))


def test_a_saved_analyzer_gives_the_same_terms(passages, tmp_path):
    analyzer = st.ArabicAnalyzer(ngram_range=(1, 2)).fit(passages.texts)
    analyzer.save(tmp_path / "a.json")
    loaded = st.ArabicAnalyzer.load(tmp_path / "a.json")
    assert loaded.transform(passages.texts) == analyzer.transform(passages.texts)
    (tmp_path / "b.json").write_text("{}", encoding="utf-8")
    with pytest.raises(st.errors.InputError, match="no saved ArabicAnalyzer"):
        st.ArabicAnalyzer.load(tmp_path / "b.json")


@pytest.mark.parametrize("conflation", ["clitics", "light", "none", "snowball"])
def test_an_analyzer_and_its_reader_can_be_sent_to_another_process(passages, conflation):
    import pickle

    analyzer = st.ArabicAnalyzer(conflation=conflation).fit(passages.texts)
    terms = analyzer.transform(passages.texts)
    assert pickle.loads(pickle.dumps(analyzer)).transform(passages.texts) == terms
    reader = pickle.loads(pickle.dumps(analyzer.vocabulary_analyzer()))
    assert [reader(text) for text in passages.texts] == terms


def test_own_lexicons_go_on_top(tmp_path):
    head = 'version = 1\nabout = "mine"\n'
    names, stops, variants = (tmp_path / f"{n}.toml" for n in ("names", "stops", "variants"))
    names.write_text(
        head + '[[name]]\nar = "شارع النيل"\nen = "Nile Street"\nkind = "place"\n', "utf-8"
    )
    stops.write_text(head + '[[group]]\nname = "mine"\nwords = ["محادثات"]\n', "utf-8")
    variants.write_text(head + '[[variant]]\nform = "حلب"\nalso = ["ألبو"]\n', "utf-8")
    analyzer = st.ArabicAnalyzer(names=names, stop_words=stops, variants=str(variants))
    analyzer.fit(["سوريا"])
    assert analyzer("محادثات شارع النيل مجلس الأمن في ألبو") == ["شارع_النيل", "مجلس_الأمن", "حلب"]


@pytest.mark.parametrize("options", [{"conflation": "roots"}, {"stop_words": "arabic"}])
def test_unknown_options_name_the_choices(options):
    with pytest.raises(st.errors.InputError, match="Choices"):
        st.ArabicAnalyzer(**options).fit(["سوريا"])


def test_ngrams_stop_at_punctuation():
    analyzer = st.ArabicAnalyzer(ngram_range=(2, 2), names=None).fit(["سوريا روسيا. جنيف"])
    assert analyzer("سوريا روسيا. جنيف") == ["سوريا روسيا"]
