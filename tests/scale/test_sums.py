"""What is estimated from sums by article is what is estimated from passages, to the last bit."""

import numpy as np
import pandas as pd
import pytest

import syriatopics as st
from syriatopics.framing.events import match_counted
from syriatopics.inference import ArticleScores
from syriatopics.scale import article_counts, find_copies, score_partitions, without_copies

ESTIMATORS = {
    "shares": lambda s: st.prevalence(s),
    "shares of own production by week": lambda s: st.prevalence(s, production="own", blocks="week"),
    "contrasts": lambda s: st.contrasts(s, blocks="day"),
    "balance": lambda s: st.balance(s),
    "effects": lambda s: st.effects(s),
    "trend": lambda s: st.trend(s, "M", by="outlet"),
    "smooth": lambda s: st.smooth(s, n_resamples=50),
    "changepoints": lambda s: st.changepoints(s, blocks="article"),
}


@pytest.fixture(scope="module")
def summed(store):
    return score_partitions(store)


@pytest.fixture(scope="module")
def scored(corpus):
    return st.score_themes(corpus.passages())


@pytest.mark.parametrize("name", ESTIMATORS)
def test_estimators_cannot_tell_sums_from_passages(name, summed, scored):
    one, two = (ESTIMATORS[name](scores) for scores in (summed, scored))
    pd.testing.assert_frame_equal(one.table, two.table, check_exact=True)
    assert one.notes == two.notes


@pytest.mark.parametrize("part", ["headline", "lead", "all"])
def test_parts_of_a_store_are_those_of_the_corpus(part, store, corpus):
    summed = score_partitions(store, part=part)
    scored = st.score_themes(corpus.passages(part="all"), part=part)
    one, two = (st.prevalence(s, production="all").table for s in (summed, scored))
    pd.testing.assert_frame_equal(one, two, check_exact=True)


def test_a_part_that_is_not_known_is_named(store):
    with pytest.raises(st.errors.InputError, match="'title' is not known"):
        score_partitions(store, part="title")


def test_sums_are_as_small_as_the_corpus_has_articles(summed, corpus):
    assert isinstance(summed, ArticleScores)
    assert len(summed.table) == len(corpus)
    assert summed.sizes().sum() == len(corpus.passages())
    assert len(summed.where(np.arange(len(corpus)) < 5).table) == 5
    with pytest.raises(st.errors.InputError, match="without their texts"):
        _ = summed.passages.texts


def test_rows_that_could_not_be_scored_count_nowhere(scored):
    from dataclasses import replace

    from syriatopics.scale.sums import scores_of, sums_of

    table = scored.table.astype(float)
    table.iloc[::3] = np.nan
    bare = replace(st.prevalence(scored).scores, table=table)
    plain = type(bare).__mro__[1](
        table=table, passages=scored.passages, labels=scored.labels, notes=scored.notes
    )
    summed = scores_of(
        [sums_of(plain)], list(table.columns), names=scored.labels, notes=plain.notes
    )
    one, two = st.prevalence(summed), st.prevalence(plain)
    pd.testing.assert_frame_equal(one.table, two.table, check_exact=True)


@pytest.mark.parametrize("values", [None, ["alpha", "beta"]])
def test_keyness_of_articles_is_keyness_of_passages(store, corpus, values):
    dtm = st.count_terms(corpus.passages())
    for block in ("article", "week"):
        options = {"blocks": block, "permutations": 10, "production": "all"}
        one = st.keyness(article_counts(store, values=values), "alpha", "beta", **options)
        two = st.keyness(dtm, "alpha", "beta", **options)
        pd.testing.assert_frame_equal(one.table, two.table, check_exact=True)
        assert one.notes == two.notes


def test_groups_that_are_not_there_are_said(store):
    with pytest.raises(st.errors.InputError, match="No passage belongs to 'delta'"):
        article_counts(store, values=["delta"])
    with pytest.raises(st.errors.InputError, match="No column 'paper'"):
        article_counts(store, "paper")


def test_scoring_that_needs_the_whole_corpus_is_refused(store):
    with pytest.raises(st.errors.InputError, match="cannot be had by partition"):
        score_partitions(store, "keywords")
    with pytest.raises(st.errors.InputError, match="coded passages"):
        score_partitions(store, "classifier")


def test_near_copies_are_those_of_the_whole(store, corpus, summed, monkeypatch):
    from syriatopics.scale import copies

    monkeypatch.setattr(copies, "_AT_ONCE", 500)
    found, whole = find_copies(store), corpus.reprints()
    assert len(whole) >= 8
    for name in ("table", "clusters", "pairs"):
        pd.testing.assert_frame_equal(getattr(found, name), getattr(whole, name), check_exact=True)
    assert found.notes == whole.notes
    pd.testing.assert_frame_equal(found.edits(0).table, whole.edits(0).table)
    for across in ("mark", "exclude"):
        smaller = corpus.without_reprints(across)
        one = st.prevalence(without_copies(summed, found, across))
        two = st.prevalence(st.score_themes(smaller.passages()))
        pd.testing.assert_frame_equal(one.table, two.table, check_exact=True)


def test_events_are_those_of_the_whole(source, corpus, tmp_path):
    counts = article_counts(st.build_partitions(source, tmp_path / "s", unit="article", size=25))
    found, whole = match_counted(counts, window=9), st.matched_events(corpus, window=9)
    assert len(whole)
    pd.testing.assert_frame_equal(found.table, whole.table, check_exact=True)
    pd.testing.assert_frame_equal(found.coverage, whole.coverage, check_exact=True)
    with pytest.raises(st.errors.InputError, match="one row for each article"):
        match_counted(st.count_terms(corpus.passages()))


def test_a_store_takes_the_encoder_of_its_classifier(store, corpus, tmp_path):
    """It was passed over in silence: scores by words alone, under the name of an encoder."""
    passages = corpus.passages()
    table = passages.table.iloc[:60][["passage_id", "article_id", "text"]]
    codes = st.score_themes(passages).assigned["humanitarian"].to_numpy()[:60]
    table.assign(themes=["humanitarian" if yes else "" for yes in codes]).to_csv(
        tmp_path / "codes.csv", index=False
    )
    found = st.score_themes(store, "classifier", coded=tmp_path / "codes.csv", encoder="lsa")
    assert "with the encoder 'lsa'" in " ".join(found.notes)
