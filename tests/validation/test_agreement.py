"""α as it is published, as a peer computes it, and what is said where it cannot be had."""

import krippendorff
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

import syriatopics as st
from syriatopics.errors import InputError
from syriatopics.inference import krippendorff_alpha
from syriatopics.inference.agreement import alpha_interval
from syriatopics.validation.comparing import WHOLE

# Krippendorff, K. (2011). Computing Krippendorff's alpha-reliability: the binary and the nominal
# example of two observers. The one with missing values stands with the tests of inference.
PUBLISHED = {
    "binary": (["0100000010", "1110010000"], 0.095),
    "nominal": (["aabbdcccedda", "babbbccceddd"], 0.692),
}


def numbers(rows):
    return np.array([[float(ord(c)) for c in row] for row in rows]).T


@pytest.mark.parametrize("name", ["binary", "nominal"])
def test_published_examples_come_out(name):
    rows, alpha = PUBLISHED[name]
    assert krippendorff_alpha(numbers(rows)) == pytest.approx(alpha, abs=0.0005)


@settings(max_examples=150, deadline=None)
@given(
    some.integers(2, 4).flatmap(
        lambda coders: some.lists(
            some.lists(
                some.sampled_from([np.nan, 0.0, 1.0, 2.0, 5.0]), min_size=coders, max_size=coders
            ),
            min_size=2,
            max_size=30,
        )
    )
)
def test_alpha_is_that_of_the_peer(rows):
    codes = np.array(rows)
    mine = krippendorff_alpha(codes)
    counted = codes[(~np.isnan(codes)).sum(axis=1) > 1]
    if np.isnan(mine):
        assert len(np.unique(counted[~np.isnan(counted)])) < 2
        return
    theirs = krippendorff.alpha(reliability_data=counted.T, level_of_measurement="nominal")
    assert mine == pytest.approx(theirs, abs=1e-9)


def test_the_interval_takes_articles_and_not_passages():
    rng = np.random.default_rng(0)
    a = rng.integers(0, 2, 40).astype(float)
    b = np.where(rng.random(40) < 0.8, a, 1 - a)
    codes = np.repeat(np.stack([a, b], axis=1), 10, axis=0)
    article = np.repeat(np.arange(40), 10)
    by_article = alpha_interval(codes, article)
    by_passage = alpha_interval(codes, np.arange(400))
    assert by_article.alpha == by_passage.alpha
    assert by_article.high - by_article.low > 2.5 * (by_passage.high - by_passage.low)
    shuffled = rng.permutation(400)
    assert alpha_interval(codes[shuffled], article[shuffled]) == pytest.approx(by_article)
    same = alpha_interval(np.repeat(a, 10)[:, None][:, [0, 0]], article)
    assert same.alpha == same.high == 1 and 0.7 < same.low < 1


@pytest.mark.parametrize("share", [0.4, 0.05])
def test_the_interval_holds_the_alpha_of_the_population(share):
    """Resampling held .88 of the rare theme."""

    def drawn(rng, n):
        own = rng.beta(2 * share, 2 * (1 - share), (n, 1))
        a = (rng.random((n, 4)) < own).astype(float)
        b = np.where(rng.random((n, 4)) < np.where(a > 0, 0.8, 1 - share / 3), a, 1 - a)
        return np.stack([a.ravel(), b.ravel()], axis=1), np.repeat(np.arange(n), 4)

    truth = krippendorff_alpha(drawn(np.random.default_rng(0), 100_000)[0])
    found = [alpha_interval(*drawn(np.random.default_rng([1, s]), 80)) for s in range(300)]
    held = np.mean([f.low <= truth <= f.high for f in found])
    assert 0.92 < held < 0.99
    assert np.median([f.high - f.low for f in found]) < (0.4 if share > 0.1 else 1.0)


@pytest.mark.parametrize(("n", "per"), [(40, 4), (100, 1)])
def test_the_interval_holds_where_a_theme_is_rare_or_there_is_none(n, per):
    """One passage of each of forty articles held .88, with limits from -1 to 1: nothing is given now."""
    rng, held, given = np.random.default_rng(8), [], 0
    for _ in range(250):
        own = rng.beta(0.1, 1.9, (n, 1))
        a = (rng.random((n, per)) < own).astype(float)
        b = np.where(rng.random((n, per)) < np.where(a > 0, 0.8, 0.983), a, 1 - a)
        codes = np.stack([a.ravel(), b.ravel()], axis=1)
        found = alpha_interval(codes, np.repeat(np.arange(n), per))
        told = ((codes > 0).any(axis=1).reshape(n, per).any(axis=1)).sum() >= 5
        assert np.isfinite(found.low) == told
        given += told
        if told:
            assert -1 <= found.low <= found.alpha <= found.high <= 1
            held.append(found.low <= 0.743 <= found.high)
    assert np.mean(held) > 0.92 and given > 50


HALF = [("humanitarian",), ()] * 10


