import numpy as np
import pandas as pd
import pytest

import syriatopics as st
from syriatopics.errors import InputError
from syriatopics.topics.design import Design


@pytest.fixture
def table():
    return pd.DataFrame(
        {
            "outlet": ["amad", "alhal", "noonpost", "amad"] * 10,
            "day": np.arange(40.0),
            "date": pd.date_range("2024-01-01", periods=40).astype("datetime64[s]"),
        }
    )


@pytest.mark.parametrize(
    ("formula", "names"),
    [
        ("~ outlet", ["outlet=amad", "outlet=noonpost"]),
        ("outlet + day", ["outlet=amad", "outlet=noonpost", "day"]),
        ("~ s(day, 4)", [f"s(day, 4)[{n}]" for n in range(1, 5)]),
        ("~outlet*day", ["outlet=amad", "outlet=noonpost", "day", "outlet=amad:day", "outlet=noonpost:day"]),
        ("~ outlet:day", ["outlet=amad:day", "outlet=noonpost:day"]),
    ],
)  # fmt: skip
def test_formulas_are_read(table, formula, names):
    design = Design.of(formula, table)
    assert list(design.names) == names
    assert design.matrix(table).shape == (40, len(names))


def test_a_smooth_curve_is_that_of_topica(table):
    import topica

    ours = Design.of("~ s(date)", table).matrix(table)
    days = table["date"].to_numpy().astype("datetime64[D]").astype(float)
    theirs, _ = topica.s(days)
    # Two bases of one space: what one fits, the other fits.
    one, two = (np.hstack([np.ones((40, 1)), np.asarray(m)]) for m in (ours, theirs))
    hat = [m @ np.linalg.pinv(m) for m in (one, two)]
    assert ours.shape == (40, 10)
    assert np.allclose(hat[0], hat[1], atol=1e-6)


def test_a_design_comes_back_from_its_state(table):
    design = Design.of("~ outlet + s(date)", table)
    again = Design.restore(design.state())
    assert np.array_equal(again.matrix(table.head(3)), design.matrix(table.head(3)))


@pytest.mark.parametrize(
    ("formula", "message"),
    [
        ("~", "names no column"),
        ("~ outlet +", "cannot be read"),
        ("~ __import__('os').system('x')", "cannot be read"),
        ("~ outlet * day * date", "joins two factors"),
        ("~ paper", "No column 'paper' for the formula. Columns: 'date', 'day', 'outlet'"),
        ("~ s(outlet)", "needs numbers or dates"),
        ("~ s(day, 90)", "90 degrees of freedom"),
    ],
)
def test_formulas_that_cannot_be_used(table, formula, message):
    with pytest.raises(InputError) as error:
        Design.of(formula, table)
    assert message in str(error.value)


def test_levels_never_seen_and_columns_that_never_change(table):
    design = Design.of("~ outlet", table)
    with pytest.raises(InputError, match="outlet='sana' was not there"):
        design.matrix(pd.DataFrame({"outlet": ["sana"]}))
    with pytest.raises(InputError, match="one value only"):
        Design.of("~ outlet", table[table["outlet"] == "amad"])


def test_prevalence_follows_the_outlet(planted_fits, planted, passages_of):
    topics = planted_fits["StructuralTopics"]
    aid = int(np.flatnonzero(topics.table["words"].str.contains("إغاثة"))[0])
    amad = planted[0].table["outlet"].to_numpy() == "amad"
    assert topics.theta[amad, aid].mean() > topics.theta[~amad, aid].mean() + 0.2
    # A passage of one word leans to where its outlet leans.
    short = passages_of(["هدنة"] * 2, ["amad", "noonpost"])
    found = topics.transform(short)
    assert found[0, aid] > found[1, aid]


