"""Whatever breaks: no article is lost in silence, nothing is left half written."""

import errno
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from filelock import FileLock
from looks import adds_up, digests, same_as_in_memory

import syriatopics as st
from syriatopics.errors import DamagedError
from syriatopics.scale.build import build_store
from syriatopics.scale.store import open_store

ROOT = Path(__file__).resolve().parents[2]


def damage(path):
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(bytes(content))


def test_a_part_that_is_cut_off_is_named_and_stops_the_run(parts, tmp_path):
    broken = parts / "part-2.parquet"
    broken.write_bytes(broken.read_bytes()[:-100])
    with pytest.raises(st.errors.CorpusError, match=r"part-2\.parquet is no readable Parquet"):
        build_store(parts, tmp_path / "store")
    with pytest.raises(st.errors.InputError, match="not finished"):
        open_store(tmp_path / "store")


def test_or_it_is_left_out_and_counted(parts, table, tmp_path):
    broken = parts / "part-2.parquet"
    broken.write_bytes(broken.read_bytes()[:-100])
    store = build_store(parts, tmp_path / "store", on_bad="skip")
    totals = store.manifest["totals"]
    assert totals["parts_of_unknown_size"] == 1
    assert totals["kept"] == len(table) - len(table.iloc[2::4])
    assert adds_up(store)
    assert any("part-2.parquet is left out" in note for note in store.notes)


def test_a_part_damaged_inside_is_left_out_whole_with_the_number_of_its_rows(
    parts, table, tmp_path
):
    path = parts / "part-1.parquet"
    content = bytearray(path.read_bytes())
    content[40:400] = bytes(360)
    path.write_bytes(bytes(content))
    store = build_store(parts, tmp_path / "store", on_bad="skip")
    n = len(table.iloc[1::4])
    assert store.manifest["totals"]["refused"] == {"part cannot be read": n}
    assert store.n_articles == len(table) - n
    assert adds_up(store)


def test_parts_with_other_columns_are_read_and_what_they_lack_is_said(parts, table, tmp_path):
    one = pd.read_parquet(parts / "part-0.parquet").drop(columns="outlet")
    one.to_parquet(parts / "part-0.parquet")
    other = pd.read_parquet(parts / "part-3.parquet").rename(columns={"text": "body"})
    other.assign(extra=1).to_parquet(parts / "part-3.parquet")
    store = build_store(parts, tmp_path / "store")
    assert store.n_articles == len(table)
    assert f"No column for outlet in part-0.parquet: {len(one)} articles are without it." in (
        store.notes
    )
    assert adds_up(store)


def test_a_part_without_texts_is_named(parts, tmp_path):
    pd.DataFrame({"id": ["x"], "headline": ["خبر"]}).to_parquet(parts / "part-9.parquet")
    with pytest.raises(st.errors.CorpusError, match=r"part-9\.parquet: no column holds the text"):
        build_store(parts, tmp_path / "store")
    store = build_store(parts, tmp_path / "store", on_bad="skip")
    assert store.manifest["totals"]["refused"] == {"part cannot be read": 1}
    assert adds_up(store)


def test_empty_parts_and_empty_rows_are_no_fault(parts, table, tmp_path):
    table.head(0).to_parquet(parts / "part-7.parquet")
    table.head(3).assign(text=["", None, " "]).to_parquet(parts / "part-8.parquet")
    store = build_store(parts, tmp_path / "store")
    assert store.manifest["totals"]["skipped"] == {"no text": 3}
    assert store.n_articles == len(table)
    assert adds_up(store)


def test_an_id_that_comes_twice_is_refused_by_choice(parts, table, tmp_path):
    twice = table.head(2).assign(text="نص آخر عن سوريا.")
    twice.to_parquet(parts / "part-5.parquet")
    with pytest.raises(st.errors.CorpusError, match=r"part-5\.parquet.*stands already at .*part-"):
        build_store(parts, tmp_path / "store")
    store = build_store(parts, tmp_path / "store", on_bad="skip")
    assert store.manifest["totals"]["refused"] == {"id stands already": 2}
    assert store.n_articles == len(table)
    assert adds_up(store)


def test_a_text_that_cannot_be_read_is_left_out_and_counted(tmp_path):
    folder = tmp_path / "texts"
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.txt").write_text(f"عقد مجلس الأمن جلسة رقم {number} حول سوريا.")
    (folder / "none.txt").write_text("")
    store = build_store(folder, tmp_path / "store", min_df=1, max_df=1.0)
    assert store.manifest["totals"]["skipped"] == {"is empty": 1}
    assert any("none.txt" in note for note in store.notes)
    assert store.n_articles == 3
    assert adds_up(store)


