"""The estimator: scikit-learn's contract, and what each option does."""

import pickle
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer
from sklearn.pipeline import make_pipeline

import syriatopics as st
from syriatopics.arabic import clean, tokenize
from syriatopics.errors import InputError

CONFLATIONS = ["clitics", "words", "none", "snowball"]


@pytest.fixture(scope="module")
def passages():
    return st.load_seeds().passages()


@pytest.fixture(scope="module", params=CONFLATIONS)
def fitted(request, passages):
    return st.ArabicAnalyzer(conflation=request.param).fit(passages.texts)


# ---- the contract of an estimator, on texts ----------------------------------------------


def test_options_are_kept_as_given_and_can_be_set():
    options = {
        "conflation": "words",
        "learn_names": True,
        "stop_words": ["قال"],
        "stop_groups": None,
        "names": None,
        "newsroom": None,
        "variants": False,
        "exceptions": None,
        "min_length": 3,
        "min_digits": None,
        "ngram_range": (1, 2),
        "morphology": None,
    }
    analyzer = st.ArabicAnalyzer(**options)
    assert analyzer.get_params() == options
    assert st.ArabicAnalyzer().set_params(**options).get_params() == options
    with pytest.raises(ValueError, match="Invalid parameter 'stemmer'"):
        analyzer.set_params(stemmer="x")


def test_a_clone_has_the_options_and_nothing_learned(fitted):
    copy = clone(fitted)
    assert copy.get_params() == fitted.get_params()
    assert not hasattr(copy, "counts_")
    with pytest.raises(NotFittedError):
        copy.transform(["سوريا"])


def test_fitting_returns_itself_changes_no_option_and_forgets_what_was(passages):
    analyzer = st.ArabicAnalyzer()
    before = analyzer.get_params()
    assert analyzer.fit(passages.texts) is analyzer
    assert analyzer.get_params() == before
    once = st.ArabicAnalyzer().fit(passages.texts[:5]).counts_
    assert analyzer.fit(passages.texts[:5]).counts_ == once


def test_the_order_of_texts_is_nothing(fitted, passages):
    shuffled = list(passages.texts)
    random.Random(3).shuffle(shuffled)
    other = clone(fitted).fit(shuffled)
    assert other.counts_ == fitted.counts_
    assert other.transform(passages.texts) == fitted.transform(passages.texts)


def test_fit_transform_is_fit_and_transform(fitted, passages):
    assert clone(fitted).fit_transform(passages.texts) == fitted.transform(passages.texts)
    assert len(fitted.transform(passages.texts[:7])) == 7
    assert fitted.transform([]) == []


def test_unfitted_it_warns_and_applies_the_rules():
    with pytest.warns(UserWarning, match="not fitted"):
        assert st.ArabicAnalyzer()("مجلس الأمن في سوريا") == ["مجلس_الأمن", "سوريا"]


def test_in_a_pipeline_and_in_a_vectorizer(fitted, passages):
    vectorizer = CountVectorizer(analyzer=fitted.vocabulary_analyzer())
    counts = clone(make_pipeline(vectorizer)).fit_transform(passages.texts)
    assert counts.sum() == sum(map(len, fitted.transform(passages.texts)))
    weighted = make_pipeline(clone(vectorizer), TfidfTransformer()).fit_transform(passages.texts)
    assert weighted.shape == counts.shape


def test_in_bertopics_vectorizer_the_words_are_ours(passages):
    analyzer = st.ArabicAnalyzer().fit(passages.texts)
    vectorizer = clone(CountVectorizer(analyzer=analyzer.vocabulary_analyzer()))
    vectorizer.fit(passages.texts)
    assert "الأمم_المتحدة" in vectorizer.vocabulary_


def test_it_says_that_it_takes_text():
    tags = st.ArabicAnalyzer().__sklearn_tags__()
    assert tags.input_tags.string
    assert not tags.input_tags.two_d_array


def test_it_can_be_sent_to_another_process(fitted, passages):
    terms = fitted.transform(passages.texts)
    assert pickle.loads(pickle.dumps(fitted)).transform(passages.texts) == terms
    reader = pickle.loads(pickle.dumps(fitted.vocabulary_analyzer()))
    assert [reader(text) for text in passages.texts] == terms


def test_saved_and_loaded_it_gives_the_same_terms(fitted, passages, tmp_path):
    fitted.save(tmp_path / "a.json")
    loaded = st.ArabicAnalyzer.load(tmp_path / "a.json")
    assert loaded.get_params() == fitted.get_params()
    assert loaded.transform(passages.texts) == fitted.transform(passages.texts)
    assert loaded.describe() == fitted.describe()


@pytest.mark.parametrize("content", ["{}", "[]", "not json", '{"format": "other"}'])
def test_a_foreign_file_is_refused(tmp_path, content):
    (tmp_path / "b.json").write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match="no saved ArabicAnalyzer"):
        st.ArabicAnalyzer.load(tmp_path / "b.json")


# ---- what the options do --------------------------------------------------------------------

TEXTS = [
    "كتبت الصحيفة عن المدينة وعن مدينة حلب",
    "مدينتهم حلب، والمدينة القديمة",
    "قال للمدينة ما قال",
]


