"""A name that a stranger wrote is a name inside the folder that we were given, or it is refused."""

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syriatopics.errors import CorpusError, InputError
from syriatopics.files import inside, named_path, relative_name, require_file

LEADS_OUT = [
    "../x", "a/../../x", "..", "/etc/passwd", "//host/x", "C:\\x", "C:x", "c:/x", "\\\\host\\x",
    "..\\x", "a\\..\\..\\x", "\\x", "", " ", ".", "a\0b", "a\nb", "a\x7fb", "\ud800", 7, None, ["a"], b"a",
]  # fmt: skip


@pytest.mark.parametrize("name", LEADS_OUT)
def test_what_leads_out_is_refused_on_one_line(tmp_path, name):
    for check in (lambda: inside(tmp_path, name, "m.json"), lambda: relative_name(name, "m.json")):
        with pytest.raises(InputError, match=r"^m\.json: ") as caught:
            check()
        assert len(str(caught.value).splitlines()) == 1 and len(str(caught.value)) < 500


@pytest.mark.parametrize(
    "name", ["a", "a/b.json", "مقال 1.txt", "..a", "a..b", ".records/x", "\udcd9"]
)
def test_what_lies_inside_is_given_back(tmp_path, name):
    assert inside(tmp_path, name, "m.json") == tmp_path / name


@given(st.text())
def test_no_text_leads_out(tmp_path_factory, name):
    folder = tmp_path_factory.getbasetemp()
    try:
        path = inside(folder, name, "m.json")
    except InputError:
        return
    assert os.path.normpath(path).startswith(f"{folder}{os.sep}")


def test_links_that_lead_out_are_refused(tmp_path):
    folder = tmp_path / "store"
    folder.mkdir()
    (tmp_path / "x").write_text("somebody's")
    (folder / "out").symlink_to(tmp_path)
    (folder / "loop").symlink_to(folder / "loop")
    (folder / "own").symlink_to(folder)
    for name in ("out", "out/x"):
        with pytest.raises(CorpusError, match="is a link that leads out"):
            inside(folder, name, "m.json", CorpusError)
    assert inside(folder, "own/y", "m.json") == folder / "own" / "y"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes")
def test_what_gives_bytes_for_ever_is_refused_at_once(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(InputError, match="is a pipe, and no file"):
        require_file(tmp_path / "pipe")
    with pytest.raises(InputError, match="is a device, and no file"):
        require_file(type(tmp_path)("/dev/zero"))
    with pytest.raises(InputError, match="neither a file nor a folder"):
        inside(tmp_path, "pipe", "m.json")


def test_a_path_of_ones_own_may_lead_elsewhere_but_must_be_one(tmp_path):
    assert named_path(tmp_path, "../corpus", "study.toml") == tmp_path / ".." / "corpus"
    with pytest.raises(InputError, match="holds a control character"):
        named_path(tmp_path, "a\nb", "study.toml")
