"""The multiverse: laws, calibration, resumption, and rows for what fails."""

import json

import numpy as np
import pandas as pd
import pytest

import syriatopics as st
from syriatopics.errors import InputError, ModelError
from syriatopics.inference.contrasts import contrasts
from syriatopics.validation.multiverse import running, work
from syriatopics.validation.multiverse.choices import Choices, as_choices
from syriatopics.validation.multiverse.comparison import Comparison, compare_groups
from syriatopics.validation.multiverse.joint import joint_test
from syriatopics.validation.multiverse.measuring import (
    Scored,
    by_article,
    measure,
    permuted_statistics,
)

QUICK = {"model": ["lexicon", "terms"], "conflation": ["clitics", "none"], "unit": "paragraph"}
NUMBERS = ["estimate", "low", "high", "p", "share_a", "share_b", "n_a", "n_b", "note", "topics"]


@pytest.fixture(scope="module")
def corpus():
    world = st.World(
        themes={"humanitarian": 0.2, "political_transition": 0.15},
        outlets={"first": 1, "second": 1},
        contrasts={"second": {"humanitarian": 0.4}},
        n_articles=160,
        story_size=1,
        passage_likeness=0.1,
    )
    return st.planted_corpus(st.load_seeds().passages(), world, wire=0.15, random_state=3)


def run(corpus, a="second", b="first", **options):
    given = {"choices": QUICK, "n_jobs": 1, "n_permutations": 99, **options}
    return st.multiverse(corpus, "humanitarian", a, b, **given)


@pytest.fixture(scope="module")
def quick(corpus):
    return run(corpus)


# ---- choices ------------------------------------------------------------------------


def test_a_choice_that_changes_nothing_makes_no_specification():
    lexicon = Choices(model=("lexicon",), unit=("paragraph",), production=("own",))
    assert len(lexicon.specifications()) == 1
    twice = as_choices({"model": ["lexicon", "nmf"], "seed": [0, 1], "n_topics": [5], "unit": 50,
                        "normalisation": "keys", "conflation": "clitics", "production": "all"})  # fmt: skip
    assert [(s.model, s.seed) for s in twice.specifications()] == [
        ("lexicon", None), ("nmf", 0), ("nmf", 1)
    ]  # fmt: skip


def test_a_sample_is_part_of_the_whole_and_the_same_every_time():
    every = Choices().specifications()
    some = Choices().specifications(sample=10, random_state=4)
    assert len(some) == 10
    assert set(some) <= set(every)
    assert some == Choices().specifications(sample=10, random_state=4)
    assert Choices().specifications(sample=10_000) == every


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"conflation": []}, "'conflation' has no value: the multiverse is empty"),
        ({"conflation": ["stem"]}, r"'stem' is not known for choice 'conflation'.*'snowball'"),
        ({"stemmer": "x"}, r"No choice 'stemmer' in a multiverse. Choices: 'conflation'"),
        ({"n_topics": 1}, "1 is not known for choice 'n_topics'"),
        ({"seed": None}, "None is not known for choice 'seed'"),
    ],
)
def test_unknown_choices_are_refused_in_one_line(given, message):
    with pytest.raises(InputError, match=message) as caught:
        as_choices(given)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"a": "third"}, r"No passage belongs to 'third'. Groups here: 'first', 'second'"),
        ({"a": "first"}, "'first' cannot be compared with itself"),
        ({"by": "paper"}, "No column 'paper' to group by"),
        ({"level": 95}, "level=95 must lie between"),
        ({"sample": 0}, "sample=0 must be 1 or more"),
        ({"n_permutations": -1}, "must not be negative"),
        ({"choices": {"model": "classifier"}}, "learns from coded passages"),
        ({"blocks": "saga"}, "Blocks 'saga' are not known"),
    ],
)
def test_bad_input_is_told_before_anything_is_done(corpus, options, message):
    with pytest.raises(InputError, match=message):
        run(corpus, **options)


def test_an_unknown_theme_is_told(corpus):
    with pytest.raises(InputError, match=r"No theme 'humane'. Themes: .*'humanitarian'"):
        st.multiverse(corpus, "humane", "first", "second")


# ---- laws ---------------------------------------------------------------------------


