"""Topics of a store are those of the same passages in memory."""

import numpy as np
import pandas as pd
import pytest

import syriatopics as st
from syriatopics.errors import CorpusError, InputError, TooSmallError
from syriatopics.scale import build_partitions, fit_topics, open_topics, training

MODELS = {
    "NMF": st.NMF(n_topics=4),
    "NMF in batches": st.NMF(n_topics=4, batches=True),
    "LDA": st.LDA(n_topics=4, max_iter=5),
    "LDA in batches": st.LDA(n_topics=4, max_iter=3, batches=True),
}


def articles(n=40):
    """Write articles of two outlets from the sentences of the seeds, drawn again."""
    rng = np.random.default_rng(5)
    passages = st.load_seeds().passages("sentence").texts
    rows = []
    for number in range(n):
        drawn = rng.choice(passages, size=8, replace=False)
        text = "\n\n".join(" ".join(drawn[k : k + 2]) for k in range(0, 8, 2))
        day = f"2020-{1 + number % 3:02d}-{1 + number % 27:02d}"
        rows.append((f"a{number:03d}", f"outlet{number % 2}", day, f"عنوان {number}", text))
    return pd.DataFrame(rows, columns=["id", "outlet", "date", "title", "text"])


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    path = tmp_path_factory.mktemp("source") / "articles.parquet"
    articles().to_parquet(path)
    return path


@pytest.fixture(scope="module")
def store(source, tmp_path_factory):
    return build_partitions(source, tmp_path_factory.mktemp("store") / "store", size=11)


@pytest.fixture(scope="module")
def whole(source):
    return st.count_terms(st.read_corpus(source).passages())


@pytest.fixture(scope="module")
def stored(store, tmp_path_factory):
    folder = tmp_path_factory.mktemp("topics")
    return {name: fit_topics(model, store, folder / name) for name, model in MODELS.items()}


@pytest.mark.parametrize("name", MODELS)
def test_the_topics_are_those_of_the_passages_in_memory(name, stored, whole):
    """The same counts, in the same batches and order: the same digits."""
    learned = MODELS[name].learn(st.topics.engine.ready(whole, 4, name))
    found = stored[name]
    some = whole.content().counts[:5]
    assert np.array_equal(found.sample.projection.theta(some, None, None),
                          learned.projection.theta(some, None, None))  # fmt: skip
    engine = learned.phi / learned.phi.sum(axis=1, keepdims=True)
    assert np.array_equal(found.phi, engine[found.manifest["columns"]])
    assert list(found.terms) == list(whole.content().terms)


@pytest.mark.parametrize("name", MODELS)
def test_theta_by_partition_is_that_of_the_whole(name, stored, whole):
    found = stored[name]
    theta = np.vstack([found.theta(number) for number in range(len(found))])
    assert np.allclose(theta, found.transform(whole), atol=1e-6, equal_nan=True)
    assert np.allclose(np.nanmean(theta, axis=0), found.table["share"], atol=1e-12)
    assert found.table["share"].is_monotonic_decreasing
    counts = np.bincount(np.nanargmax(theta, axis=1), minlength=4)
    assert found.table["n_passages"].tolist() == counts.tolist()


def test_in_batches_the_whole_result_is_that_of_fit(stored, whole):
    """Where θ comes by projection in memory too, nothing at all differs."""
    found, memory = stored["NMF in batches"], MODELS["NMF in batches"].fit(whole)
    theta = np.vstack([part.theta for part in found])
    assert np.allclose(theta, memory.theta, atol=1e-6, equal_nan=True)
    assert found.table["words"].tolist() == memory.table["words"].tolist()
    assert found.top_terms(5).equals(memory.top_terms(5))


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_the_size_of_partitions_changes_nothing(size, source, stored, tmp_path):
    if size == 1:
        frame = pd.read_parquet(source).sample(frac=1, random_state=3)
        source = tmp_path / "shuffled.parquet"
        frame.to_parquet(source)
        size = 13
    store = build_partitions(source, tmp_path / "store", size=size)
    found = fit_topics(MODELS["NMF in batches"], store, tmp_path / "topics")
    assert np.array_equal(found.phi, stored["NMF in batches"].phi)
    assert found.table["share"].tolist() == pytest.approx(
        stored["NMF in batches"].table["share"].tolist(), abs=1e-9
    )


def test_long_streams_are_read_in_stretches(store, stored, tmp_path, monkeypatch):
    """Batches cross the borders of stretches and partitions alike."""
    monkeypatch.setattr("syriatopics.scale.runs._HELD", 16)
    monkeypatch.setattr("syriatopics.topics.factorising.BATCH", 8)
    few = fit_topics(MODELS["NMF in batches"], store, tmp_path / "few")
    monkeypatch.setattr("syriatopics.scale.runs._HELD", 10_000)
    many = fit_topics(MODELS["NMF in batches"], store, tmp_path / "many")
    assert np.array_equal(few.phi, many.phi)
    assert not np.array_equal(few.phi, stored["NMF in batches"].phi)


def test_shares_from_sums_are_those_from_passages(stored, whole):
    found = stored["NMF"]
    passages = found.sample.score(whole)
    for by in ("outlet", ["outlet", "date_status"]):
        sums = st.prevalence(found, by=by).table
        assert sums.equals(st.prevalence(passages, by=by).table)
    sums = st.trend(found, period="M", by="outlet").table
    expected = st.trend(passages, period="M", by="outlet").table
    pd.testing.assert_frame_equal(sums, expected, rtol=1e-12)


