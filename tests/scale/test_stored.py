"""Every function that takes a corpus takes a store, and gives the same to the last bit."""

import tempfile
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as hy
from looks import same_table
from made_corpora import made_corpus

import syriatopics as st
from syriatopics.corpus import Corpus
from syriatopics.framing.collocations import collocations


def table_of(result):
    return result.table


VERBS = {
    "articles": lambda c: c.table,
    "shares": lambda c: st.prevalence(st.score_themes(c)).table,
    "shares by genre and week": lambda c: st.prevalence(
        st.score_themes(c), ["outlet", "genre"], production="all", blocks="week"
    ).table,
    "scores": lambda c: st.score_themes(c).table,
    "assigned": lambda c: st.score_themes(c).assigned,
    "headlines": lambda c: st.score_themes(c, part="headline").table,
    "leads": lambda c: st.score_themes(c, part="lead").table,
    "titles and text": lambda c: st.score_themes(c, part="all").table,
    "contrasts": lambda c: st.contrasts(st.score_themes(c), blocks="day").table,
    "balance": lambda c: st.balance(st.score_themes(c)).table,
    "effects": lambda c: st.inference.effects(st.score_themes(c)).table,
    "trend": lambda c: st.trend(st.score_themes(c), "M", by="outlet").table,
    "breaks": lambda c: st.changepoints(st.score_themes(c), blocks="article").table,
    "counts": lambda c: counted(st.count_terms(c)),
    "counts of sentences": lambda c: counted(st.count_terms(c.passages("sentence"), min_df=3)),
    "counts by other limits": lambda c: counted(st.count_terms(c, min_df=4, max_df=0.3)),
    "keyness": lambda c: st.keyness(
        st.count_terms(c), "alpha", "beta", production="all", blocks="week", permutations=10
    ).table,
    "naming": lambda c: st.naming(c, production="all").table,
    "mentions": lambda c: st.naming(c).mentions,
    "quotations": lambda c: st.quotations(c).table,
    "voices": lambda c: st.quotations(c).shares(production="all").table,
    "concordance": lambda c: st.kwic(c, "سوري*").table,
    "agents": lambda c: st.framing.agents(c, production="all").table,
    "collocations": lambda c: collocations(c, "سوريا", min_count=1).table,
    "copies": lambda c: c.reprints().table,
    "clusters": lambda c: c.reprints().clusters,
    "pairs": lambda c: c.reprints().pairs,
    "events": lambda c: st.matched_events(c, window=9).table,
    "coverage": lambda c: st.matched_events(c, window=9).coverage,
    "NMF": lambda c: topics(st.NMF(n_topics=3).fit(st.count_terms(c))),
    "NMF in batches": lambda c: topics(st.NMF(n_topics=3, batches=True).fit(c)),
    "LDA": lambda c: topics(st.LDA(n_topics=3, max_iter=4).fit(c)),
    "topics of LSA": lambda c: topics(st.EmbeddingTopics(n_topics=3).fit(c)),
    "shares of topics": lambda c: st.prevalence(st.NMF(n_topics=3).fit(c)).table,
    "trend of topics": lambda c: st.trend(st.NMF(n_topics=3).fit(c), "M").table,
    "dates": lambda c: c.date_audit().table,
    "removed": lambda c: c.removed,
    "evidence": lambda c: c.evidence,
    "summary": lambda c: c.summary().table,
    "what is said of it": lambda c: pd.DataFrame({"text": [c.summary().text]}),
}  # fmt: skip
# What is slow, or reads every article anew, is asked of one corpus and not of many drawn ones.
SLOW = {
    "headlines", "titles and text", "breaks", "effects", "counts of sentences", "LDA", "NMF",
    "topics of LSA", "trend of topics", "removed", "summary", "what is said of it", "voices",
    "counts by other limits", "collocations",
}  # fmt: skip