def test_two_who_agree_and_one_who_does_not(task, read, scores):
    read("a", HALF)
    read("b", HALF)
    read("c", HALF[::-1])
    found = st.agreement(task.codings())
    one = found.table.set_index(["comparison", "theme"])["alpha"]
    assert one["a – b", "humanitarian"] == 1 == one["a – b", WHOLE]
    assert one["a – c", "humanitarian"] < -0.9
    assert -0.5 < one["all coders", "humanitarian"] < 0.1
    assert list(found.table.columns[:2]) == ["theme", "comparison"]
    assert {"alpha", "low", "high", "n_passages", "n_articles"} <= set(found.table.columns)
    assert found.table["low"].isna().all() and "5 articles: too few" in found.table["note"].iloc[0]
    never = found.table.query("theme == 'normalization'")
    assert never["alpha"].isna().all() and "not defined" in never["note"].iloc[0]


def test_the_whole_set_agrees_only_where_every_theme_does(task, read):
    read("a", [("humanitarian", "accountability")] * 10 + [()] * 10)
    read("b", [("humanitarian",)] * 10 + [()] * 10)
    one = st.agreement(task.codings()).table.set_index("theme")
    assert one.loc["humanitarian", "agreed"] == 1
    assert one.loc[WHOLE, "agreed"] == 0.5 == one.loc["accountability", "agreed"]


def test_confusion_and_disputes_lead_to_the_text(task, read):
    read("a", [("humanitarian", "normalization"), ("humanitarian",), ()])
    read("b", [("humanitarian",), (), ("humanitarian",)])
    found = st.agreement(task.codings())
    cells = found.confusion("a", "b").set_index("theme").loc["humanitarian"]
    assert cells[["both", "only_a", "only_b", "neither"]].tolist() == [1, 1, 1, 0]
    assert cells["precision"] == cells["recall"] == 0.5
    swapped = found.confusion("b", "a").set_index("theme").loc["humanitarian"]
    assert (swapped["only_a"], swapped["only_b"]) == (cells["only_b"], cells["only_a"])
    disputed = found.disputed().set_index("passage_id")
    ids, texts = task.sample["passage_id"], task.sample["text"]
    assert set(disputed.index) == set(ids[:3])
    assert disputed.loc[ids[0], ["a", "b"]].tolist() == ["normalization", ""]
    assert disputed.loc[ids[0], "text"] == texts[0]
    assert found.disputed("a", "b").shape == (3, 5)
    with pytest.raises(InputError, match="'z' was not compared. Compared: 'a', 'b'"):
        found.confusion("a", "z")


def test_missing_codes_are_listed_and_left_out(task, read):
    read("a", HALF)
    read("b", HALF[:6])
    found = st.agreement(task.codings())
    assert found.table["n_passages"].unique().tolist() == [6]
    assert found.missing()["coder"].tolist() == ["b"] * 14
    assert "b: 6 of 20 passages decided." in found.notes


def test_a_method_is_compared_with_each_coder(task, read, scores):
    said = scores.assigned.loc[task.sample["passage_id"]]
    read("a", [tuple(said.columns[row]) for row in said.to_numpy()])
    read("b", HALF)
    found = st.agreement(task.codings(), {"lexicon": scores})
    one = found.table.query("kind == 'method'").set_index(["comparison", "theme"])["alpha"]
    assert one["lexicon – a", "humanitarian"] == 1 == one["lexicon – a", WHOLE]
    assert one["lexicon – b", "humanitarian"] < 0.5
    assert st.agreement(task.codings(), scores).codes.keys() == {"a", "b", "lexicon"}
    strict = st.agreement(task.codings(), scores, threshold=1.1).codes["lexicon"]
    assert strict.to_numpy().sum() == 0
    with pytest.raises(InputError, match="cannot bear the name of a coder: 'a'"):
        st.agreement(task.codings(), {"a": scores})
    topics = st.NMF(n_topics=3).fit(scores.passages)
    with pytest.raises(InputError, match="scores none of the themes that were coded"):
        st.agreement(task.codings(), topics)


def test_one_coder_none_and_disjoint_samples_are_said(task, read, scores):
    none = st.agreement(task.codings(), scores)
    assert not len(none.table) and none.notes[-1].startswith("Nobody has coded")
    none.plot()
    read("a", HALF[:4])
    alone = st.agreement(task.codings(), scores)
    assert set(alone.table["kind"]) == {"method"}
    assert any(note.startswith("One coder only (a)") for note in alone.notes)
    log = task.log("b")
    for passage in task.sample["passage_id"][10:14]:
        log.record(passage, ())
    apart = st.agreement(task.codings())
    assert apart.table["n_passages"].eq(0).all() and apart.table["alpha"].isna().all()
    assert apart.table["note"].eq("no passage was coded by both").all()
    assert "a and b coded no passage in common." in apart.notes
    apart.plot()


def test_unsure_samples_say_so(seeds, scores, tmp_path):
    task = st.coding_task(seeds, tmp_path / "u", n=20, design="uncertain", scores=scores)
    for coder in ("a", "b"):
        task.log(coder).record(task.sample["passage_id"][0], ())
    assert "prefers unsure passages" in st.agreement(task.codings()).notes[-1]


def test_the_picture_holds_every_comparison(task, read, scores):
    read("a", HALF)
    read("b", HALF[::-1])
    ax = st.agreement(task.codings(), scores).plot()
    shown = " ".join(text.get_text() for text in ax.get_legend().get_texts())
    assert all(name in shown for name in ("a – b", "lexicon – a", "lexicon – b"))
