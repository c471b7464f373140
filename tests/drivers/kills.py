"""Kill every command at random moments, run it again, and compare with a run that nobody killed.

    python tests/drivers/kills.py [--kills 200] [--seed 20161215] [--only run count]

A command is started, ended after a random time by KILL, TERM or HUP, some times in a row, and then
run to its end. What must hold: every process that it started is gone within seconds; nobody sees a
traceback; in the end every file is equal to that of the run that was never ended, and nothing else
is left, neither beside the files nor where the system keeps what is temporary.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SEED = 20_161_215
KILLS = 200
SIGNALS = (signal.SIGKILL, signal.SIGTERM, signal.SIGHUP)
# How often a command is ended before it may go to its end, at most.
IN_A_ROW = 4
# Seconds that children have to follow their parent: one that is only starting has first to load.
GRACE = 30
_MARK = "SYRIATOPICS_KILLS"
SHARED = Path("/dev/shm")
# What differs between two runs of the same thing: the times in a register of claims, and its chain.
_TIMES = re.compile(rb'"(?:time|previous|sha256)": "[^"]*"')

# What study.figure does, without the seconds that drawing takes.
_FIGURE = """
import hashlib, json, os, time
from pathlib import Path
folder = Path(os.environ["SYRIATOPICS_FIGURES"])
(folder / ".records").mkdir(parents=True, exist_ok=True)
read = hashlib.sha256(Path(study_path).read_bytes()).hexdigest()
for n in range(3):
    name = f"{number}{{n}}_x"
    table = f"a\\n{{read}}\\n"
    (folder / f"{{name}}.csv").write_text(table)
    record = {{"sha256": {{"csv": hashlib.sha256(table.encode()).hexdigest()}}}}
    (folder / ".records" / f"{{name}}.json").write_text(json.dumps(record))
    time.sleep(0.3)
print(read)
"""
_CODER = """
import sys
from pathlib import Path
import syriatopics as st
from syriatopics.validation import coding_task
task = coding_task(st.load_seeds(), Path(sys.argv[1]), n=30)
log = task.log("a", iter(lambda: "2016-12-15", None).__next__)
for n, passage in enumerate(task.sample["passage_id"]):
    if passage not in log.decisions:
        log.record(passage, ("humanitarian",) if n % 2 else (), note="حلب" * (n % 5))
    print(passage, flush=True)
"""
_CLAIMS = """
[[claims]]
id = "aid"
theme = "humanitarian"
a = "noonpost"
b = "alhal"

[multiverse]
model = ["lexicon", "terms"]
unit = ["paragraph", "sentence"]
"""


@dataclass(frozen=True)
class Case:
    """A command: what it needs, how it is called, and what it makes."""

    name: str
    prepare: Callable[[Path], None]
    command: Callable[[Path], list[str]]
    weight: int = 1
    target: str = ""  # which may not be there when the command starts: it is whole, or not there
    equal: Callable[[Path], dict[str, str]] = field(default=lambda folder: hashes(folder))


def hashes(folder: Path) -> dict[str, str]:
    """Return a hash of every file, of which the times of a register are left out."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name != ".lock":
            content = path.read_bytes()
            if path.name == "claims.lock.json":
                content = _TIMES.sub(b"", content)
            found[path.relative_to(folder).as_posix()] = hashlib.sha256(content).hexdigest()
    return found


def _nothing(folder: Path) -> None:
    shutil.copytree(ROOT / "seeds", folder / "seeds")


def _study(folder: Path) -> None:
    import nbformat

    _nothing(folder)
    text = (ROOT / "study.toml").read_text(encoding="utf-8")
    (folder / "study.toml").write_text(text, encoding="utf-8")
    (folder / "notebooks").mkdir()
    for number, name in enumerate(("00_first", "01_second")):
        new = nbformat.v4
        cells = [
            new.new_code_cell('study_path = "x"', metadata={"tags": ["parameters"]}, id="a"),
            new.new_code_cell(_FIGURE.format(number=number), id="b"),
        ]
        nbformat.write(new.new_notebook(cells=cells), folder / "notebooks" / f"{name}.ipynb")


