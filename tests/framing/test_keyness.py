import warnings

import numpy as np
import pandas as pd
import pytest

import syriatopics as st
from syriatopics.corpus import Passages
from syriatopics.matrix import _as_passages


def corpus(n=40, seed=0, extra=()):
    """Articles of two outlets; words in `extra` are planted in the first."""
    rng = np.random.default_rng(seed)
    words = [f"كلمة{c}" for c in "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"]
    rows = []
    for outlet in ("first", "second"):
        for number in range(n):
            favourite = rng.choice(words, 3)
            text = [*rng.choice(words, 30), *np.repeat(favourite, 5)]
            text += list(extra) * 3 if outlet == "first" else []
            rows.append((f"{outlet}{number}", outlet, " ".join(text)))
    table = _as_passages([row[2] for row in rows]).table
    table["article_id"] = [row[0] for row in rows]
    table["outlet"] = [row[1] for row in rows]
    return st.count_terms(Passages(table), st.ArabicAnalyzer(conflation="none"), max_df=1.0)


def test_planted_words_come_first():
    result = st.keyness(corpus(extra=("مساعدات",)), "first", "second")
    assert result.table["term"].iloc[0] == "مساعدات"
    assert result.table["q"].iloc[0] < 0.05


def test_swapping_the_groups_flips_the_sign():
    dtm = corpus()
    one = st.keyness(dtm, "first", "second").table.set_index("term")
    two = st.keyness(dtm, "second", "first").table.set_index("term").reindex(one.index)
    assert np.allclose(one["z"], -two["z"])
    assert np.allclose(one["log_odds"], -two["log_odds"])
    assert np.allclose(one["p"], two["p"])


def test_order_of_passages_is_irrelevant():
    dtm = corpus()
    order = np.random.default_rng(2).permutation(dtm.shape[0])
    shuffled = st.count_terms(
        Passages(dtm.passages.table.iloc[order].reset_index(drop=True)), dtm.analyzer, max_df=1.0
    )
    one, two = (st.keyness(d, "first", "second").table for d in (dtm, shuffled))
    pd.testing.assert_frame_equal(one, two)


def test_log_odds_worked_by_hand():
    table = _as_passages(["حرب حرب سلام", "سلام سلام حرب"]).table
    table["outlet"] = ["a", "b"]
    dtm = st.count_terms(
        Passages(table), st.ArabicAnalyzer(conflation="none"), min_df=1, max_df=1.0
    )
    row = st.keyness(dtm, "a", "b", prior=6, min_count=1).table.set_index("term").loc["حرب"]
    # y + alpha is 2 + 3 against 1 + 3, the rest of 3 + 6 tokens against it
    assert row["log_odds"] == pytest.approx(np.log(5 / 4) - np.log(4 / 5))


def test_clustering_widens_what_bursts_make_sure():
    """Each article repeats its favourite words: tokens are not independent."""
    shares = [
        (
            np.abs(st.keyness(corpus(seed=s), "first", "second").table[["z", "z_tokens"]]) > 1.96
        ).mean()
        for s in range(20)
    ]
    mean = pd.DataFrame(shares).mean()
    assert mean["z_tokens"] > 0.10
    assert mean["z"] < 0.09


def test_a_single_article_allows_no_test(dtm):
    result = st.keyness(dtm, "noonpost", "alhal", production="all")
    assert result.table[["z", "p", "q"]].isna().all().all()
    assert any("no test is possible" in note for note in result.notes)


def test_bad_groups(dtm):
    with pytest.raises(st.errors.InputError, match="Groups here: 'alhal'"):
        st.keyness(dtm, "sana", production="all")
    with pytest.raises(st.errors.InputError, match="A side without a group"):
        st.keyness(dtm, [], production="all")
    with pytest.raises(st.errors.InputError, match="A side without a group"):
        st.keyness(dtm, "alhal", [], production="all")
    with pytest.raises(st.errors.InputError, match="overlap"):
        st.keyness(dtm, "alhal", ["alhal", "amad"], production="all")


def test_any_grouping_of_passages(dtm):
    side = pd.Series(np.where(np.arange(dtm.shape[0]) % 2, "odd", "even"))
    assert len(st.keyness(dtm, "odd", "even", by=side)) > 10