def test_nothing_to_read_is_said(tmp_path):
    pd.DataFrame({"text": ["", " "]}).to_csv(tmp_path / "none.csv", index=False)
    with pytest.raises(st.errors.CorpusError, match=r"none\.csv holds no article.*no text"):
        build_store(tmp_path / "none.csv", tmp_path / "store")
    with pytest.raises(st.errors.CorpusError, match="no such file"):
        build_store(tmp_path / "nowhere", tmp_path / "new")
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("kind", ["passages", "documents", "counts", "terms", "types"])
def test_a_damaged_file_of_the_store_is_made_again(source, tmp_path, kind):
    folder = tmp_path / "store"
    build_store(source, folder, size=30)
    before = digests(folder)
    damage(sorted((folder / kind).iterdir())[1])
    assert digests(folder) != before
    build_store(source, folder, size=30)
    assert digests(folder) == before


def test_a_damaged_partition_stops_what_is_asked_of_it(source, tmp_path):
    store = build_store(source, tmp_path / "store", size=30)
    damage(tmp_path / "store/passages/00001.parquet")
    with pytest.raises(st.errors.DamagedError, match=r"passages/00001\.parquet is damaged"):
        store.partition(1)
    with pytest.raises(st.errors.DamagedError, match=r"00001\.parquet is damaged"):
        st.score_themes(st.open_corpus(store.folder))
    assert len(store.damaged()) == 1
    (tmp_path / "store/passages/00001.parquet").unlink()
    with pytest.raises(st.errors.DamagedError, match="is missing"):
        store.passages(1)


def test_a_disk_that_fills_leaves_no_half_file(source, tmp_path, monkeypatch):
    folder = tmp_path / "store"
    room = [12]
    write = Path.write_bytes

    def write_bytes(self, content):
        if folder in self.parents:
            room[0] -= 1
            if room[0] < 0:
                write(self, content[: len(content) // 2])
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self))
        return write(self, content)

    monkeypatch.setattr(Path, "write_bytes", write_bytes)
    with pytest.raises(OSError, match="No space left"):
        build_store(source, folder, size=20)
    assert not [path for path in folder.rglob(".*") if path.name != ".lock"]
    records = [json.loads(p.read_text()) for p in (folder / "records").rglob("0*.json")]
    assert all((folder / name).is_file() for record in records for name in record["files"])
    monkeypatch.undo()
    build_store(source, folder, size=20)
    build_store(source, tmp_path / "fresh", size=20)
    assert digests(folder) == digests(tmp_path / "fresh")


_KILLED = """
import os, signal, sys
from syriatopics.scale import build, ledger
import syriatopics as st
keep, left = ledger.Files.keep, [int(sys.argv[3])]
def kept(self, totals):
    made = keep(self, totals)
    left[0] -= 1
    if left[0] == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return made
ledger.Files.keep = kept
build.build_store(sys.argv[1], sys.argv[2], size=20)
"""


@pytest.mark.parametrize(
    "after", [9, pytest.param(1, marks=pytest.mark.slow), pytest.param(19, marks=pytest.mark.slow)]
)
def test_a_run_that_was_killed_goes_on_where_it_was(source, tmp_path, after):
    folder = tmp_path / "store"
    run = subprocess.run([sys.executable, "-c", _KILLED, source, folder, str(after)], check=False)
    assert run.returncode == -signal.SIGKILL
    done = len(list((folder / "records").rglob("0*.json")))
    assert done >= 1
    build_store(source, folder, size=20)
    build_store(source, tmp_path / "fresh", size=20)
    assert digests(folder) == digests(tmp_path / "fresh")


def test_a_folder_that_holds_something_else_is_left_alone(source, tmp_path):
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "thesis.txt").write_text("x")
    with pytest.raises(st.errors.InputError, match="not empty"):
        build_store(source, folder)
    with pytest.raises(st.errors.InputError, match="is a file"):
        build_store(source, folder / "thesis.txt")
    with pytest.raises(st.errors.InputError, match="holds no partitions"):
        open_store(folder)


def test_two_runs_do_not_write_into_one_folder(source, tmp_path):
    (tmp_path / "store" / "records").mkdir(parents=True)
    with (
        FileLock(tmp_path / "store" / ".lock"),
        pytest.raises(st.errors.InputError, match="Another run"),
    ):
        build_store(source, tmp_path / "store")


