import json
import shutil

import pytest

import syriatopics as st
from syriatopics.errors import InputError, ModelError


@pytest.fixture
def folder(fitted, tmp_path):
    fitted.save(tmp_path / "model")
    return tmp_path / "model"


def test_a_folder_holds_nothing_that_is_executed(folder):
    kinds = {path.suffix for path in folder.iterdir()}
    assert kinds == {".json", ".npz", ".parquet"}


def test_a_saved_model_is_replaced_and_nothing_else_is(folder, fitted):
    fitted.named({0: "x"}).save(folder)
    assert st.load_topics(folder).labels["en"][0] == "x"
    assert [path.name for path in folder.parent.iterdir()] == ["model"]
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="not empty"):
        fitted.save(folder)
    assert (folder / "notes.txt").is_file()


def test_merged_topics_keep_their_transform(fitted, tmp_path, dtm):
    merged = fitted.merge([[0, 3]])
    merged.save(tmp_path / "m")
    loaded = st.load_topics(tmp_path / "m")
    assert loaded.transform(dtm) == pytest.approx(merged.transform(dtm), nan_ok=True)


@pytest.mark.parametrize(
    "name", ["arrays.npz", "terms.parquet", "passages.parquet", "analyzer.json", "topics.parquet"]
)
def test_damaged_and_missing_files_are_named(folder, name):
    path = folder / name
    data = path.read_bytes()
    path.write_bytes(data[:-7] + b"damaged")
    with pytest.raises(ModelError, match=f"{name} is damaged"):
        st.load_topics(folder)
    path.unlink()
    with pytest.raises(ModelError, match=f"{name} is missing"):
        st.load_topics(folder)


def test_foreign_folders_and_versions_are_refused(folder, tmp_path):
    with pytest.raises(InputError, match="no such folder"):
        st.load_topics(tmp_path / "nothing")
    (tmp_path / "foreign").mkdir()
    with pytest.raises(InputError, match="is no folder of saved topics"):
        st.load_topics(tmp_path / "foreign")
    for text in ("[]", "{", '{"format": "other"}'):
        (tmp_path / "foreign" / "topics.json").write_text(text, encoding="utf-8")
        with pytest.raises(InputError, match="is no folder of saved topics"):
            st.load_topics(tmp_path / "foreign")
    manifest = json.loads((folder / "topics.json").read_text(encoding="utf-8"))
    (folder / "topics.json").write_text(json.dumps({**manifest, "format_version": 9}), "utf-8")
    with pytest.raises(ModelError, match="format version 9"):
        st.load_topics(folder)


@pytest.mark.parametrize(
    "change",
    [
        {"projection": {"kind": "pickle"}},
        {"projection": {"kind": "cluster"}},
        {"names": {"0": "x"}},
        {"fingerprint": "0"},
        {"notes": None},
    ],
)
def test_a_manifest_that_does_not_fit_is_refused(folder, change, tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    manifest = json.loads((copy / "topics.json").read_text(encoding="utf-8"))
    (copy / "topics.json").write_text(json.dumps({**manifest, **change}), encoding="utf-8")
    with pytest.raises(ModelError):
        st.load_topics(copy)


def test_a_failed_save_leaves_nothing(fitted, tmp_path, monkeypatch):
    def fail(*arguments, **options):
        raise OSError("no space")

    monkeypatch.setattr("syriatopics.topics.saving.np.savez_compressed", fail)
    with pytest.raises(OSError, match="no space"):
        fitted.save(tmp_path / "model")
    assert list(tmp_path.iterdir()) == []