def brute_force(dtm, voice, min_count=3):
    """The test spelled out, article by article, with articles on both sides."""
    articles = dtm.documents["article_id"].to_numpy()
    counts = dtm.counts.toarray().astype(float)
    kept = counts.sum(axis=0) >= min_count
    rate, away, size, square = {}, {}, {}, {}
    for side in ("own", "quoted"):
        mine = voice == side
        size[side] = counts[mine].sum()
        rate[side] = counts[mine].sum(axis=0) / size[side]
        words = {n: counts[mine & (articles == n)] for n in np.unique(articles[mine])}
        away[side] = {n: c.sum(axis=0) - c.sum() * rate[side] for n, c in words.items()}
        square[side] = sum(c.sum() ** 2 for c in words.values())
    total = sum(a**2 for side in away.values() for a in side.values()) / sum(square.values())
    variance = 0.0
    for side, scatter in away.items():
        n = len(scatter)
        held = sum(
            (counts[(voice == side) & (articles == name)].sum(axis=0) > 0) for name in scatter
        )
        own = held * sum(a**2 for a in scatter.values()) + 10 * total * square[side]
        own = own / (held + 10)
        variance = variance + n / (n - 1) * own / size[side] ** 2
    shared = set(away["own"]) & set(away["quoted"])
    joint = sum(away["own"][n] * away["quoted"][n] for n in shared)
    scale = np.prod([np.sqrt(len(a) / (len(a) - 1)) for a in away.values()])
    tokens = sum(rate[side] / size[side] for side in rate)  # were all tokens independent
    least = np.minimum(variance, tokens)
    variance = np.maximum(variance - 2 * scale * joint / (size["own"] * size["quoted"]), least)
    z = (rate["own"] - rate["quoted"]) / np.sqrt(variance)
    return pd.Series(z[kept], index=dtm.terms[kept])


def both_sides(n=12, seed=4):
    """Articles with passages in both voices; the words of an article go together."""
    rng = np.random.default_rng(seed)
    words = [f"كلمة{c}" for c in "ابتثجحخدذرز"]
    rows = []
    for k in range(n):
        taste = rng.dirichlet(np.full(len(words), 0.5))
        sides = ("own", "quoted") if k % 4 else ("own",)
        rows += [(f"a{k}", side, " ".join(rng.choice(words, 20, p=taste))) for side in sides]
    table = _as_passages([row[2] for row in rows]).table
    table["article_id"], table["voice"] = [row[0] for row in rows], [row[1] for row in rows]
    return st.count_terms(
        Passages(table), st.ArabicAnalyzer(conflation="none"), min_df=1, max_df=1.0
    )


def test_articles_on_both_sides_enter_with_their_covariance():
    dtm = both_sides()
    table = st.keyness(dtm, "own", "quoted", by="voice").table.set_index("term")
    expected = brute_force(dtm, dtm.passages.table["voice"].to_numpy())
    assert np.allclose(table["z"].reindex(expected.index), expected)


def test_intervals_hold_the_log_odds(dtm):
    table = st.keyness(corpus(), "first", "second").table
    assert ((table["low"] < table["log_odds"]) & (table["log_odds"] < table["high"])).all()
    assert (np.sign(table["low"]) == np.sign(table["high"])).eq(table["p"] < 0.05).all()


def test_permutations_agree_with_the_formula():
    result = st.keyness(corpus(extra=("مساعدات",)), "first", "second", permutations=400)
    table = result.table.set_index("term")
    assert table.loc["مساعدات", "p_permuted"] == pytest.approx(1 / 401)
    rest = table.drop("مساعدات")
    assert np.abs(rest["p"] - rest["p_permuted"]).mean() < 0.05
    assert any("other partings" in note for note in result.notes)


def test_permutations_of_articles_on_both_sides():
    one, two = (
        st.keyness(both_sides(), "own", "quoted", by="voice", permutations=200) for _ in range(2)
    )
    assert one.table["p_permuted"].between(0, 1).all()
    pd.testing.assert_frame_equal(one.table, two.table)


