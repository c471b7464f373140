"""Runs that meet each other, and runs that are cut off."""

import os
import signal
import subprocess
import sys
import time

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


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_an_interrupted_run_leaves_the_last_figures_and_resumes(make_study, figure_source):
    waiting = "open('started', 'w').close()\nimport time\ntime.sleep(120)"
    folder = make_study(_01_a=figure_source("01_x"), _02_b=waiting)
    (folder / "figures").mkdir()
    (folder / "figures" / "01_x.csv").write_text("good")
    command = [sys.executable, "-m", "syriatopics", "run", str(folder)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True)
    until = time.monotonic() + 60
    done = folder / "build" / "steps" / "01_a" / "done.json"
    while not ((folder / "notebooks" / "started").exists() and done.exists()):
        assert time.monotonic() < until, "the run never started"
        time.sleep(0.2)
    process.send_signal(signal.SIGINT)
    _, error = process.communicate(timeout=60)
    assert process.returncode == 130
    assert error.strip().splitlines()[-1] == "syriatopics: interrupted; what was done is kept"
    assert "Traceback" not in error
    assert (folder / "figures" / "01_x.csv").read_text() == "good"
    make_study(_02_b=figure_source("02_y"))
    told = []
    run_study(folder, report=False, tell=told.append)
    assert told[0] == "01_a: unchanged"