def _made(folder: Path) -> None:
    _study(folder)
    _complete([*_CLI, "run", str(folder)])


def _claims(folder: Path) -> None:
    _study(folder)
    with (folder / "study.toml").open("a", encoding="utf-8") as file:
        file.write(_CLAIMS)


def _seen(folder: Path) -> None:
    """A study whose claims were stamped: their cards hold no other times then."""
    _claims(folder)
    _complete([*_CLI, "claims", str(folder)])
    _complete([sys.executable, "-c", _SEE, str(folder)])


_SEE = """
import sys
from syriatopics.study import open_study, register_claims
register_claims(open_study(sys.argv[1]), seen=True)
"""


def _store(folder: Path) -> None:
    _nothing(folder)
    _complete(
        [*_CLI, "scale", "count", str(folder / "seeds"), str(folder / "store"), "--size", "2"]
    )


def _complete(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{command}: {done.stderr[-500:]}")


_CLI = [sys.executable, "-m", "syriatopics"]


def _decisions(folder: Path) -> dict[str, str]:
    """Return what holds: a line that was cut off stays in the log, and counts for nothing."""
    lines = (folder / "task" / "decisions" / "a.jsonl").read_bytes().split(b"\n")
    whole = [line for line in lines if line.endswith(b"}")]
    return {
        "log": hashlib.sha256(b"\n".join(whole)).hexdigest(),
        "task": hashlib.sha256((folder / "task" / "task.json").read_bytes()).hexdigest(),
        "names": str(sorted(p.name for p in (folder / "task").rglob("*"))),
    }


CASES = (
    Case("ingest", _nothing, lambda f: [*_CLI, "ingest", f"{f}/seeds", f"{f}/out/a.parquet"], 4),
    Case("count", _nothing,
         lambda f: [*_CLI, "scale", "count", f"{f}/seeds", f"{f}/store", "--size", "2"], 4),
    Case("topics", _store,
         lambda f: [*_CLI, "scale", "topics", f"{f}/store", f"{f}/topics", "--to", f"{f}/tables",
                    "--n-topics", "3"], 3),
    Case("export", _nothing, lambda f: [*_CLI, "export", f"{f}/seeds", f"{f}/out/archive", "--for-r"],
         3, target="out/archive"),
    Case("coding", _nothing, lambda f: [sys.executable, "-c", _CODER, f"{f}/task"], 4,
         equal=_decisions),
    Case("run", _study, lambda f: [*_CLI, "run", str(f)], 4),
    Case("figures", _made, lambda f: [*_CLI, "figures", str(f), "--remake"], 1),
    Case("claims", _seen, lambda f: [*_CLI, "claims", str(f), "--write", "--jobs", "2"], 2),
    Case("register", _claims, lambda f: [*_CLI, "claims", str(f)], 1),
)  # fmt: skip


@dataclass
class Tally:
    """What happened: kills by command and signal, and all that was wrong."""

    kills: Counter[str] = field(default_factory=Counter)
    late: int = 0
    rounds: int = 0
    wrong: list[str] = field(default_factory=list)


class _Forked:
    """A command in a process of its own, which needs not import everything again.

    What is killed is then the work, and not the second in which a program loads its libraries.
    """

    def __init__(self, command: list[str], environment: dict[str, str], said: int) -> None:
        self.pid = os.fork()
        self._code: int | None = None
        if self.pid == 0:
            os.setsid()
            nothing = os.open(os.devnull, os.O_RDWR)
            for number, to in ((nothing, 0), (nothing, 1), (said, 2)):
                os.dup2(number, to)
            os.environ.clear()
            os.environ.update(environment)
            tempfile.tempdir = None
            os._exit(_called(command))

    def wait(self, seconds: float) -> int:
        """Wait for the end; as subprocess has it."""
        until = time.monotonic() + seconds
        while self._code is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self._code = os.waitstatus_to_exitcode(status)
            elif time.monotonic() > until:
                raise subprocess.TimeoutExpired("a command", seconds)
            else:
                time.sleep(0.01)
        return self._code

    def send_signal(self, number: int) -> None:
        """Send a signal, if the process is still there."""
        if self._code is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """End the process."""
        self.send_signal(signal.SIGKILL)


def _called(command: list[str]) -> int:
    """Do what a command does, in this process."""
    from syriatopics.cli import main as command_line

    try:
        if command[1] == "-c":
            sys.argv = ["-c", *command[3:]]
            exec(compile(command[2], "coder", "exec"), {"__name__": "__main__"})
        else:
            sys.argv = ["syriatopics", *command[3:]]
            command_line()
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else 1
    except BaseException:
        traceback.print_exc()
        return 99
    finally:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
    return 0


def _load() -> None:
    """Load once what every command needs."""
    import syriatopics as st
    from syriatopics import cli, scale, study, validation

    assert cli and scale and study and validation
    st.score_themes(st.load_seeds().passages())


class Trial:
    """One command in a folder of its own, which is the same for every round."""

    def __init__(self, case: Case, place: Path, rng: random.Random, tally: Tally) -> None:
        self.case, self.rng, self.tally = case, rng, tally
        self.place, self.work, self.temporary = place, place / "work", place / "tmp"
        self.fresh = place / "fresh"
        self.work.mkdir(parents=True)
        case.prepare(self.work)
        shutil.copytree(self.work, self.fresh, symlinks=True)
        self.token = f"{os.getpid()}-{case.name}"
        self._begin()
        started = time.monotonic()
        code, error = self._run(None)
        self.seconds = time.monotonic() - started
        if code:
            raise SystemExit(f"{case.name} does not run: {error[-800:]}")
        self.wanted = case.equal(self.work)

    def round(self, kills: int) -> None:
        """End the command some times at random moments, then let it go to its end."""
        self._begin()
        told = []
        for _ in range(kills):
            number = self.rng.choice(SIGNALS)
            # More often than not while it works; now and then when it has just ended.
            delay = self.rng.uniform(0, 1.1) * self.seconds
            told.append(f"{number.name} after {delay:.2f} s")
            code, error = self._run((number, delay))
            self._judge(code, error, number, told)
            if self.case.target and (self.work / self.case.target).exists():
                self._require_whole(told)
        code, error = self._run(None)
        where = f"{self.case.name} ({', '.join(told)})"
        if code:
            self.tally.wrong.append(f"{where}: run again, it ends with {code}: {error[-300:]}")
            return
        found = self.case.equal(self.work)
        differ = sorted(n for n in {*found, *self.wanted} if found.get(n) != self.wanted.get(n))
        if differ:
            self.tally.wrong.append(f"{where}: {len(differ)} files differ: {differ[:4]}")
            shutil.copytree(self.work, self.place / f"wrong-{self.tally.rounds}", symlinks=True)
        left = [str(p) for p in self.work.rglob(".syriatopics-*")] + self._temporary()
        if left:
            self.tally.wrong.append(f"{where}: left over: {left[:4]}")
        self.tally.rounds += 1

    def _require_whole(self, told: list[str]) -> None:
        found = self.case.equal(self.work)
        if any(found.get(name) != digest for name, digest in self.wanted.items()):
            self.tally.wrong.append(f"{self.case.name} ({', '.join(told)}): half a target stands")
        shutil.rmtree(self.work / self.case.target)

    def _begin(self) -> None:
        for folder in (self.work, self.temporary):
            shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.fresh, self.work, symlinks=True)
        self.temporary.mkdir()

    def _temporary(self) -> list[str]:
        return sorted(
            path.relative_to(self.temporary).as_posix() for path in self.temporary.iterdir()
        )

    def _run(self, end: tuple[signal.Signals, float] | None) -> tuple[int, str]:
        environment = {
            **os.environ, _MARK: self.token, "TMPDIR": str(self.temporary), "OMP_NUM_THREADS": "1",
        }  # fmt: skip
        with tempfile.TemporaryFile() as said:
            process = _Forked(self.case.command(self.work), environment, said.fileno())
            if end is not None:
                number, delay = end
                try:
                    process.wait(delay)
                    self.tally.late += 1
                except subprocess.TimeoutExpired:
                    process.send_signal(number)
                    self.tally.kills[f"{self.case.name} {number.name}"] += 1
            try:
                code = process.wait(600 if end is None else 60)
            except subprocess.TimeoutExpired:
                self.tally.wrong.append(f"{self.case.name}: does not end after {end}")
                process.kill()
                code = process.wait(60)
            said.seek(0)
            error = said.read().decode("utf-8", "replace")
        self._require_nobody(end)
        self._require_aside(end, process.pid)
        return code, error

    def _judge(self, code: int, error: str, number: int, told: list[str]) -> None:
        allowed = {0, -number, 128 + number}
        where = f"{self.case.name} ({', '.join(told)})"
        if code not in allowed:
            self.tally.wrong.append(f"{where}: ends with {code}: {error[-300:]}")
        if code == 128 + number or "Traceback" in error or "Exception ignored" in error:
            lines = [line for line in error.strip().splitlines() if line]
            if not lines or not lines[-1].startswith("syriatopics: ended by"):
                self.tally.wrong.append(f"{where}: says {error[-600:]!r}")

    def _require_aside(self, end: object, pid: int) -> None:
        """What lies where the system keeps what is temporary is known as ours: the next run clears it."""
        named = (f"loky-{pid}-", f"joblib_memmapping_folder_{pid}_")
        left = [path.name for path in self.temporary.iterdir()]
        left = [name for name in left if not name.startswith(".syriatopics-")]
        if SHARED.is_dir():
            left += [p.name for p in SHARED.iterdir() if any(name in p.name for name in named)]
        if left:
            self.tally.wrong.append(f"{self.case.name}, {end}: left beside: {left[:4]}")

    def _require_nobody(self, end: object) -> None:
        until = time.monotonic() + GRACE
        while alive := list(_processes(self.token)):
            if time.monotonic() > until:
                names = [f"{pid} {_said(pid)}" for pid in alive]
                self.tally.wrong.append(f"{self.case.name}, {end}: still alive: {names}")
                for pid in alive:
                    os.kill(pid, signal.SIGKILL)
                return
            time.sleep(0.1)