@pytest.mark.parametrize(
    ("conflation", "terms"),
    [
        ("none", ["المدينه", "والمدينه", "للمدينه"]),
        ("clitics", ["مدينه", "مدينه", "مدينه"]),
        ("words", ["مدينه", "مدينه", "مدينه"]),
    ],
)
def test_conflation(conflation, terms):
    analyzer = st.ArabicAnalyzer(conflation=conflation).fit(TEXTS)
    assert analyzer("المدينة والمدينة للمدينة") == terms


def test_light_takes_an_attested_ending_too():
    analyzer = st.ArabicAnalyzer(conflation="words").fit(TEXTS)
    assert analyzer("مدينتهم") == analyzer("مدينة")


@pytest.mark.parametrize("options", [{"conflation": "roots"}, {"stop_words": "arabic"}])
def test_unknown_options_name_the_choices(options):
    with pytest.raises(InputError, match="Choices"):
        st.ArabicAnalyzer(**options).fit(["سوريا"])


def test_stop_words():
    text = "غير أن المجلس قال إلى روسيا"
    assert "غير" not in st.ArabicAnalyzer().fit([text])(text)
    assert "غير" in st.ArabicAnalyzer(stop_words=None).fit([text])(text)
    own = st.ArabicAnalyzer(stop_words=["روسيا"]).fit([text])
    assert "روسيا" not in own(text)
    assert "غير" in own(text)


def test_verbs_of_saying_are_stopped_where_they_are_asked_for():
    text = "غير أن المجلس قال وقال إلى روسيا"
    assert "قال" in st.ArabicAnalyzer().fit([text])(text)
    chosen = st.ArabicAnalyzer(stop_groups=["prepositions", "reporting"]).fit([text])
    assert "قال" not in chosen(text) and "غير" in chosen(text)
    assert "groups prepositions, reporting" in chosen.describe()
    with pytest.raises(InputError, match="No group 'verbs' of stop words. Groups: 'adverbs"):
        st.ArabicAnalyzer(stop_groups=["verbs"]).fit([text])
    with pytest.raises(InputError, match="of the curated list"):
        st.ArabicAnalyzer(stop_words=["روسيا"], stop_groups=["reporting"]).fit([text])


def test_names():
    text = "زار بشار الأسد مجلس الأمن"
    assert st.ArabicAnalyzer().fit([text])(text) == ["زار", "بشار_الأسد", "مجلس_الأمن"]
    assert st.ArabicAnalyzer(names=None).fit([text])(text)[1] == "بشار"
    own = st.ArabicAnalyzer(names=["زار بشار"]).fit([text])
    assert own(text)[0] == "زار_بشار"


def test_variants():
    text = "أميركا أمريكا"
    assert len(set(st.ArabicAnalyzer().fit([text])(text))) == 1
    assert len(set(st.ArabicAnalyzer(variants=False).fit([text])(text))) == 2


def test_lengths_of_words_and_numbers():
    text = "دم سلام 12 2254"
    assert st.ArabicAnalyzer(conflation="none").fit([text])(text) == ["دم", "سلام", "2254"]
    assert st.ArabicAnalyzer(min_length=3, min_digits=None).fit([text])(text) == ["سلام"]
    assert "12" in st.ArabicAnalyzer(min_digits=2).fit([text])(text)


def test_ngrams_stop_at_punctuation():
    analyzer = st.ArabicAnalyzer(ngram_range=(2, 2), names=None).fit(["سوريا روسيا. جنيف"])
    assert analyzer("سوريا روسيا. جنيف") == ["سوريا روسيا"]


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


def test_it_says_what_it_did(passages):
    said = st.ArabicAnalyzer(names=None, stop_words=["قال"]).fit(passages.texts).describe()
    assert "Conflation: words" in said
    assert "Names: none" in said
    assert "Stop words: the user's own" in said


# ---- laws -------------------------------------------------------------------------------------

words = some.sampled_from(
    [
        "سوريا",
        "السورية",
        "وسوريا",
        "لسوريا",
        "المدينة",
        "مدينة",
        "للمدينة",
        "بالمدن",
        "مدن",
        "النظام",
        "ونظام",
        "نظامه",
    ]
)
texts = some.lists(words, min_size=1, max_size=12).map(" ".join)


@settings(max_examples=60)
@given(some.lists(texts, min_size=1, max_size=5))
def test_people_read_a_form_that_the_texts_hold(corpus):
    analyzer = st.ArabicAnalyzer(names=None).fit(corpus)
    seen = {clean(token) for text in corpus for token in tokenize(text)}
    for text in corpus:
        for term in analyzer(text):
            assert analyzer.display(term) in seen


@settings(max_examples=60)
@given(some.lists(texts, min_size=1, max_size=4), some.integers(2, 4))
def test_a_corpus_and_its_copies_attest_the_same(corpus, times):
    once = st.ArabicAnalyzer(names=None).fit(corpus)
    often = st.ArabicAnalyzer(names=None).fit(corpus * times)
    assert [often(text) for text in corpus] == [once(text) for text in corpus]