def test_the_lexicon_gives_what_contrasts_give(corpus, quick):
    whole = contrasts(st.score_themes(corpus.passages()), pairs=[("second", "first")])
    theirs = whole.table[whole.table["theme"] == "humanitarian"].set_index("production")
    ours = quick.table[quick.table["model"] == "lexicon"].set_index("production")
    for name, same in (("estimate", "difference"), ("low", "low"), ("high", "high"), ("p", "p")):
        np.testing.assert_allclose(ours[name][["own", "all"]], theirs[same][["own", "all"]])


def test_what_was_planted_is_found_in_every_specification(quick):
    assert quick.survival.n_sign == quick.survival.n == 10
    assert quick.survival.n_sure >= 8
    assert quick.table["estimate"].is_monotonic_increasing
    p = quick.joint.set_index("statistic")["p"]
    assert max(p["median"], p["beyond_chance"]) <= 0.05
    assert "The sign holds in 10 of 10" in quick.notes[0]


def test_swapped_groups_swap_signs_and_leave_the_joint_test(corpus, quick):
    other = run(corpus, "first", "second")
    np.testing.assert_allclose(other.table["estimate"], -quick.table["estimate"].to_numpy()[::-1])
    assert other.survival.n_sign == 0
    assert other.survival.n_against == quick.survival.n_sure
    assert other.joint["observed"][1] == quick.joint["observed"][1]


def test_order_of_articles_and_a_series_of_groups_change_nothing(corpus, quick):
    again = st.Corpus(reversed(corpus.articles))
    groups = again.table.set_index("article_id")["outlet"]
    pd.testing.assert_frame_equal(run(again, by=groups).table, quick.table)


def test_the_analyzer_does_not_depend_on_what_is_left_to_do(corpus, tmp_path):
    choices = {**QUICK, "unit": ["sentence", "paragraph"], "model": ["terms", "nmf"], "n_topics": 4}
    whole = run(corpus, choices=choices, folder=tmp_path)
    for file in sorted(tmp_path.glob("*.json"))[::3]:
        file.unlink()
    pd.testing.assert_frame_equal(run(corpus, choices=choices, folder=tmp_path).table, whole.table)


@pytest.mark.slow
def test_the_number_of_processes_changes_no_digit(corpus, quick):
    choices = {**QUICK, "model": ["lexicon", "terms", "nmf", "lda"], "n_topics": 4, "seed": 1}
    one, two = (run(corpus, choices=choices, n_jobs=n) for n in (1, 2))
    pd.testing.assert_frame_equal(one.table, two.table)
    pd.testing.assert_frame_equal(one.joint, two.joint)


# ---- resumption ---------------------------------------------------------------------


def test_done_is_not_done_again_and_broken_files_are(corpus, quick, tmp_path, monkeypatch):
    run(corpus, folder=tmp_path)
    files = sorted(tmp_path.glob("*.json"))
    assert len(files) == len(quick)
    files[0].write_text("{", encoding="utf-8")
    files[1].write_text(json.dumps({"row": {}}), encoding="utf-8")
    fitted = []
    weigh = work.weigh
    monkeypatch.setattr(work, "weigh", lambda fit, *a: fitted.append(fit) or weigh(fit, *a))
    pd.testing.assert_frame_equal(run(corpus, folder=tmp_path).table, quick.table)
    assert 1 <= len(fitted) <= 2
    fitted.clear()
    run(corpus, folder=tmp_path)
    assert not fitted
    run(corpus, folder=tmp_path, level=0.9)
    assert fitted


def test_an_interrupted_run_goes_on(corpus, quick, tmp_path, monkeypatch):
    do, calls = running.do, []

    def stop(shared, fit, specifications):
        calls.append(fit)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return do(shared, fit, specifications)

    monkeypatch.setattr(running, "do", stop)
    with pytest.raises(KeyboardInterrupt):
        run(corpus, folder=tmp_path)
    kept = len(list(tmp_path.glob("*.json")))
    assert 0 < kept < len(quick)
    monkeypatch.undo()
    pd.testing.assert_frame_equal(run(corpus, folder=tmp_path).table, quick.table)


# ---- what fails is a row -------------------------------------------------------------


def test_a_specification_that_fails_is_a_row_with_its_reason(corpus):
    choices = {"model": ["lexicon", "nmf"], "n_topics": [3, 5000], "seed": 0, "conflation": "clitics",
               "normalisation": "keys", "unit": "paragraph", "production": "all"}  # fmt: skip
    found = run(corpus, choices=choices)
    last = found.table.iloc[-1]
    assert len(found) == 3
    assert np.isnan(last["estimate"])
    assert "5000 topics from" in last["note"]
    assert found.survival.n_estimated < found.survival.n
    assert "could not be done" in found.notes[0]
    assert found.failures()["n"].sum() == found.survival.n - found.survival.n_estimated


