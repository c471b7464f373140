import numpy as np
import pandas as pd
import pytest

import syriatopics as st
from syriatopics.trends.worlds import draw


def test_passages_hold_exactly_what_was_drawn(passages, planted):
    scores = st.score_themes(planted.passages())
    share = (
        scores.assigned["humanitarian"]
        .groupby(scores.passages.table["article_id"].to_numpy())
        .mean()
    )
    drawn = draw(planted.world, np.random.default_rng(1))
    own = planted.planted["copy_of"].isna().to_numpy()
    np.testing.assert_allclose(share.to_numpy()[own], drawn.values[own, 0])
    texts = set(passages.texts)
    assert all(
        paragraph in texts for article in planted.articles for paragraph in article.paragraphs
    )


def test_articles_are_whole_articles(planted):
    for article in planted.articles[:20]:
        for paragraph in article.paragraphs:
            assert article.raw[paragraph.start : paragraph.end] == paragraph
    table = planted.passages().table
    raws = {article.article_id: article.raw for article in planted.articles}
    for row in table.head(50).itertuples():
        assert raws[row.article_id][row.start : row.end] == row.text


def test_wire_copies_an_article_of_another_outlet(planted):
    known = {article.article_id: article for article in planted.articles}
    copies = planted.planted.dropna(subset="copy_of").set_index("article_id")
    assert 0.12 <= len(copies) / len(planted) <= 0.28
    rows = planted.planted.set_index("article_id")
    for name, row in copies.iterrows():
        source = rows.loc[row["copy_of"]]
        assert known[name].raw == known[row["copy_of"]].raw
        assert known[name].production == "wire"
        assert row["outlet"] != source["outlet"]
        assert 1 <= (row["date"] - source["date"]).days <= 3


def test_date_noise_is_what_the_corpus_says(planted):
    status = planted.table.set_index("article_id")["date_status"]
    noise = planted.planted.set_index("article_id")["date_noise"]
    expected = {"": "printed", "missing": "unknown", "window": "inferred", "wrong": "conflict"}
    assert (status == noise.map(expected).reindex(status.index)).all()
    share = noise.value_counts(normalize=True)
    assert share[["missing", "window", "wrong"]].between(0.05, 0.16).all()
    wide = planted.table[planted.table["date_status"] == "inferred"].set_index("article_id")
    true = planted.planted.set_index("article_id")["date"].reindex(wide.index)
    assert (wide["event_start"] <= true).all()
    assert (true <= wide["event_end"]).all()


def test_trends_of_the_corpus_hold_the_truth(planted):
    result = st.trend(st.score_themes(planted.passages()), "Q", by="outlet")
    beside = result.table.merge(
        planted.truth("Q"), on=["period", "outlet", "theme"], suffixes=("", "_planted")
    ).dropna(subset=["low"])
    assert len(beside) >= 6
    held = (beside["low"] <= beside["share_planted"]) & (beside["share_planted"] <= beside["high"])
    assert held.mean() > 0.7
    assert any("without a date left out" in note for note in result.notes)
    assert any("refutes" in note for note in result.notes)
    assert any("more than one period" in note for note in result.notes)
    pooled = planted.truth("Y", by=None)
    assert pooled["outlet"].tolist() == ["all"]
    assert pooled["n_articles"].sum() == len(planted)


def test_effects_contrasts_and_mix_are_planted():
    world = st.World(
        themes={"a": 0.2, "b": 0.3}, outlets={"x": (1, 0), "y": (0, 1)}, n_articles=5000,
        contrasts={"y": {"a": 0.1}}, story_size=1, likeness=0,
        effects=[st.Step("b", "2020-07-01", 0.3, until="2020-10-01"), st.Slope("a", 0.2, "x")],
    )  # fmt: skip
    drawn = draw(world, np.random.default_rng(0))
    inside = (drawn.day >= 182) & (drawn.day < 274)
    assert drawn.share[inside, 1] == pytest.approx(0.6)
    assert drawn.share[~inside, 1] == pytest.approx(0.3)
    assert drawn.values[inside, 1].mean() == pytest.approx(0.6, abs=0.03)
    assert drawn.values[~inside, 1].mean() == pytest.approx(0.3, abs=0.03)
    assert (drawn.outlet[drawn.day < 100] == 0).mean() > 0.75
    assert (drawn.outlet[drawn.day > 266] == 1).mean() > 0.75
    assert drawn.share[drawn.outlet == 1, 0] == pytest.approx(0.3)
    assert (np.diff(drawn.share[drawn.outlet == 0, 0]) >= 0).all()
    assert (drawn.counts.sum(axis=1) <= drawn.n_passages).all()


