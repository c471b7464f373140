"""Runs that meet each other, and runs that are cut off."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from filelock import FileLock

from syriatopics.errors import StudyError
from syriatopics.study import run_study

pytestmark = pytest.mark.needs("notebooks")


def test_two_runs_at_once_do_not_touch_each_other(make_study):
    folder = make_study(_01_a="pass")
    (folder / "build").mkdir()
    with (
        FileLock(folder / "build" / ".lock"),
        pytest.raises(StudyError, match="Another run is at work"),
    ):
        run_study(folder, report=False)


WAITING = """
import subprocess, time
from pathlib import Path
Path("child").write_text(str(subprocess.Popen(["sleep", "3600"]).pid))
Path("started").touch()
time.sleep(3600)
"""


def begin(folder, **environment):
    """Start a run, and wait until its second notebook waits; how long that takes is not asked."""
    command = [sys.executable, "-m", "syriatopics", "run", str(folder)]
    process = subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, start_new_session=True,
        env={**os.environ, **environment},
    )  # fmt: skip
    done = folder / "build" / "steps" / "01_a" / "done.json"
    while not ((folder / "notebooks" / "started").exists() and done.exists()):
        assert process.poll() is None, process.communicate()
        time.sleep(0.1)
    (folder / "notebooks" / "started").unlink()
    return process


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_an_interrupted_run_leaves_the_last_figures_and_resumes(make_study, figure_source):
    folder = make_study(_01_a=figure_source("01_x"), _02_b=WAITING)
    (folder / "figures").mkdir()
    (folder / "figures" / "01_x.csv").write_text("good")
    process = begin(folder)
    process.send_signal(signal.SIGINT)
    _, error = process.communicate()
    assert process.returncode == 130
    assert error.strip().splitlines()[-1] == "syriatopics: interrupted; what was done is kept"
    assert "Traceback" not in error
    assert (folder / "figures" / "01_x.csv").read_text() == "good"
    make_study(_02_b=figure_source("02_y"))
    told = []
    run_study(folder, report=False, tell=told.append)
    assert told[0] == "01_a: unchanged"


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="children that end with their parent")
def test_what_an_ended_run_wrote_for_a_time_goes_with_it(
    make_study, figure_source, tmp_path, monkeypatch
):
    own = "assert 'mine' not in globals()"  # what the user has start with every kernel
    folder = make_study(_01_a=f"{own}\n{figure_source('01_x')}", _02_b=WAITING)
    startup = tmp_path / "ipython" / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "mine.py").write_text("mine = 1")
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    monkeypatch.setenv("PYTHONSTARTUP", str(startup / "mine.py"))
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    process = begin(folder, TMPDIR=str(temporary))
    process.terminate()
    _, error = process.communicate()
    assert process.returncode == 128 + signal.SIGTERM
    last = error.strip().splitlines()
    assert last[-1].startswith("syriatopics: ended by SIGTERM") and "Loop" not in error
    assert list(temporary.iterdir()) == []
    process = begin(folder, TMPDIR=str(temporary))
    process.kill()
    process.communicate()
    # What a cell began goes too, though nobody is left to end it but the system.
    child = (folder / "notebooks" / "child").read_text()
    until = time.monotonic() + 300
    while Path("/proc", child).exists():
        assert time.monotonic() < until
        time.sleep(0.1)
    # Files of connections, sockets and histories of kernels: all in a folder that is known as ours.
    left = [path.name for path in temporary.iterdir()]
    assert left and all(name.startswith(".syriatopics-") for name in left)
    make_study(_02_b=figure_source("02_y"))
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    monkeypatch.setattr("syriatopics.files.writing._swept", set())
    run_study(folder, report=False)
    assert list(temporary.iterdir()) == []


@pytest.mark.usefixtures("quick_notebooks")
def test_the_report_is_made_beside_the_notebooks_and_stands_when_they_have_run(
    make_study, figure_source, monkeypatch
):
    folder = make_study(**{"_00_one": figure_source("01_one")})
    told = []
    run_study(folder, tell=told.append)
    build = folder / "build"
    assert (build / "report.html").is_file() and (build / "explore.html").is_file()
    assert sum(line.startswith("report: done") for line in told) == 1
    told.clear()
    run_study(folder, tell=told.append)
    assert "report: unchanged" in told
    monkeypatch.setattr("syriatopics.study.run.write_report", _full)
    last = (build / "report.html").read_bytes()
    with pytest.raises(OSError, match="No space"):
        run_study(folder, again=True)
    assert (build / "report.html").read_bytes() == last


def _full(*_, **__):
    raise OSError("No space left on device")
