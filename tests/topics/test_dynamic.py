"""Words of topics that move, and such that stand still."""

import numpy as np
import pandas as pd
import pytest

import syriatopics as st
from syriatopics.corpus import Passages
from syriatopics.errors import InputError, TooSmallError

STILL = ["محادثات", "دستور", "انتقال", "انتخابات", "مبعوث", "جنيف", "تسوية", "مفاوضات"]
BEFORE = ["غارة", "قصف", "جيش", "هدنة"]
AFTER = ["زلزال", "أنقاض", "منقذون", "ناجون"]
BOTH = ["مدينة", "أهالي", "بيوت"]


def corpus(moving=True, months=range(8), seed=0, outlets=("a", "b")):
    rng = np.random.default_rng(seed)
    texts, days, outlet = [], [], []
    for month in months:
        share = month / 7 if moving else 0.5
        for n in range(24):
            own = [*BOTH, *BOTH, *rng.choice(AFTER if rng.random() < share else BEFORE, 6)]
            texts.append(" ".join(rng.choice(own if n % 2 else STILL, 12)))
            days.append(pd.Timestamp(2018, 1 + month, 1 + n))
            outlet.append(outlets[n % 4 // 2])
    table = pd.DataFrame({"text": texts, "outlet": outlet})
    table["passage_id"] = table["article_id"] = [f"a{i:03d}" for i in range(len(texts))]
    for column in ("date", "date_start", "date_end"):
        table[column] = pd.Series(days).astype("datetime64[s]")
    table["date_status"], table["start"], table["end"] = "printed", 0, table["text"].str.len()
    return Passages(table)


@pytest.fixture(scope="module")
def moved():
    return st.DynamicTopics(n_topics=2).fit(corpus())


def the_moving(found):
    """Return the topic in which the city stands."""
    return next(t for t in range(2) if "مدينة" in found.topics.table["words"].iloc[t])


def test_words_that_come_and_go_are_found(moved):
    topic = the_moving(moved)
    tests = moved.tests.set_index("topic")
    assert tests.loc[topic, "q"] < 0.01 and tests.loc[1 - topic, "p"] > 0.05
    changes = moved.changes(topic, 4)
    gains = changes[changes["low"] > 0]["display"].tolist()
    losses = changes[changes["high"] < 0]["display"].tolist()
    assert {"زلزال", "أنقاض"} <= set(gains) <= set(AFTER)
    assert {"غارة", "قصف"} <= set(losses) <= set(BEFORE)
    assert (changes["low"].dropna() <= changes["high"].dropna()).all()


def test_words_that_stand_still_are_not_called_moving():
    p = [
        st.DynamicTopics(n_topics=2).fit(corpus(moving=False, seed=seed)).tests["p"].min()
        for seed in range(8)
    ]
    assert np.mean(np.array(p) <= 0.05) <= 0.25


def test_words_follow_their_periods(moved):
    topic = the_moving(moved)
    table = moved.table[moved.table["topic"] == topic]
    assert table["period"].tolist() == [f"2018-{m:02d}" for m in range(1, 9)]
    assert set(BEFORE) & set(table["words"].iloc[0].split("، "))
    assert not set(AFTER) & set(table["words"].iloc[0].split("، ")[:5])
    assert set(AFTER) & set(table["words"].iloc[-1].split("، "))
    assert np.allclose(moved.phi.sum(axis=2), 1)


def test_an_empty_period_has_the_words_of_its_neighbours():
    found = st.DynamicTopics(n_topics=2).fit(corpus(months=[0, 1, 2, 4, 5, 6]))
    table = found.table[found.table["period"] == "2018-04"]
    assert (table["n_words"] == 0).all() and table["words"].str.len().gt(0).all()
    assert any("2018-04" in note for note in found.notes)


def test_topics_that_are_fitted_keep_their_numbers_and_shares(moved):
    topics = st.NMF(n_topics=2).fit(corpus())
    again = st.DynamicTopics(n_topics=9).fit(topics)
    assert again.topics is topics
    pd.testing.assert_frame_equal(again.table, moved.table)


def test_one_outlet_is_looked_at_alone(moved):
    topic = the_moving(moved)
    one = moved.changes(topic, 3, outlet="a")
    assert set(one[one["low"] > 0]["display"]) <= set(AFTER)
    with pytest.raises(InputError, match="No outlet 'c'. Outlets: 'a', 'b'"):
        moved.changes(topic, outlet="c")


def test_passages_lead_back_to_the_text(moved):
    topic = the_moving(moved)
    found = moved.passages(topic, "زلزال", n=3, period="2018-08")
    assert len(found) and found.table["text"].str.contains("زلزال").all()
    assert (found.table["date"].dt.month == 8).all()
    with pytest.raises(InputError, match="No period '2019'"):
        moved.passages(topic, "زلزال", period="2019")
    with pytest.raises(InputError, match="لاشيء"):
        moved.passages(topic, "لاشيء")


def test_few_blocks_have_no_p():
    found = st.DynamicTopics(n_topics=2, blocks="month").fit(corpus(months=range(4)))
    assert found.tests["p"].isna().all() and found.tests["note"].str.contains("4 blocks").all()
    assert found.changes(0)["p"].isna().all()


def test_what_cannot_be_fitted_is_named():
    with pytest.raises(TooSmallError, match="one period of 'M'"):
        st.DynamicTopics(n_topics=2).fit(corpus(months=[3]))
    with pytest.raises(InputError, match="smoothing=0"):
        st.DynamicTopics(smoothing=0).fit(corpus())
    with pytest.raises(InputError, match="Period 'X'"):
        st.DynamicTopics(period="X").fit(corpus())


def test_order_of_the_corpus_does_not_matter(moved):
    passages = corpus()
    turned = Passages(passages.table.iloc[::-1].reset_index(drop=True))
    again = st.DynamicTopics(n_topics=2).fit(turned)
    pd.testing.assert_frame_equal(again.table, moved.table)
    assert np.allclose(again.tests["p"], moved.tests["p"], atol=0.03)


def test_the_picture_names_its_words(moved):
    panel = moved.plot(topic=the_moving(moved))
    names = {text.get_text() for axes in panel.figure.axes for text in axes.texts}
    assert any("زلزال" in name for name in names) and any("غارة" in name for name in names)


def test_what_is_shown_decides_no_test(moved):
    for period in ("W", "Q"):
        again = st.DynamicTopics(period=period).fit(moved.topics)
        assert again.tests["p"].tolist() == moved.tests["p"].tolist()


def test_a_long_gap_has_the_words_of_its_nearest_periods():
    found = st.DynamicTopics(n_topics=2).fit(corpus(months=[0, 1, 2, 11]))
    topic = the_moving(found)
    gap = found.phi[found.periods.index("2018-06"), topic]
    before = found.phi[found.periods.index("2018-03"), topic]
    apart = np.abs(gap - before).sum()
    assert apart < 0.25 * np.abs(before - found.phi[-1, topic]).sum()


def test_more_periods_than_can_be_read_are_refused():
    passages = corpus()
    table = passages.table.copy()
    table.loc[0, ["date", "date_start", "date_end"]] = pd.Timestamp("2012-01-01")
    with pytest.raises(InputError, match="at most 400"):
        st.DynamicTopics(n_topics=2, period="D").fit(Passages(table))