def test_blocks_of_weeks_are_taken_together():
    dtm = corpus(n=30)
    weeks = pd.Series(
        {name: f"w{int(name.lstrip('firstecond')) // 5}" for name in dtm.documents["article_id"]}
    )
    result = st.keyness(dtm, "first", "second", blocks=weeks)
    assert any("focal: 6 blocks" in note for note in result.notes)
    own = pd.Series({name: name for name in dtm.documents["article_id"]})
    one = st.keyness(dtm, "first", "second", blocks=own).table["z"]
    assert np.allclose(one, st.keyness(dtm, "first", "second").table["z"])


def test_lines_behind_a_word(dtm):
    words = st.keyness(dtm, "noonpost", "alhal", production="all")
    row = words.table.iloc[0]
    lines = words.kwic(row["term"], side="focal").table
    assert len(lines) >= row["count_focal"] > 0
    assert set(lines["outlet"]) == {"noonpost"}
    both = words.kwic(row["display"]).table
    assert both["side"].value_counts()["focal"] == len(lines)
    with pytest.raises(st.errors.InputError, match="not in the table"):
        words.kwic("كلمةغيرموجودة")


def test_lines_behind_a_name(dtm):
    words = st.keyness(dtm, "noonpost", min_count=1, production="all")
    name = next(t for t in words.table["term"] if "_" in t)
    assert len(words.kwic(name)) == words.table.set_index("term").loc[name, "count"]


def test_kwic(passages):
    lines = st.kwic(passages, "النظام السوري", width=4).table
    texts = passages.table.set_index("passage_id")["text"]
    assert len(lines) > 5
    for row in lines.itertuples():
        assert texts[row.passage_id][row.start : row.end] == row.match
        assert len(row.left.split()) <= 4
    assert len(st.kwic(passages, "كلمة لا توجد")) == 0
    with pytest.raises(st.errors.InputError, match="no Arabic word"):
        st.kwic(passages, "…")
    with pytest.raises(st.errors.InputError, match="width"):
        st.kwic(passages, "سوريا", width=-1)


def test_bad_columns_and_lengths(dtm):
    with pytest.raises(st.errors.InputError, match="No column 'colour'"):
        st.keyness(dtm, "a", by="colour")
    with pytest.raises(st.errors.InputError, match="there must be one for each"):
        st.keyness(dtm, "a", by=pd.Series(["a"]))
    with pytest.raises(st.errors.InputError, match="nothing to compare"):
        st.keyness(dtm, "noonpost", "alhal", min_count=10_000, production="all")
    with pytest.raises(st.errors.InputError, match="Production"):
        st.keyness(dtm, "noonpost", production="mine")


def test_words_of_a_handful_of_articles_are_no_discovery():
    """A word that three long articles repeat may well fall on one side by chance."""
    dtm = corpus(n=60)
    table = dtm.passages.table.copy()
    three = table.index[table["outlet"] == "first"][:3]
    table.loc[three, "text"] += " " + " ".join(["قنطار"] * 12)
    rare = st.count_terms(Passages(table), st.ArabicAnalyzer(conflation="none"), max_df=1.0)
    row = st.keyness(rare, "first", "second").table.set_index("term").loc["قنطار"]
    assert row["log_odds"] > 2 and row["z_tokens"] > 2
    assert 1.5 < row["z"] < 2.0 and row["q"] > 0.05
    small = st.keyness(rare, "second", "first").table.set_index("term").loc["قنطار"]
    assert small["z"] == -row["z"]


@pytest.mark.parametrize("n", [2, 3, 5])
def test_few_blocks_find_no_words_by_chance(n):
    """Months differ in many words at once: dealt to two sides they part hundreds of words."""
    found = 0
    for seed in range(12):
        made = corpus(n=8 * n, seed=seed)
        months = pd.Series(
            [f"m{k % (2 * n)}" for k in range(made.shape[0])],
            index=made.passages.table["article_id"],
        )
        table = st.keyness(made, "first", "second", blocks=months[~months.index.duplicated()]).table
        found += bool((table["q"] < 0.05).any())
    assert found <= 2