def test_a_partition_is_fitted_topics_of_its_own(stored, store):
    part = stored["LDA"].partition(1)
    assert part.theta.shape == (store.partition(1).shape[0], 4)
    shown = part.passages(topic=0, n=2)
    assert set(shown.table["passage_id"]) <= set(store.partition(1).documents["passage_id"])
    assert part.table.equals(stored["LDA"].table)


def test_a_sample_stands_for_all_passages(store, tmp_path, monkeypatch):
    monkeypatch.setattr(training, "SAMPLE", 30)
    found = fit_topics(MODELS["NMF"], store, tmp_path / "topics")
    assert found.sample.theta.shape[0] == 30
    assert found.table["n_passages"].sum() > 30
    assert any("sample of 30" in note for note in found.notes)
    assert found.table["share"].sum() == pytest.approx(1)


def test_what_is_done_is_not_done_again(store, tmp_path, monkeypatch):
    folder = tmp_path / "topics"
    found = fit_topics(MODELS["NMF"], store, folder)

    def never(*_):
        raise AssertionError("learned again")

    monkeypatch.setattr(st.NMF, "learn", never)
    assert np.array_equal(fit_topics(MODELS["NMF"], store, folder).phi, found.phi)
    with pytest.raises(AssertionError, match="learned again"):
        fit_topics(st.NMF(n_topics=3), store, folder)


def test_a_run_that_was_ended_goes_on(store, stored, tmp_path, monkeypatch):
    """Learned topics and finished partitions stay; the rest is made as it would have been."""
    folder = tmp_path / "topics"
    done = []

    def killed(task, files):
        if task.number == 2:
            raise KeyboardInterrupt
        done.append(task.number)
        return put_topics(task, files)

    from syriatopics.scale.transforming import put_topics

    monkeypatch.setattr(training, "put_topics", killed)
    with pytest.raises(KeyboardInterrupt):
        fit_topics(MODELS["NMF"], store, folder)
    with pytest.raises(InputError, match="is not finished"):
        open_topics(folder, store)

    def counted(task, files):
        done.append(task.number)
        return put_topics(task, files)

    monkeypatch.setattr(training, "put_topics", counted)
    monkeypatch.setattr(st.NMF, "learn", lambda *_: pytest.fail("learned again"))
    found = fit_topics(MODELS["NMF"], store, folder)
    assert sorted(done) == [0, 1, 2, 3]
    assert np.array_equal(found.theta(3), stored["NMF"].theta(3))


def test_topics_are_opened_again(stored, store):
    found = open_topics(stored["LDA"].folder, store)
    assert found.table.equals(stored["LDA"].table)
    assert np.array_equal(found.theta(0), stored["LDA"].theta(0), equal_nan=True)


def test_a_damaged_partition_is_named_and_counted(source, tmp_path):
    store = build_partitions(source, tmp_path / "store", size=11)
    path = next((tmp_path / "store" / "counts").glob("00001*"))
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(CorpusError, match=r"00001\.npz is damaged"):
        fit_topics(MODELS["NMF"], store, tmp_path / "topics")
    found = fit_topics(MODELS["NMF"], store, tmp_path / "topics", on_bad="skip")
    assert len(found) == len(store) - 1
    assert any("Partition 1" in note and "left out" in note for note in found.notes)
    assert len(found.scores.passages) == store.n_articles - 11
    with pytest.raises(InputError, match="No θ of partition 1"):
        found.theta(1)


def test_damaged_theta_is_said_not_read(store, tmp_path):
    found = fit_topics(MODELS["NMF"], store, tmp_path / "topics")
    (tmp_path / "topics" / "theta" / "00000.parquet").write_bytes(b"PAR1")
    with pytest.raises(InputError, match="damaged"):
        found.theta(0)


def test_bad_requests_are_one_line(store, stored, source, tmp_path):
    with pytest.raises(InputError, match="'LDA', 'NMF'"):
        fit_topics(st.EmbeddingTopics(n_topics=3), store, tmp_path / "a")
    with pytest.raises(TooSmallError, match="ask for fewer topics"):
        fit_topics(st.NMF(n_topics=100_000), store, tmp_path / "b")
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "letter.txt").write_text("dear")
    with pytest.raises(InputError, match="not empty"):
        fit_topics(st.NMF(n_topics=3), store, tmp_path / "c")
    with pytest.raises(InputError, match="on_bad"):
        fit_topics(st.NMF(n_topics=3), store, tmp_path / "d", on_bad="hope")
    other = build_partitions(source, tmp_path / "other", size=9)
    with pytest.raises(InputError, match="another store"):
        open_topics(stored["NMF"].folder, other)
    with pytest.raises(InputError, match="no stored topics"):
        open_topics(tmp_path / "c", store)


@pytest.mark.parametrize("way", ["topics", "store"])
def test_a_folder_in_which_a_run_was_ended_as_it_began_is_taken_again(
    way, store, source, tmp_path, monkeypatch
):
    def fits(folder):
        return fit_topics(st.NMF(n_topics=3), store, folder)

    make = fits if way == "topics" else lambda folder: build_partitions(source, folder)

    def ended(*_):
        raise KeyboardInterrupt

    module = f"syriatopics.scale.{'training' if way == 'topics' else 'build'}"
    with monkeypatch.context() as only, pytest.raises(KeyboardInterrupt):
        only.setattr(f"{module}.open_engine", ended)  # the lock is there, and nothing else
        make(tmp_path / "new")
    make(tmp_path / "new")
    assert (tmp_path / "new" / ("topics.json" if way == "topics" else "manifest.json")).is_file()