def test_stories_make_articles_alike():
    def spread(**options):
        world = st.World(themes={"t": 0.3}, n_articles=3000, **options)
        drawn = draw(world, np.random.default_rng(0))
        weeks = pd.Series(drawn.values[:, 0]).groupby(drawn.day // 7).mean()
        return weeks.var()

    assert spread(story_size=8, likeness=0.9) > 2 * spread(story_size=1, likeness=0)


def test_the_same_seed_gives_the_same_corpus(passages):
    world = st.World(themes={"humanitarian": 0.3}, n_articles=30)
    one, two, other = (st.planted_corpus(passages, world, random_state=seed) for seed in (3, 3, 4))
    assert one.fingerprint == two.fingerprint != other.fingerprint
    mixed = passages.where(np.ones(len(passages), bool))
    backwards = type(passages)(mixed.table.iloc[::-1].reset_index(drop=True))
    assert st.planted_corpus(backwards, world, random_state=3).fingerprint == one.fingerprint


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"themes": {}}, "needs an outlet and a theme"),
        ({"themes": {"t": 0.5}, "end": "2019-01-01"}, "ends .2019-01-01. before it starts"),
        ({"themes": {"t": 0.5}, "start": "soon"}, "'soon' is no day"),
        ({"themes": {"t": 0.5}, "n_articles": 0}, "0 articles"),
        ({"themes": {"t": 0.5}, "contrasts": {"x": {"t": 0.1}}}, "No outlet 'x' is planted"),
        (
            {"themes": {"t": 0.5}, "effects": [st.Step("u", "2020-02-01", 0.1)]},
            "No theme 'u' is planted",
        ),
    ],
)
def test_impossible_worlds_are_refused(options, message):
    with pytest.raises(st.errors.InputError, match=message):
        st.World(**options)


def test_impossible_shares_and_pools_are_refused(passages):
    high = st.World(
        themes={"humanitarian": 0.8}, effects=[st.Step("humanitarian", "2020-02-01", 0.4)]
    )
    with pytest.raises(st.errors.InputError, match=r"must stay in \[0, 1\]"):
        st.planted_corpus(passages, high)
    world = st.World(themes={"humanitarian": 0.3}, n_articles=10)
    without = passages.where(~st.score_themes(passages).assigned["humanitarian"].to_numpy())
    with pytest.raises(st.errors.InputError, match="holds theme 'humanitarian'"):
        st.planted_corpus(without, world)
    with pytest.raises(st.errors.InputError, match="No theme 'sport'"):
        st.planted_corpus(passages, st.World(themes={"sport": 0.3}))
    with pytest.raises(st.errors.InputError, match="Date noise 'blur' is not known"):
        st.planted_corpus(passages, world, date_noise={"blur": 0.1})
    with pytest.raises(st.errors.InputError, match="must lie in"):
        st.planted_corpus(passages, world, wire=1.5)
    with pytest.raises(st.errors.InputError, match="Weights of outlets"):
        st.planted_corpus(passages, st.World(themes={"humanitarian": 0.3}, outlets={"a": 0}))
    planted = st.planted_corpus(passages, world)
    with pytest.raises(st.errors.InputError, match="Period 'X'"):
        planted.truth("X")


def test_power_grows_with_articles_and_with_the_shift():
    plan = st.plan_study([300, 1500], [0.0, 0.3], question="event", n_replicates=40)
    power = plan.table.set_index(["n_articles", "change"])["power"]
    assert power[1500, 0.3] > power[300, 0.3] > power[300, 0.0]
    assert power[1500, 0.0] <= 0.15
    assert plan.plot() is not None
    known = plan.table
    assert ((known["low"] <= known["power"]) & (known["power"] <= known["high"])).all()


def test_power_of_a_search_tells_how_far_off_the_date_is():
    row = st.plan_study([2000], [0.4], n_replicates=6, n_permutations=99).table.iloc[0]
    assert row["power"] == 1.0
    assert row["error_days"] < 30
    assert 0 <= row["covered"] <= 1
    with pytest.raises(st.errors.InputError, match="Question 'x' is not known"):
        st.plan_study(question="x")
    with pytest.raises(st.errors.InputError, match="n_replicates 0"):
        st.plan_study(n_replicates=0)