def test_content_covariate_and_contrast(planted, counted):
    model = st.StructuralTopics(n_topics=3, formula="~ outlet", content="outlet")
    assert len(model.fit(counted).top_terms(3)) == 9
    found = model.contrast(counted, "amad", "noonpost", 4)
    assert len(found) == 3 * 2 * 4
    assert (found[found["group"] == "amad"]["log_ratio"] >= 0).mean() > 0.9
    with pytest.raises(InputError, match="Groups: 'amad', 'noonpost'"):
        model.contrast(counted, "amad", "sana")
    with pytest.raises(InputError, match="content="):
        st.StructuralTopics(n_topics=3).contrast(counted, "amad", "noonpost")


def test_a_missing_covariate_is_named_with_the_way_out(planted, passages_of):
    passages, _ = planted
    dates = passages.table["date"].copy()
    dates.iloc[4] = pd.NaT
    dtm = st.count_terms(passages_of(passages.texts, passages.table["outlet"], dates), max_df=1.0)
    model = st.StructuralTopics(n_topics=3, formula="~ s(date)")
    with pytest.raises(InputError, match=r"1 of 150 passages have no date \(first: a002:000\)"):
        model.fit(dtm)
    assert model.fit(dtm.where(dtm.documents["date"].notna())).n_topics == 3


def test_an_outlet_of_one_article_is_said(planted, passages_of, words):
    passages, _ = planted
    outlets = ["sana", "sana", *passages.table["outlet"][2:]]
    dtm = st.count_terms(passages_of(passages.texts, outlets), max_df=1.0)
    for model in (
        st.StructuralTopics(n_topics=3, formula="~ outlet"),
        st.KeywordTopics(keywords=words, formula="~ outlet", max_iter=50),
    ):
        assert any("One article stands for outlet sana" in note for note in model.fit(dtm).notes)


def test_own_columns_come_by_metadata(counted):
    desk = pd.DataFrame({"desk": ["a", "b"] * 75})
    model = st.StructuralTopics(n_topics=3, formula="~ desk", metadata=desk)
    assert model.fit(counted).n_topics == 3
    with pytest.raises(InputError, match="metadata has 3 rows"):
        st.StructuralTopics(n_topics=3, formula="~ desk", metadata=desk.head(3)).fit(counted)


def test_keywords_name_their_topics(planted_fits, words):
    topics = planted_fits["KeywordTopics"]
    labels = topics.labels.set_index("topic")["en"]
    for topic, name in labels.items():
        assert words[name][0] in topics.table["words"][topic]


def test_themes_without_words_in_the_corpus_are_said(dtm, counted):
    topics = st.KeywordTopics(max_iter=20).fit(dtm)
    assert any("normalization_israel: none of" in note for note in topics.notes)
    assert "Humanitarian" in " ".join(topics.labels["en"])
    with pytest.raises(InputError, match="0 of 1 themes have a word"):
        st.KeywordTopics(keywords={"x": ["زرافة"]}).fit(counted)
    with pytest.raises(InputError, match="at least one word"):
        st.KeywordTopics(keywords={"x": []}).fit(counted)


def test_draws_of_theta_carry_the_uncertainty_of_the_model_into_effects(counted):
    model = st.StructuralTopics(n_topics=3, formula="~ outlet", n_draws=200)
    topics = model.fit(counted)
    assert topics.draws.shape == (200, *topics.theta.shape)
    assert np.allclose(topics.draws.sum(axis=2), 1)
    assert (topics.draws.mean(axis=0).argmax(axis=1) == topics.theta.argmax(axis=1)).mean() > 0.99
    mean = topics.draws.mean(axis=0, keepdims=True)
    plain = st.inference.effects(topics, time=None, production="all", draws=mean).table
    drawn = st.inference.effects(topics, time=None, production="all", draws=topics.draws).table
    width, wider = (table["high"] - table["low"] for table in (plain, drawn))
    assert (wider > width).all()
    again = model.fit(counted)
    assert np.array_equal(again.draws, topics.draws)
    assert st.StructuralTopics(n_topics=3, formula="~ outlet").fit(counted).draws is None