def test_a_missing_morphology_fails_its_specifications_only(corpus, monkeypatch, tmp_path):
    monkeypatch.setenv("CAMELTOOLS_DATA", str(tmp_path))
    found = run(corpus, choices={**QUICK, "conflation": ["clitics", "lemma"]})
    failed = found.table[found.table["estimate"].isna()]
    if len(failed):  # where the data is not installed
        assert set(failed["conflation"]) == {"lemma"}
        assert (failed["note"] != "").all()
    assert found.table.loc[found.table["conflation"] == "clitics", "estimate"].notna().all()


def test_an_unexpected_error_is_a_row_and_is_tried_again(corpus, quick, tmp_path, monkeypatch):
    weigh = work.weigh

    def broken(fit, *rest):
        if fit.model == "terms":
            raise ZeroDivisionError("a library\nfell over")
        return weigh(fit, *rest)

    monkeypatch.setattr(work, "weigh", broken)
    found = run(corpus, folder=tmp_path)
    assert found.table["note"].str.contains("ZeroDivisionError: a library fell over").sum() == 8
    assert len(list(tmp_path.glob("*.json"))) == 2
    monkeypatch.undo()
    pd.testing.assert_frame_equal(run(corpus, folder=tmp_path).table, quick.table)


def test_an_outlet_without_articles_in_a_specification_is_a_row(corpus):
    wire = [a.article_id for a in corpus if a.production == "wire"]
    own = [a.article_id for a in corpus if a.production == "own"]
    groups = pd.Series({**dict.fromkeys(wire, "wire"), **dict.fromkeys(own, "own")})
    found = run(corpus, "wire", "own", by=groups).table
    assert found[found["production"] == "own"]["estimate"].isna().all()
    assert (found[found["production"] == "own"]["note"] == "wire: no article").all()
    assert found[found["production"] == "all"]["estimate"].notna().all()


def test_a_corpus_of_copies_only_fails_where_copies_are_excluded(passages):
    text = " ".join(passages.texts[:3])
    articles = [
        st.planted_corpus(passages, st.World(themes={"humanitarian": 0.5}, n_articles=1)).articles[
            0
        ]
    ]
    assert text
    corpus = st.Corpus(
        [_named(articles[0], f"x{n}", outlet) for n, outlet in enumerate(("first", "second"))]
    )
    found = run(corpus, choices={"model": "lexicon", "copies": ["keep", "exclude"]}).table
    assert found[found["copies"] == "exclude"]["note"].str.contains("No article is left").all()
    assert found[found["copies"] == "keep"]["estimate"].notna().all()


def _named(article, name, outlet):
    from dataclasses import replace

    return replace(article, article_id=name, outlet=outlet)


def test_no_interval_below_the_floor(seeds):
    found = run(seeds, "noonpost", "alhal")
    assert found.table["low"].isna().all()
    assert found.survival.n_tested == 0
    assert "none carries an interval" in found.notes[0]
    assert found.table["note"].str.contains("one article").all()


def test_a_process_that_dies_is_told_in_one_line(monkeypatch):
    from concurrent.futures.process import BrokenProcessPool

    import joblib

    class Broken:
        def __init__(self, **_):
            pass

        def __call__(self, jobs):
            raise BrokenProcessPool

    monkeypatch.setattr(joblib, "Parallel", Broken)
    with pytest.raises(ModelError, match="n_jobs=2 is too many"):
        list(running._beside(None, 2)(len, []))


# ---- measuring ------------------------------------------------------------------------


@pytest.fixture
def compared():
    return Comparison(
        a="x",
        b="y",
        articles=np.array(["1", "2", "3", "4"]),
        in_a=np.array([True, True, False, False]),
        own=np.array([True, False, True, True]),
        block=np.arange(4),
    )


@pytest.mark.parametrize(
    ("denominator", "share_a"),
    [("article", (1 + 0.5) / 2), ("passage", 2 / 3), ("word", (10 + 20) / 40), ("any", 1.0)],
)
def test_denominators_worked_by_hand(compared, denominator, share_a):
    scored = Scored(
        weights=np.array([1.0, 1.0, 0.0, np.nan, 0.0, 0.0]),
        assigned=np.array([True, True, False, False, False, False]),
        article=np.array([0, 1, 1, 1, 2, -1]),
        n_words=np.array([10, 20, 10, 99, 5, 5]),
    )
    row = measure(*by_article(scored, compared, "all", denominator), compared, 0.95)
    assert row["share_a"] == pytest.approx(share_a)
    assert (row["share_b"], row["n_a"], row["n_b"]) == (0.0, 2, 1)
    assert by_article(scored, compared, "own", denominator)[1][1] == 0


