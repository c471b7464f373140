"""Processor seconds, wall seconds and memory of functions and programs."""

import json
import multiprocessing
import os
import resource
import subprocess
import sys
import threading
import time
import traceback
from contextlib import contextmanager, suppress
from queue import Empty

import psutil


def processor_seconds():
    """Return seconds of this process and of all its children that have ended."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(part.ru_utime + part.ru_stime for part in used)


def best_in_turns(functions, repeat=5):
    """Return the fewest processor seconds of each function; they run in turns."""
    best = dict.fromkeys(functions, float("inf"))
    for _ in range(repeat):
        for name, function in functions.items():
            start = time.process_time()
            function()
            best[name] = min(best[name], time.process_time() - start)
    return best


class Memory:
    """Peaks of the memory held by this process and its children, looked at twice a second."""

    def __init__(self):
        self.largest = self.together = 0
        self._ended = threading.Event()

    def __enter__(self):
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *error):
        self._ended.set()
        self._thread.join()

    def _look(self):
        own = psutil.Process()
        while not self._ended.wait(0.5):
            held = []
            for process in [own, *own.children(recursive=True)]:
                try:
                    held.append(process.memory_info().rss / 1e6)
                except psutil.Error:
                    continue
            self.largest = max(self.largest, max(held))
            self.together = max(self.together, sum(held))


@contextmanager
def step(name, **more):
    """Measure a step and print it as a line of JSON."""
    wall, used = time.perf_counter(), processor_seconds()
    with Memory() as memory:
        yield more
    said = {
        "step": name,
        "wall": time.perf_counter() - wall,
        "cpu": processor_seconds() - used,
        "largest": memory.largest,
        "together": memory.together,
        **more,
    }
    print("MEASURED" + json.dumps(said), flush=True)


def measured(code):
    """Run code in a fresh process; return its steps."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    lines = [line for line in done.stdout.splitlines() if line.startswith("MEASURED")]
    return [json.loads(line.removeprefix("MEASURED")) for line in lines]


def apart(function, *arguments):
    """Return what ``function(*arguments, queue)`` puts, in a process of its own."""
    context = multiprocessing.get_context("spawn")
    out = context.Queue()
    process = context.Process(target=_alone, args=(function, arguments, out))
    process.start()
    alive = True
    while alive:
        alive = process.is_alive()  # before looking: what it put as it ended is still found
        with suppress(Empty):
            found = out.get(timeout=1)
            process.join()
            return found
    raise SystemExit(f"{function.__name__}{arguments} ended without a result")


def _alone(function, arguments, out):
    """Call, hand over, and end at once, with the workers that a library leaves behind."""
    code = 1
    try:
        function(*arguments, out)
        out.close()
        out.join_thread()
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        for child in psutil.Process().children(recursive=True):
            child.kill()
        os._exit(code)