def _processes(token: str) -> Iterator[int]:
    """Yield the processes that carry the mark of a trial, whoever their parent is by now."""
    mark = f"{_MARK}={token}\0".encode()
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                if mark in (entry / "environ").read_bytes() + b"\0":
                    yield int(entry.name)
            except OSError:
                continue


def _said(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()[:160]
    except OSError:
        return "gone"


def kill(kills: int, seed: int, only: list[str], place: Path) -> Tally:
    """Kill as often as is asked for, over all commands by their weight."""
    tally, rng = Tally(), random.Random(seed)
    _load()
    cases = [case for case in CASES if not only or case.name in only]
    total = sum(case.weight for case in cases)
    for case in cases:
        wanted = -(-kills * case.weight // total)
        started, told = time.monotonic(), len(tally.wrong)
        trial = Trial(case, place / case.name, rng, tally)
        done = 0
        while done < wanted:
            trial.round(min(rng.randint(1, IN_A_ROW), wanted - done))
            done = sum(n for name, n in tally.kills.items() if name.split()[0] == case.name)
        seconds = time.monotonic() - started
        print(
            f"{case.name}: {done} kills, {tally.rounds} rounds so far, {len(tally.wrong)} wrong; "
            f"unkilled {trial.seconds:.1f} s, all {seconds:.0f} s",
            flush=True,
        )
        for line in tally.wrong[told:]:
            print(f"WRONG {line}", flush=True)
    return tally


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=KILLS)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--only", nargs="*", default=[], choices=[case.name for case in CASES])
    parser.add_argument("--keep", type=Path, help="where to work, and leave what was wrong")
    asked = parser.parse_args()
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as temporary:
        place = (asked.keep or Path(temporary)).resolve()
        tally = kill(asked.kills, asked.seed, asked.only, place)
    print(
        f"{sum(tally.kills.values())} kills ({json.dumps(dict(sorted(tally.kills.items())))}), "
        f"{tally.late} came too late, {tally.rounds} rounds, {len(tally.wrong)} wrong, "
        f"{time.monotonic() - started:.0f} s, seed {asked.seed}"
    )
    return bool(tally.wrong)


if __name__ == "__main__":
    sys.exit(main())