def counted(dtm):
    counts = dtm.counts.tocoo()
    return pd.DataFrame(
        {
            "row": dtm.passages.table["passage_id"].to_numpy()[counts.row],
            "term": dtm.terms[counts.col],
            "shown": [dtm.display[t] for t in dtm.terms[counts.col]],
            "n": counts.data,
        }
    )


def topics(fitted):
    theta = pd.DataFrame(fitted.theta).add_prefix("theta ")
    phi = pd.DataFrame(fitted.phi.T).add_prefix("phi ")
    words = fitted.table["words"].rename("words")
    behind = pd.Series(fitted.passages(0, 3).texts, name="behind")
    return pd.concat([theta, phi, words, behind], axis=1)


def same(verb, one, other):
    found, wanted = VERBS[verb](one), VERBS[verb](other)
    same_table(found, wanted)


@pytest.fixture(scope="module")
def opened(store):
    return st.open_corpus(store.folder)


_LONG = {"topics of LSA", "LDA", "headlines", "what is said of it", "counts of sentences"}


@pytest.mark.parametrize(
    "verb", [pytest.param(v, marks=pytest.mark.slow) if v in _LONG else v for v in VERBS]
)
def test_a_store_gives_what_memory_gives(verb, opened, corpus):
    assert len(VERBS[verb](corpus)) or verb in ("voices", "agents", "breaks")
    same(verb, opened, corpus)


