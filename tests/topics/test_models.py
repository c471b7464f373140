"""Laws that hold for every model."""

from dataclasses import replace

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score

import syriatopics as st
from syriatopics.corpus import Passages
from syriatopics.errors import InputError, TooSmallError

QUICK = [
    "NMF",
    "NMF in batches",
    "LDA",
    "LDA in batches",
    "StructuralTopics",
    "KeywordTopics",
]
# Loading BERTopic alone takes many seconds.
EVERY = [*QUICK, pytest.param("EmbeddingTopics", marks=pytest.mark.slow)]


@pytest.fixture
def model(name, specs):
    return specs[name]


@pytest.fixture
def topics(name, model, planted_fits, counted):
    return planted_fits[name] if name in planted_fits else model.fit(counted)


@pytest.mark.parametrize("name", EVERY)
def test_planted_topics_are_found(name, topics, planted):
    found = topics.theta.argmax(axis=1)
    assert adjusted_rand_score(planted[1], found) >= 0.9


@pytest.mark.parametrize("name", EVERY)
def test_rows_sum_to_one_and_topics_are_numbered_by_share(name, topics, counted):
    assert np.allclose(topics.theta.sum(axis=1), 1)
    assert np.allclose(topics.phi.sum(axis=1), 1)
    assert topics.phi.shape == (3, len(topics.terms))
    assert topics.table["share"].is_monotonic_decreasing
    assert topics.table["share"].sum() == pytest.approx(1)
    assert topics.table["n_passages"].sum() == counted.shape[0]


@pytest.mark.parametrize("name", EVERY)
def test_another_order_gives_the_same_topics(name, model, topics, counted, planted):
    order = np.random.default_rng(0).permutation(counted.shape[0])
    table = planted[0].table.iloc[order].reset_index(drop=True)
    one = topics
    two = model.fit(st.count_terms(Passages(table), max_df=1.0))
    assert one.table["words"].tolist() == two.table["words"].tolist()
    assert np.allclose(one.theta[order], two.theta, atol=1e-9)
    assert np.allclose(one.phi, two.phi, atol=1e-12)
    assert one.fingerprint == two.fingerprint


@pytest.mark.parametrize("name", EVERY)
def test_other_seeds_find_the_same_planted_topics(name, model, topics, counted):
    one = topics.theta.argmax(axis=1)
    two = replace(model, random_state=11).fit(counted).theta.argmax(axis=1)
    assert adjusted_rand_score(one, two) >= 0.9


@pytest.mark.parametrize("name", EVERY)
def test_seen_passages_are_transformed_to_what_they_are(name, topics, counted):
    again = topics.transform(counted)
    assert np.allclose(again.sum(axis=1), 1)
    assert adjusted_rand_score(again.argmax(axis=1), topics.theta.argmax(axis=1)) >= 0.95
    assert np.abs(again - topics.theta).mean() < 0.05


@pytest.mark.parametrize("name", [n for n in QUICK if n != "StructuralTopics"])
def test_new_passages_are_put_where_their_words_belong(name, topics):
    aid, nothing = topics.transform(["إغاثة نازحين غذاء دواء معبر قافلة مخيم", "كلام آخر"])
    assert "إغاثة" in topics.table["words"][aid.argmax()]
    assert aid.max() > 0.6
    assert np.isnan(nothing).all()


@pytest.mark.parametrize("name", EVERY)
def test_saved_topics_come_back_the_same(name, topics, counted, tmp_path):
    topics.save(tmp_path / "model")
    loaded = st.load_topics(tmp_path / "model")
    assert np.array_equal(loaded.theta, topics.theta, equal_nan=True)
    assert loaded.fingerprint == topics.fingerprint
    assert loaded.table.equals(topics.table)
    assert (loaded.notes, loaded.model, loaded.names) == (topics.notes, topics.model, topics.names)
    assert np.allclose(loaded.transform(counted), topics.transform(counted), atol=1e-12)
    assert loaded.quality().table.equals(topics.quality().table)


@pytest.mark.parametrize("name", EVERY)
@pytest.mark.parametrize(("n", "error"), [(1, InputError), (500, TooSmallError)])
def test_impossible_numbers_of_topics(dtm, name, model, n, error):
    if name == "KeywordTopics":
        pytest.skip("the number of its topics is that of its themes")
    model = replace(model, n_topics=n)
    if name == "StructuralTopics":
        model = replace(model, formula="~ date")
    with pytest.raises(error, match="1000" if name == "EmbeddingTopics" and n == 500 else str(n)):
        model.fit(dtm)


