"""Processes end with their parent, before they have loaded what they are for."""

import os
import pickle
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from syriatopics.processes import TiedCall, tied

linux = pytest.mark.skipif(sys.platform != "linux", reason="/proc, and a signal of Linux")

# What a worker of a pool does: it unpickles what it is given, and here that takes for ever.
SLOW = (
    "import pathlib, time\npathlib.Path('loading').write_text('')\ntime.sleep(600)\ndef f(): pass\n"
)
PARENT = """
import pickle, signal, subprocess, sys
sys.modules["slow"] = module = type(sys)("slow")
module.f = f = lambda: None
f.__module__, f.__qualname__ = "slow", "f"
from syriatopics.processes import TiedCall
child = subprocess.Popen([sys.executable, "-c", "import pickle, sys; pickle.load(sys.stdin.buffer)"],
                         stdin=subprocess.PIPE)
child.stdin.write(pickle.dumps(TiedCall(f)))
child.stdin.close()
print(child.pid, flush=True)
signal.pause()
"""


def wait_for(condition, seconds=60):
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.02)


def gone(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


@linux
def test_a_worker_ends_with_its_parent_while_it_still_loads(tmp_path):
    (tmp_path / "slow.py").write_text(SLOW)
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT], stdout=subprocess.PIPE, cwd=tmp_path, text=True
    )
    child = int(parent.stdout.readline())
    wait_for((tmp_path / "loading").exists)
    parent.kill()
    parent.communicate()
    wait_for(lambda: gone(child), 5)


def test_a_tied_call_is_the_function_where_it_arrives():
    assert TiedCall(os.path.basename)("a/b") == "b"
    code = "import pickle, sys; print(pickle.load(sys.stdin.buffer)('a/b'))"
    sent = pickle.dumps(TiedCall(os.path.basename))
    done = subprocess.run([sys.executable, "-c", code], input=sent, capture_output=True)
    assert done.stdout == b"b\n"


@linux
def test_a_tied_command_ends_with_its_parent():
    code = (
        "import subprocess, sys, signal\n"
        "from syriatopics.processes import tied\n"
        "print(subprocess.Popen(tied([sys.executable, '-c', "
        "'import time; time.sleep(600)'])).pid, flush=True)\n"
        "signal.pause()\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    child = int(parent.stdout.readline())
    assert not gone(child)
    parent.send_signal(signal.SIGKILL)
    parent.communicate()
    wait_for(lambda: gone(child), 5)


@linux
def test_what_a_command_began_ends_with_its_parent_too():
    begins = "import subprocess, time; print(subprocess.Popen(['sleep', '600']).pid, flush=True); time.sleep(600)"
    code = (
        "import subprocess, sys, signal\n"
        "from syriatopics.processes import tied\n"
        f"command = tied([sys.executable, '-c', {begins!r}], family=True)\n"
        "print(subprocess.Popen(command, start_new_session=True).pid, flush=True)\n"
        "signal.pause()\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    pids = [int(parent.stdout.readline()) for _ in range(2)]
    assert not any(map(gone, pids))
    parent.kill()
    parent.communicate()
    wait_for(lambda: all(map(gone, pids)), 5)


@linux
def test_a_guarded_command_is_interrupted_and_its_code_handed_on():
    code = (
        "import signal, sys\n"
        "try:\n"
        "    print('waits', flush=True)\n"
        "    signal.pause()\n"
        "except KeyboardInterrupt: sys.exit(7)\n"
    )
    command = tied([sys.executable, "-c", code], family=True)
    guard = subprocess.Popen(command, start_new_session=True, stdout=subprocess.PIPE, text=True)
    assert guard.stdout.readline() == "waits\n"
    os.killpg(guard.pid, signal.SIGINT)
    guard.communicate()
    assert guard.returncode == 7


def test_a_command_says_who_its_parent_is():
    assert str(os.getpid()) in tied(["x"])