def test_permutations_keep_sizes_and_strata(corpus):
    compared = compare_groups(st.score_themes(corpus.passages()), "first", "second", blocks="week")
    moved = compared.permuted(50, 0)
    for block in np.unique(compared.block):
        for own in (True, False):
            cell = (compared.block == block) & (compared.own == own)
            assert (moved[:, cell].sum(axis=1) == compared.in_a[cell].sum()).all()
    assert not (moved == compared.in_a).all()


def test_blocks_of_one_group_move_as_a_whole(compared):
    from dataclasses import replace

    paired = replace(compared, block=np.array([0, 0, 1, 1]))
    moved = paired.permuted(20, 1)
    assert (moved[:, 0] == moved[:, 1]).all()
    assert (moved.sum(axis=1) == 2).all()
    assert len(np.unique(moved[:, 0])) == 2


def test_the_statistic_is_that_of_the_interval(corpus):
    """Studentised by the same sums of blocks as the estimate's own standard error."""
    from syriatopics.inference.resampling import estimate

    rng = np.random.default_rng(0)
    values, block = rng.random(60), np.arange(60)
    side = np.arange(60) < 25
    gap, _ = permuted_statistics(values, np.ones(60), block, side[None], 0.95)
    a, b = (estimate(values[s][:, None], block=block[s]) for s in (side, ~side))
    assert gap[0] == pytest.approx(float(a.mean[0] - b.mean[0]))


def test_the_joint_test_holds_its_level():
    """Null worlds: specifications that share articles, of which none knows a difference."""
    rng = np.random.default_rng(5)
    n, n_specs, rejected = 60, 6, np.zeros(3)
    for number in range(200):
        base = rng.random(n)
        compared = Comparison("x", "y", np.arange(n).astype(str), np.arange(n) < 25,
                              np.full(n, True), np.arange(n))  # fmt: skip
        moved = compared.permuted(99, number)
        rows = []
        for _ in range(n_specs):
            values = base + 0.5 * rng.random(n)
            seen = permuted_statistics(
                values, np.ones(n), compared.block, compared.in_a[None], 0.95
            )
            rows.append(
                (seen, permuted_statistics(values, np.ones(n), compared.block, moved, 0.95))
            )
        table = joint_test(
            np.array([s[0][0] for s, _ in rows]),
            np.array([s[1][0] for s, _ in rows]),
            np.array([p[0] for _, p in rows]),
            np.array([p[1] for _, p in rows]),
        )
        rejected += table["p"].to_numpy() <= 0.05
    # 200 draws at 5 %: 99.9 % of them lie below 22. Ties make the counts conservative.
    assert (rejected <= 22).all()
    assert rejected[0] >= 2


# ---- what is shown ------------------------------------------------------------------------


def test_choices_are_weighed_one_by_one(quick):
    table = quick.by_choice()
    assert table["choice"].drop_duplicates().tolist() == list(quick.varied)
    assert set(quick.varied) == {"normalisation", "conflation", "model", "production"}
    assert table[table["choice"] == "model"]["n"].tolist() == [2, 8]
    assert table[table["choice"] == "conflation"]["n"].sum() == 8


def test_the_curve_is_drawn(quick, seeds):
    ax = quick.plot()
    upper, lower = ax.figure.axes
    drawn = sum(len(line.get_xdata()) for line in upper.get_lines()[1:])
    assert drawn == len(quick)
    for marks in lower.collections:
        assert set(marks.get_offsets()[:, 0]) <= set(range(1, len(quick) + 1))
    model = quick.table["model"].eq("lexicon").to_numpy()
    shown = [c for c in lower.collections if len(c.get_offsets()) == 2]
    assert any((c.get_offsets()[:, 0] == np.flatnonzero(model) + 1).all() for c in shown)
    assert len(lower.get_yticks()) == sum(len(g) for _, g in quick.by_choice().groupby("choice"))
    assert run(seeds, "noonpost", "alhal").rounded().plot() is not None


def test_it_is_drawn_into_given_axes(quick):
    import matplotlib.pyplot as plt

    figure, ax = plt.subplots()
    assert quick.plot(ax).figure is figure