@pytest.mark.parametrize("name", ["LDA", "StructuralTopics", "KeywordTopics", "EmbeddingTopics"])
def test_below_its_floor_a_model_names_another(name, model):
    dtm = st.count_terms(["سوريا روسيا", "سوريا روسيا", "جنيف محادثات", "جنيف محادثات"])
    model = replace(model, keywords={"a": ["سوريا"], "b": ["جنيف"]}) if "Key" in name else model
    with pytest.raises(
        TooSmallError, match=r"too few for \w+ \(at least \d+\). (NMF|score_themes)"
    ):
        model.fit(dtm)


def test_every_model_runs_on_the_seeds(dtm):
    with_outlet = dtm.where(dtm.documents["outlet"].notna())
    for model, source in (
        (st.NMF(n_topics=6), dtm),
        (st.LDA(n_topics=6, max_iter=20), dtm),
        (st.StructuralTopics(n_topics=5, formula="~ s(date)"), dtm),
        (st.StructuralTopics(n_topics=4, formula="~ outlet + s(date)"), with_outlet),
        (st.StructuralTopics(n_topics=4, formula=None), dtm),
        (st.KeywordTopics(max_iter=100), dtm),
        (st.KeywordTopics(max_iter=100, formula="~ date"), dtm),
    ):
        topics = model.fit(source)
        assert len(topics.top_terms(5)) == 5 * topics.n_topics
        assert "<table>" in topics._repr_html_()


def test_a_model_that_has_not_settled_says_so(dtm):
    assert any("before it had settled" in n for n in st.NMF(n_topics=5, max_iter=2).fit(dtm).notes)
    assert any("before it had settled" in n for n in st.LDA(n_topics=5, max_iter=2).fit(dtm).notes)
    structural = st.StructuralTopics(n_topics=4, formula="~ date", max_iter=2)
    assert any("before it had settled" in n for n in structural.fit(dtm).notes)


def test_a_passage_without_terms_has_no_topics():
    texts = ["سوريا روسيا", "سوريا روسيا", "جنيف محادثات", "جنيف محادثات", "في من"]
    topics = st.NMF(n_topics=2).fit(st.count_terms(texts))
    assert np.isnan(topics.theta[4]).all()
    assert any("1 passages without a term" in note for note in topics.notes)
    assert topics.passages(0, n=9).table["text"].ne("في من").all()


def test_topics_without_arabic_letters_are_an_error(counted):
    from syriatopics.errors import ModelError
    from syriatopics.topics.assembly import assemble

    years = " ".join(str(year) for year in range(2001, 2013))
    dtm = st.count_terms([*counted.passages.texts, years, years], max_df=1.0)
    numbers = np.array([term.isdigit() for term in dtm.terms], dtype=float)
    theta = np.ones((dtm.shape[0], 2))
    with pytest.raises(ModelError, match="no word of topic 0 has an Arabic letter"):
        assemble(theta, np.stack([numbers, 1 - numbers]), dtm, "a model")
    with pytest.raises(ModelError, match="not finite"):
        assemble(theta * np.nan, np.ones((2, dtm.shape[1])), dtm, "a model")


def test_texts_that_are_alike_raise_no_warning_of_a_library():
    """A fit that leaves nothing over has an error a hair below zero; its root is nobody's business."""
    first = "قالت مصادر محلية في مدينة الرقة إن قوافل من المساعدات الإنسانية وصلت إلى المخيمات القريبة من المدينة بعد انقطاع دام أسابيع."
    second = "وأضافت المصادر أن المنظمات الدولية تنتظر موافقة الجهات المعنية لإدخال دفعة جديدة من المواد الغذائية والطبية إلى الأهالي."
    end = " ثم عاد الوفد إلى العاصمة دمشق لإجراء محادثات جديدة مع المسؤولين."
    two = (f"{first} {second}", second + end)
    rows = [{"text": two[n % 2], "outlet": ("أ", "ب")[n % 2]} for n in range(24)]
    topics = st.NMF(n_topics=2).fit(st.read_corpus(rows).passages())
    assert np.isfinite(topics.theta).all()