@settings(max_examples=2, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(n=hy.integers(12, 40), seed=hy.integers(0, 10**6), size=hy.integers(6, 50), data=hy.data())
def test_any_corpus_in_any_partitions(n, seed, size, data):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "made.parquet"
        made_corpus(n, seed).to_parquet(path)
        stored = st.open_corpus(path, store=Path(folder) / "store", size=size)
        corpus = st.read_corpus(path)
        quick = sorted(set(VERBS) - SLOW)
        for verb in data.draw(
            hy.lists(hy.sampled_from(quick), min_size=3, max_size=3, unique=True)
        ):
            same(verb, stored, corpus)
        kept = data.draw(hy.sampled_from(["alpha", "beta", "gamma"]))
        for verb in ("articles", "scores", "pairs"):
            same(verb, stored.of_outlets(kept), corpus.of_outlets(kept))


@pytest.mark.parametrize("across", ["mark", "exclude"])
@pytest.mark.parametrize("verb", ["articles", "shares", "counts", "quotations", "NMF in batches"])
def test_a_smaller_store_is_the_smaller_corpus(verb, across, opened, corpus):
    one, other = opened.without_reprints(across), corpus.without_reprints(across)
    same(verb, one, other)
    assert one.notes[-2:] == other.notes[-2:]
    assert one.fingerprint == other.fingerprint


def test_some_days_are_those_days(opened, corpus):
    one, other = (c.between("2018-01-20", "2018-02-20") for c in (opened, corpus))
    assert len(one) == len(other) < len(corpus)
    for verb in ("articles", "scores", "mentions"):
        same(verb, one, other)
    with pytest.raises(st.errors.CorpusError, match="No article is left"):
        opened.between("1999-01-01", "1999-02-01")


def test_what_is_known_of_a_corpus_is_the_same(opened, corpus):
    assert isinstance(opened, Corpus)
    assert opened.fingerprint == corpus.fingerprint
    assert (len(opened), opened.outlets, opened.caveats) == (
        len(corpus),
        corpus.outlets,
        corpus.caveats,
    )
    wanted = corpus.articles[7].article_id
    assert opened[wanted].raw == opened.articles[7].raw == corpus[wanted].raw
    assert [a.article_id for a in opened] == [a.article_id for a in corpus]
    with pytest.raises(st.errors.InputError, match="No article 'nobody'"):
        opened["nobody"]
    pd.testing.assert_frame_equal(st.tellings(opened).table, st.tellings(corpus).table)


def test_texts_stay_on_the_disk_and_are_read_by_partition(opened, corpus):
    passages, whole = opened.passages(), corpus.passages()
    assert "text" not in passages.table
    assert len(list(passages.pieces())) == len(opened.store)
    assert list(passages.texts) == list(whole.texts)
    assert passages.texts[3:9] == whole.texts[3:9]
    same_table(passages.loaded().table, whole.table)
    rng = np.random.default_rng(3)
    order = rng.permutation(len(whole))
    assert list(passages.take(order).texts) == [whole.texts[k] for k in order]
    some = passages.where(rng.random(len(whole)) < 0.1)
    assert all(piece.table["article_id"].is_monotonic_increasing for piece in some.pieces())
    assert sum(map(len, some.pieces())) == len(some)


def test_the_passages_behind_a_number_hold_their_texts(opened, corpus):
    for source in (opened, corpus):
        found = st.prevalence(st.score_themes(source), production="all")
        behind = found.passages("military_security", n=3, outlet="alpha")
        assert behind.table["text"].str.len().gt(10).all()
    words = st.keyness(st.count_terms(opened), "alpha", "beta", production="all")
    assert len(words.passages(words.table["term"].iloc[0], 2).table["text"]) > 0


def test_scorers_that_learn_or_see_all_take_a_store(opened, corpus, tmp_path):
    table = corpus.passages().table.iloc[:60][["passage_id", "article_id", "text"]]
    codes = st.score_themes(corpus).assigned["humanitarian"].to_numpy()[:60]
    table.assign(themes=["humanitarian" if yes else "" for yes in codes]).to_csv(
        tmp_path / "codes.csv", index=False
    )
    options = {"coded": tmp_path / "codes.csv", "encoder": "lsa"}
    one, two = (st.score_themes(c, "classifier", **options) for c in (opened, corpus))
    assert "with the encoder 'lsa'" in " ".join(one.notes)
    assert one.table.columns.tolist() == two.table.columns.tolist()
    mine = pd.DataFrame({"passage_id": corpus.passages().table["passage_id"], "aid": 1.0})
    scored = st.Scores.from_table(mine, opened.passages())
    assert st.prevalence(scored, production="all").table["share"].eq(1).all()


def test_a_source_is_opened_in_memory_or_on_the_disk(source, store, tmp_path):
    assert type(st.open_corpus(source)) is Corpus
    built = st.open_corpus(source, store=tmp_path / "store", size=30)
    assert built.fingerprint == st.open_corpus(tmp_path / "store").fingerprint
    with pytest.raises(st.errors.InputError, match="is a store, read already: leave columns out"):
        st.open_corpus(store.folder, columns={"text": "text"})
    with pytest.raises(st.errors.InputError, match=r"corpus\.passages\(part='all'\)"):
        built.passages().part("all")


def test_a_study_takes_a_store_as_its_corpus(source, tmp_path):
    from syriatopics.study import new_study, open_study

    st.open_corpus(source, store=tmp_path / "store", size=30)
    new_study(tmp_path / "one", tmp_path / "store")
    new_study(tmp_path / "other", source)
    one, other = (open_study(tmp_path / name) for name in ("one", "other"))
    assert one.corpus.fingerprint == other.corpus.fingerprint
    assert "text" not in one.corpus.passages().table
    same_table(one.scores.table, other.scores.table)
    same_table(counted(one.dtm), counted(other.dtm))


def test_a_report_coding_and_archive_take_a_store(opened, corpus, tmp_path):
    from syriatopics.validation import coding_task

    one, other = (coding_task(c, tmp_path / n, n=12) for c, n in ((opened, "a"), (corpus, "b")))
    assert one.sample["text"].tolist() == other.sample["text"].tolist()
    for source, name in ((opened, "archive"), (corpus, "whole")):
        source.export(tmp_path / name)
    for path in sorted((tmp_path / "whole").iterdir()):
        if path.suffix in (".csv", ".jsonl"):
            assert (tmp_path / "archive" / path.name).read_bytes() == path.read_bytes(), path.name
    sections = [
        st.report.make_report(c, st.report.ReportOptions(title="made", max_passages=60)).html
        for c in (opened, corpus)
    ]
    assert len(sections[0]) == pytest.approx(len(sections[1]), rel=0.01)
