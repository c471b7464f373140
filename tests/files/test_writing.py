"""What is not finished is held by who writes it, and goes with the run that was killed."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from syriatopics.errors import InputError, StudyError
from syriatopics.files import (
    append_line,
    clear_unfinished,
    file_made_whole,
    folder_made_whole,
    require_free,
    taken,
    unfinished_folder,
    write_atomically,
)

WRITES = """
import sys, time
from pathlib import Path
from syriatopics.files import {way}
with {way}(Path(sys.argv[1])) as unfinished:
    print(unfinished, flush=True)
    time.sleep(60)
"""


@pytest.mark.skipif(os.name != "posix", reason="signals")
@pytest.mark.parametrize("way", ["file_made_whole", "folder_made_whole"])
def test_what_a_killed_run_left_goes_with_the_next_and_what_lives_stays(tmp_path, way):
    command = [sys.executable, "-c", WRITES.format(way=way), str(tmp_path / "a")]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    unfinished = process.stdout.readline().strip()
    clear_unfinished(tmp_path)
    assert Path(unfinished).exists(), "somebody is at work on it"
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    assert Path(unfinished).exists()
    with taken(tmp_path):
        assert not Path(unfinished).exists()
    assert not (tmp_path / "a").exists()


def test_a_folder_takes_the_place_of_another_in_one_step(tmp_path):
    folder = tmp_path / "model"
    folder.mkdir()
    (folder / "old").write_text("old")
    with pytest.raises(ZeroDivisionError), folder_made_whole(folder, replace=True) as unfinished:
        (unfinished / "new").write_text("half")
        1 / 0  # noqa: B018
    assert [p.name for p in folder.iterdir()] == ["old"]
    with folder_made_whole(folder, replace=True) as unfinished:
        (unfinished / "new").write_text("new")
        assert [p.name for p in folder.iterdir()] == ["old"]
    assert [p.name for p in folder.iterdir()] == ["new"]
    assert [p.name for p in tmp_path.iterdir()] == ["model"]
    with pytest.raises(OSError), folder_made_whole(folder) as unfinished:
        (unfinished / "other").write_text("x")
    assert [p.name for p in folder.iterdir()] == ["new"]


def test_a_folder_is_taken_once_and_again_by_who_has_it(tmp_path):
    with taken(tmp_path), taken(tmp_path):
        script = "import sys; from pathlib import Path; from syriatopics.files import taken\nwith taken(Path(sys.argv[1])): pass"
        done = subprocess.run(
            [sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True
        )
        assert "Another run is at work" in done.stderr
    with taken(tmp_path):
        pass


def test_what_is_temporary_goes(tmp_path, monkeypatch):
    with unfinished_folder(tmp_path) as folder:
        (folder / "x").mkdir()
    assert list(tmp_path.iterdir()) == []


def test_names_of_any_length_can_be_written(tmp_path):
    path = tmp_path / ("م" * 127)
    write_atomically(path, b"x")
    with file_made_whole(path) as unfinished:
        unfinished.write_bytes(b"y")
    assert path.read_bytes() == b"y" and path.stat().st_mode & 0o044


@pytest.mark.parametrize(
    ("before", "after"),
    [(b"", b"new\n"), (b"a\n", b"a\nnew\n"), (b"a", b"a\nnew\n"), (b"a\0", b"a\0\nnew\n")],
)
def test_a_line_stands_alone(tmp_path, before, after):
    path = tmp_path / "log"
    path.write_bytes(before)
    append_line(path, b"new")
    assert path.read_bytes() == after


def test_two_errors_are_told_apart(tmp_path):
    with taken(tmp_path), pytest.raises(InputError, match="own"):
        raise InputError("own")


TIED = """
import subprocess, sys, time
from syriatopics.processes import tied
child = subprocess.Popen(tied([sys.executable, "-c", "import time; time.sleep(60)"]))
print(child.pid, flush=True)
time.sleep(60)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="prctl")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP])
def test_a_child_ends_with_its_parent(number):
    process = subprocess.Popen([sys.executable, "-c", TIED], stdout=subprocess.PIPE, text=True)
    child = int(process.stdout.readline())
    process.send_signal(number)
    process.wait()
    process.stdout.close()
    until = time.monotonic() + 20
    while _runs(child):
        assert time.monotonic() < until
        time.sleep(0.05)


def _runs(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_a_folder_is_free_if_it_holds_only_what_a_killed_run_began(tmp_path):
    require_free(tmp_path / "new", "the archive")
    (tmp_path / ".syriatopics-123").write_text("half")
    (tmp_path / ".syriatopics-456").mkdir()
    require_free(tmp_path, "the archive")
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "letter.txt").write_text("dear")
    with pytest.raises(InputError, match="not empty: name a new folder for the archive"):
        require_free(tmp_path, "the archive")
    with pytest.raises(StudyError, match="is a file: name a folder for the study"):
        require_free(tmp_path / "letter.txt", "the study", StudyError)
    assert (tmp_path / "letter.txt").read_text() == "dear"


def test_a_folder_for_a_time_is_nobody_else_s(tmp_path):
    with unfinished_folder(tmp_path) as folder:
        assert folder.stat().st_mode & 0o777 == 0o700