def test_two_blocks_a_side_allow_no_test():
    made = corpus(n=8)
    side = made.passages.table["outlet"].to_numpy()
    ids = made.passages.table["article_id"]
    blocks = pd.Series([f"{o}{k % 2}" for k, o in enumerate(side)], index=ids)
    result = st.keyness(made, "first", "second", blocks=blocks[~blocks.index.duplicated()])
    assert result.table[["z", "p", "q", "low"]].isna().all().all()
    assert any("2 and 2 blocks are too few" in note for note in result.notes)


def test_a_group_without_articles_of_its_own_is_compared_and_said(dtm):
    found = st.keyness(dtm, focal="noonpost", reference="amad")
    assert len(found.table)
    assert "noonpost holds no own production: its translated articles stand for it." in found.notes
    assert st.keyness(dtm, focal="noonpost", reference="amad", production="all").table.equals(
        found.table
    )


def test_a_group_without_a_token_has_no_figures_and_gives_no_warning():
    table = corpus().passages.table
    table.loc[table["outlet"] == "first", "text"] = "من إلى"
    dtm = st.count_terms(Passages(table), st.ArabicAnalyzer(conflation="none"), max_df=1.0)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = st.keyness(dtm, "first", "second").table
    assert found["z"].isna().all() and (found["p"].isna() | (found["p"] == 1)).all()


def test_one_word_alone_sets_nothing_apart():
    passages = st.read_corpus(
        [
            {"text": "قصف قصف قصف", "outlet": o, "title": f"{o}{i}", "date": f"2018-01-{i + 1:02d}"}
            for o in "ab"
            for i in range(6)
        ]
    ).passages()
    row = st.keyness(st.count_terms(passages, max_df=1.0), "a", "b", production="all").table.iloc[0]
    assert np.isfinite(row["log_odds"]) and abs(row["log_odds"]) < 1e-6 and not row["q"] < 0.05


def test_a_word_that_falls_alike_in_shared_weeks_is_not_sure():
    # Two tokens a side in the same two weeks: the covariance ate the variance, and z was infinite.
    days = pd.date_range("2018-01-01", periods=30, freq="7D")
    rows = [
        (outlet, day, "تفويض " * (n in (3, 9)) + "قصف الجيش مواقع في المدينة " * (1 + n % 3))
        for n, day in enumerate(days)
        for outlet in ("bbc_arabic", "france24")
    ]
    rows += [("bbc_arabic", days[0], "حرب الشوارع والأزقة في حلب")]
    corpus = st.read_corpus(pd.DataFrame(rows, columns=["outlet", "date", "text"]))
    dtm = st.count_terms(corpus, min_df=1, max_df=1.0)
    words = st.keyness(
        dtm, "bbc_arabic", "france24", production="all", blocks="week", min_count=2
    ).table.set_index("term")
    assert np.isfinite(words["z"]).all() and words.loc["تفويض", "p"] > 0.5


def test_words_that_run_on_from_week_to_week_are_less_sure():
    rng = np.random.default_rng(5)
    words = np.array([f"كلمة{c}" for c in "ابتثجحخدذرز"])
    rows = []
    for outlet in ("bbc_arabic", "france24"):
        taste = rng.standard_normal((31, len(words)))
        for n, day in enumerate(pd.date_range("2018-01-01", periods=30, freq="7D")):
            rate = np.exp(taste[n] + taste[n + 1])
            rows += [
                (outlet, day, " ".join(rng.choice(words, 30, p=rate / rate.sum()))) for _ in "ab"
            ]
    made = st.read_corpus(pd.DataFrame(rows, columns=["outlet", "date", "text"]))
    dtm = st.count_terms(made, st.ArabicAnalyzer(conflation="none"), min_df=1, max_df=1.0)
    table = dtm.passages.table
    named = ("w" + table["date"].dt.to_period("W-SUN").astype(str)).set_axis(table["article_id"])
    blind, knowing = (
        st.keyness(dtm, "bbc_arabic", "france24", production="all", blocks=one).table.set_index(
            "term"
        )
        for one in (named[~named.index.duplicated()], "week")
    )
    shrunk = knowing["z"] / blind["z"].reindex(knowing.index)
    assert shrunk.max() - shrunk.min() < 1e-9 and 0.6 < shrunk.iloc[0] < 0.9
    assert np.allclose(knowing["log_odds"], blind["log_odds"].reindex(knowing.index))
