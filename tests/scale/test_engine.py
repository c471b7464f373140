"""The same steps on Dask: the same bytes, and a worker that is killed loses nothing."""

import os
import signal
import threading
import time

import pytest
from looks import digests

import syriatopics as st
from syriatopics.scale import StoredCorpus
from syriatopics.scale.build import build_store
from syriatopics.scale.engine import open_engine

pytestmark = pytest.mark.needs("scale")


@pytest.fixture(scope="module")
def cluster():
    import distributed

    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address="127.0.0.1:0"
    ) as opened:
        yield opened


def work_on(store, **where):
    """Ask for what is kept in a store when it is asked for."""
    corpus = StoredCorpus(store, **where)
    assert len(corpus.passages("sentence")) > len(corpus.passages())
    corpus.reprints()


@pytest.fixture(scope="module")
def alone(source, tmp_path_factory):
    folder = tmp_path_factory.mktemp("alone") / "store"
    work_on(build_store(source, folder, size=14))
    return digests(folder)


def test_a_cluster_of_two_workers_gives_the_same_bytes(cluster, source, tmp_path, alone):
    where = {"scheduler": cluster.scheduler_address}
    store = build_store(source, tmp_path / "store", size=14, **where)
    work_on(store, **where)
    assert digests(tmp_path / "store") == alone


@pytest.mark.slow
def test_a_worker_that_is_killed_loses_nothing(cluster, source, tmp_path, alone):
    folder = tmp_path / "store"
    victims = []

    def kill_one():
        limit = time.monotonic() + 60
        while len(list(folder.glob("records/parsed/*.json"))) < 2 and time.monotonic() < limit:
            time.sleep(0.01)
        pid = next(iter(cluster.workers.values())).pid
        os.kill(pid, signal.SIGKILL)
        victims.append(pid)

    killer = threading.Thread(target=kill_one)
    killer.start()
    store = build_store(source, folder, size=14, scheduler=cluster.scheduler_address)
    killer.join()
    work_on(store, scheduler=cluster.scheduler_address)
    assert victims
    assert digests(folder) == alone


def test_bad_input_on_a_worker_is_said_as_it_is_here(cluster, parts, tmp_path):
    (parts / "part-1.parquet").write_bytes(b"PAR1 and nothing else")
    with pytest.raises(st.errors.CorpusError, match=r"part-1\.parquet is no readable Parquet"):
        build_store(parts, tmp_path / "store", scheduler=cluster.scheduler_address)
    store = build_store(
        parts, tmp_path / "store", scheduler=cluster.scheduler_address, on_bad="skip"
    )
    assert store.manifest["totals"]["parts_of_unknown_size"] == 1


@pytest.mark.slow
def test_processes_beside_this_one_give_the_same_bytes(source, tmp_path, alone):
    where = {"scheduler": "processes", "workers": 2}
    work_on(build_store(source, tmp_path / "store", size=14, **where), **where)
    assert digests(tmp_path / "store") == alone


def test_a_store_that_a_worker_does_not_see_is_said(cluster, tmp_path):
    with (
        pytest.raises(st.errors.SchedulerError, match=r"The worker at tcp://.* does not see"),
        open_engine(tmp_path / "elsewhere", cluster.scheduler_address),
    ):
        pass


def test_a_scheduler_that_does_not_answer_is_given_up_in_seconds(tmp_path):
    start = time.monotonic()
    with (
        pytest.raises(
            st.errors.SchedulerError, match=r"No scheduler answers at tcp://127\.0\.0\.1:9"
        ),
        open_engine(tmp_path, "tcp://127.0.0.1:9"),
    ):
        pass
    assert time.monotonic() - start < 15


def test_a_scheduler_that_is_none_is_named(tmp_path):
    with (
        pytest.raises(st.errors.SchedulerError, match="Choices: 'none', 'processes'"),
        open_engine(tmp_path, "slurm"),
    ):
        pass


def test_a_scheduler_without_workers_is_said(tmp_path):
    import distributed

    with (
        distributed.LocalCluster(
            n_workers=0, host="127.0.0.1", dashboard_address="127.0.0.1:0"
        ) as empty,
        pytest.raises(st.errors.SchedulerError, match="has no worker"),
        open_engine(tmp_path, empty.scheduler_address),
    ):
        pass