def test_options_that_cannot_be_used_are_said_before_anything_is_read(source, tmp_path):
    for options in ({"on_bad": "guess"}, {"unit": "chapter"}, {"size": 0}):
        with pytest.raises(st.errors.InputError):
            build_store(source, tmp_path / "store", **options)
    with pytest.raises(st.errors.TooSmallError):
        build_store(source, tmp_path / "store", min_df=10**6)
    same_as_in_memory(build_store(source, tmp_path / "store"), st.read_corpus(source))


def test_a_manifest_of_another_kind_is_said(tmp_path):
    (tmp_path / "manifest.json").write_text("{")
    with pytest.raises(st.errors.DamagedError, match="cannot be read"):
        open_store(tmp_path)
    (tmp_path / "manifest.json").write_text('{"format": "other", "format_version": 1}')
    with pytest.raises(st.errors.InputError, match="format 'other'"):
        open_store(tmp_path)


@pytest.mark.parametrize("name", ["../canary", "ABSOLUTE", "link/canary", "a\0b", "", ".", "C:\\x"])
@pytest.mark.parametrize("where", ["records", "manifest.json"])
def test_a_received_store_removes_and_opens_nothing_elsewhere(tmp_path, name, where):
    folder = tmp_path / "store"
    store = build_store(ROOT / "seeds", folder, size=2)
    canary = tmp_path / "canary"
    canary.write_text("somebody's")
    (folder / "link").symlink_to(tmp_path)
    name = str(canary) if name == "ABSOLUTE" else name
    paths = [folder / where] if where != "records" else sorted((folder / where).rglob("*.json"))
    for path in paths:
        content = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(content.get("files"), dict):
            content["files"][name] = "0"
            content["key"] = "another"
            path.write_text(json.dumps(content), encoding="utf-8")
    if where == "manifest.json":
        with pytest.raises(DamagedError, match="manifest.json") as caught:
            open_store(folder)
        assert len(str(caught.value).splitlines()) == 1
    again = build_store(ROOT / "seeds", folder, size=3)
    assert again.n_passages == store.n_passages
    assert canary.read_text() == "somebody's"
    assert again.damaged() == []


@pytest.mark.parametrize(
    "content", [b"[" * 100_000, b"{}", b"7", b"null", b'{"format": [1]}', b"\xff"]
)
def test_a_manifest_that_is_none_is_said(tmp_path, content):
    folder = build_store(ROOT / "seeds", tmp_path / "store").folder
    (folder / "manifest.json").write_bytes(content)
    with pytest.raises(st.errors.InputError) as caught:
        open_store(folder)
    assert len(str(caught.value)) < 500 + len(str(folder))


def test_every_value_of_a_manifest_is_of_its_kind(tmp_path):
    folder = build_store(ROOT / "seeds", tmp_path / "store").folder
    whole = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    for key in whole:
        for value in (None, 7, "x", [], {}, [7], [["a"]], {"a": None}):
            if value == whole[key] or key in ("options", "version", "parts", "passages"):
                continue
            changed = json.dumps({**whole, key: value})
            (folder / "manifest.json").write_text(changed, encoding="utf-8")
            try:
                opened = open_store(folder)
                assert (opened.n_articles, len(opened)) and opened.notes is not None
            except st.errors.InputError:
                continue


def test_a_record_whose_totals_were_changed_is_not_believed(tmp_path):
    folder = tmp_path / "store"
    before = digests(build_store(ROOT / "seeds", folder, size=2).folder)
    for record in sorted((folder / "records").rglob("0*.json")):
        content = json.loads(record.read_text(encoding="utf-8"))
        content["totals"] = {"artocles": 7}
        record.write_text(json.dumps(content), encoding="utf-8")
    assert digests(build_store(ROOT / "seeds", folder, size=2).folder) == before


def test_a_text_that_breaks_the_parser_is_skipped_by_name_as_in_memory(
    parts, table, tmp_path, monkeypatch
):
    import syriatopics.corpus.parse as parse

    whole = parse.judge_lines
    bomb = table["text"].iloc[5].split()[0]

    def breaks(lines, *rest):
        if any(line.text.startswith(bomb) for line in lines):
            raise RecursionError("too deep")
        return whole(lines, *rest)

    monkeypatch.setattr(parse, "judge_lines", breaks)
    store = build_store(parts, tmp_path / "store", size=7)
    corpus = st.read_corpus(parts)
    n = len(table) - len(corpus)
    assert 0 < n == len(corpus.skipped)
    assert store.n_articles == len(corpus)
    assert store.manifest["totals"]["skipped"] == {
        "text cannot be read: RecursionError: too deep": n
    }
    assert adds_up(store)
    assert any("RecursionError" in note and ".parquet" in note for note in store.notes)
    same_as_in_memory(store, corpus)
