"""A tenth of `make stress`, with seeds of its own."""

import subprocess
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parent


def driven(name, *options):
    command = [sys.executable, str(FOLDER / name), *map(str, options)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]
    return done.stdout


@pytest.mark.slow
def test_hostile_inputs_end_in_one_line():
    assert "300 inputs" in driven("stress.py", "--inputs", 300, "--processes", 8, "--seed", 11)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="what is alive is read in /proc")
def test_killed_commands_leave_nothing_and_end_the_same():
    # The other commands (topics, run, figures, claims) are killed by `make stress`.
    commands = ("ingest", "count", "export", "coding", "register")
    assert " 0 wrong" in driven("kills.py", "--kills", 20, "--seed", 12, "--only", *commands)


def test_a_hostile_input_of_every_kind():
    assert " 0 wrong" in driven("stress.py", "--inputs", 13, "--processes", 0, "--seed", 13)
