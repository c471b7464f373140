"""Hostile input through the command line: damaged and planted files of every kind that is read.

    python tests/drivers/stress.py [--inputs 3000] [--processes 200] [--seed 20110315] [--only csv store]

Good files are damaged (cut, changed, doubled, moved, zeroed) and planted with what strangers write:
paths that lead out, line ends in names, formulas, deep brackets, numbers of thousands of digits,
encodings that nobody knows. Each goes through the entry of the command line, most of them in this one
process, some in a process of their own. What must hold: an end within seconds; exit 0, 1 or 2; no
traceback and no fault that nobody foresaw; messages under 500 characters; a target that is whole or not
there; nothing written, changed or removed elsewhere; less than a gigabyte of memory in all.
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import hashlib
import io
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from syriatopics.cli import main as command_line
from syriatopics.errors import InputError
from syriatopics.testing import mutations

ROOT = Path(__file__).resolve().parents[2]
SEED = 20_110_315
INPUTS, PROCESSES = 3_000, 200
SECONDS = 60  # after which an input hangs
MEMORY = 2**30
MESSAGE = 500
_TEXTS = (
    "عقد مجلس الأمن جلسة حول سوريا، وقال المتحدث إن المساعدات لم تصل إلى حلب منذ شهر.",
    "أعلنت وزارة الخارجية أن المفاوضات في جنيف تستأنف، وقالت المعارضة إنها لن تشارك فيها.",
    "قصفت طائرات حربية أحياء في إدلب، ونزح مئات المدنيين إلى الحدود التركية وفق الدفاع المدني.",
)
# What strangers plant, in the place of some bytes of a good file.
PLANTED = (
    b"../../canary", b"/etc/passwd", b"C:\\x", b"..\\canary", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf",
    b"\xd8", b"\xed\xa0\x80", b"\\ud800", b"\r", b"\n", b"\r\n[corpus]\r\n", b'"', b"'", b"=1+1",
    b"@SUM(A1)", b"[" * 20_000, b"{" * 20_000, b"9" * 5_001, b"-", b"NaN", b"1e999", b"null", b"[]",
    b'<meta charset="undefined">', b"<" * 5_000, b"&#x110000;", b"\x1f\x8b", b"<script>", b"\xe2\x80\xae",
    b"outlet", b"true", b"0000-00-00", b"99999-01-01", "٣".encode() * 30, b"," * 3_000, b"\xd9" * 9,
)  # fmt: skip


@dataclass(frozen=True)
class Kind:
    """A kind of input: good bytes, and the commands that read them."""

    name: str
    ending: str
    good: Callable[[], bytes]
    commands: tuple[str, ...]


@dataclass
class Found:
    """What was seen."""

    codes: Counter[int] = field(default_factory=Counter)
    inputs: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


def _rows() -> list[dict[str, str]]:
    outlets = ("نون بوست", "الحل نت", "أمد")
    return [
        {"article_id": f"a{n}", "outlet": outlets[n % 3], "date": f"2016-07-{n + 10}",
         "title": f"مقال {n}", "text": f"{_TEXTS[n % 3]}\n\n{_TEXTS[(n + 1) % 3]}"}
        for n in range(6)
    ]  # fmt: skip


def _csv() -> bytes:
    import csv

    out = io.StringIO()
    writer = csv.DictWriter(out, list(_rows()[0]))
    writer.writeheader()
    writer.writerows(_rows())
    return out.getvalue().encode()


def _jsonl() -> bytes:
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in _rows()).encode()


def _parquet() -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(_rows()), out)
    return out.getvalue()


def _html() -> bytes:
    body = "".join(f"<p>{text}</p>" for text in _TEXTS * 3)
    head = '<meta charset="utf-8"><meta property="article:published_time" content="2016-07-12">'
    said = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "حلب"}</script>'
    return f"<html><head>{head}<title>حلب</title>{said}</head><body><article>{body}</article></body></html>".encode()


def _warc() -> bytes:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    out = io.BytesIO()
    writer = WARCWriter(out, gzip=False)
    for n in range(2):
        headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
        address = f"https://example.org/{n}"
        writer.write_record(
            writer.create_warc_record(
                address, "response", io.BytesIO(_html()), http_headers=headers
            )
        )
    return out.getvalue()


def _study() -> bytes:
    return ((ROOT / "study.toml").read_text(encoding="utf-8") + '\n[themes]\n[[claims]]\nid = "aid"\n'
            'theme = "humanitarian"\na = "noonpost"\nb = "alhal"\n').encode()  # fmt: skip


_OUTLETS = """
[[outlet]]
id = "mine"
en = "Mine"
ar = "صحيفتي"
hosts = ["mine.example"]
""".encode()

KINDS = (
    Kind("csv", ".csv", _csv, ("ingest", "count", "export")),
    Kind("jsonl", ".jsonl", _jsonl, ("ingest", "count", "new")),
    Kind("parquet", ".parquet", _parquet, ("ingest", "count")),
    Kind("html", ".html", _html, ("ingest", "ingest", "summary")),
    Kind("warc", ".warc", _warc, ("ingest",)),
    Kind("warc.gz", ".warc.gz", lambda: gzip.compress(_warc(), mtime=0), ("ingest",)),
    Kind("gz", ".jsonl.gz", lambda: gzip.compress(_jsonl(), mtime=0), ("ingest", "count")),
    Kind("txt", ".txt", lambda: "\n\n".join(_TEXTS).encode(), ("ingest", "summary")),
    Kind("study", ".toml", _study, ("study", "claims")),
    Kind("outlets", ".toml", lambda: _OUTLETS, ("outlets",)),
    Kind(
        "sidecar", ".toml", lambda: (ROOT / "seeds" / "articles.toml").read_bytes(), ("metadata",)
    ),
    Kind("store", "", lambda: b"", ("check", "keyness", "shares", "again")),
    Kind("log", ".jsonl", lambda: b"", ("codings",)),
)


class Stress:
    """The place where inputs are tried, with good things beside them that must not change."""

    def __init__(self, place: Path, seed: int) -> None:
        self.place, self.rng, self.found = place, random.Random(seed), Found()
        self.work, self.kept = place / "work", place / "kept"
        self.kept.mkdir(parents=True)
        (place / "canary").write_bytes(b"somebody's")
        (self.kept / "rows.csv").write_bytes(_csv())
        shutil.copytree(ROOT / "seeds", self.kept / "seeds")
        self.store = self.kept / "store"
        for words in (
            ["scale", "count", self.kept / "rows.csv", self.store, "--size", "2", "--min-df", "1"],
        ):
            code, said = self._here([str(word) for word in words])
            if code:
                raise SystemExit(f"a good input is refused: {said}")
        self.log = self._make_log()
        self.before = _marks(self.kept, place / "canary")

    def _make_log(self) -> bytes:
        from syriatopics import read_corpus
        from syriatopics.validation import coding_task

        corpus = read_corpus(self.kept / "rows.csv")
        task = coding_task(corpus, self.kept / "task", n=8)
        log = task.log("a", lambda: "2016-12-15T00:00:00+00:00")
        for passage in task.sample["passage_id"]:
            log.record(passage, ("humanitarian",), note="حلب")
        return log.path.read_bytes()

    def try_one(self, kind: Kind, number: int, *, alone: bool) -> None:
        """Make one bad input, give it to a command, and look at what happened."""
        shutil.rmtree(self.work, ignore_errors=True)
        self.work.mkdir()
        name = kind.commands[number % len(kind.commands)]
        target = self.work / "target"
        if kind.name == "store":
            words, said = self._bad_store(name)
        elif kind.name == "log":
            self._codings()
            return
        else:
            path = self.work / f"bad{kind.ending}"
            path.write_bytes(self._bad(kind.good()))
            words, said = _words(name, path, target, self.kept), kind.name
        self.found.inputs[kind.name] += 1
        # Beside every input: what the next faults are looked for in.
        code, told = (self._process if alone else self._here)([str(word) for word in words])
        self._judge(f"{said} {number}: {name}", code, told, name, target)

    def _bad(self, good: bytes) -> bytes:
        rng = self.rng
        data = good
        if rng.random() < 0.6 or not good:
            for _ in range(rng.randint(1, 3)):
                at = rng.randrange(len(data) + 1)
                gone = rng.choice((0, 0, 1, rng.randrange(40)))
                data = data[:at] + rng.choice(PLANTED) + data[at + gone :]
        if rng.random() < 0.6:
            data = next(mutations(data, 1, rng.randrange(2**32)))
        return data

    def _bad_store(self, name: str) -> tuple[list[object], str]:
        store = self.work / "store"
        shutil.copytree(self.store, store)
        files = sorted(p for p in store.rglob("*") if p.is_file() and p.name != ".lock")
        own = [p for p in files if p.suffix == ".json"]
        path = self.rng.choice(own if self.rng.random() < 0.7 else files)
        content = path.read_bytes()
        # Names of files are what a store is most easily turned against its reader with.
        if path.suffix == ".json" and self.rng.random() < 0.5:
            content = self._renamed(content)
        else:
            content = self._bad(content)
        path.write_bytes(content)
        said = f"store {path.relative_to(store)}"
        return _words(name, store, self.work / "target", self.kept), said

    def _renamed(self, content: bytes) -> bytes:
        """Let a record or manifest name other files than its own."""
        try:
            held = json.loads(content)
            files = list(held["files"])
        except (ValueError, KeyError, TypeError):
            return self._bad(content)
        strange = (
            "../../canary",
            str(self.place / "canary"),
            "../../kept/rows.csv",
            "a\0b",
            "",
            ".",
            7,
        )
        name = self.rng.choice(strange)
        if isinstance(name, int):
            held["files"] = [name]
        else:
            held["files"][name] = held["files"].pop(files[0]) if files else "0"
        if self.rng.random() < 0.3 and "partitions" in held:
            held["partitions"][0]["number"] = self.rng.choice(("../x", -1, None, 10**30, 1.5))
        return json.dumps(held).encode()

    def _codings(self) -> None:
        from syriatopics.validation import read_codings

        task = self.work / "task"
        shutil.copytree(self.kept / "task", task)
        path = self.rng.choice((task / "decisions" / "a.jsonl", task / "task.json"))
        path.write_bytes(self._bad(path.read_bytes()))
        self.found.inputs["log"] += 1
        try:
            with _bounded():
                read_codings(task)
            code = 0
        except InputError as error:
            code = 1
            if len(str(error)) > MESSAGE + len(str(path)):
                self.found.wrong.append(f"log: a message of {len(str(error))}: {str(error)[:200]}")
        except BaseException as error:
            self._keep(f"log: {error!r}"[:300])
            return
        self.found.codes[code] += 1

    def _here(self, words: list[str]) -> tuple[int, str]:
        said, code = io.StringIO(), 0
        before = sys.argv
        sys.argv = ["syriatopics", *words]
        try:
            with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said), _bounded():
                command_line()
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else 1
        except BaseException as error:  # a traceback, as the user would see it
            return 99, f"Traceback: {error!r}"
        finally:
            sys.argv = before
        return code, said.getvalue()

    def _process(self, words: list[str]) -> tuple[int, str]:
        try:
            done = subprocess.run(
                [sys.executable, "-m", "syriatopics", *words], stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=10 * SECONDS,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            return 98, "hangs"
        return done.returncode, done.stdout.decode("utf-8", "replace")

    def _judge(self, where: str, code: int, said: str, name: str, target: Path) -> None:
        self.found.codes[code] += 1
        wrong = []
        if code not in (0, 1, 2) or "Traceback" in said:
            wrong.append(f"ends with {code}: {said[-300:]!r}")
        elif code == 1 and name != "again":
            last = [line for line in said.splitlines() if line.startswith("syriatopics: ")]
            if not last or len(last[-1]) > MESSAGE + len(str(self.work)) * 2:
                wrong.append(f"says {said[-700:]!r}")
        wrong += _half(name, code, target)
        left = [str(path) for path in self.work.rglob(".syriatopics-*")]
        if left:
            wrong.append(f"leaves {left[:3]}")
        if _marks(self.kept, self.place / "canary") != self.before:
            raise SystemExit(f"{where}: something else was changed or removed")
        if wrong:
            self._keep(f"{where}: {'; '.join(wrong)}")

    def _keep(self, said: str) -> None:
        number = len(self.found.wrong)
        self.found.wrong.append(said)
        print(f"WRONG {number} {said[:600]}", flush=True)
        if number < 40:
            shutil.copytree(self.work, self.place / "wrong" / str(number), symlinks=True)


def _words(name: str, path: Path, target: Path, kept: Path) -> list[object]:
    """Return a command that reads a path."""
    parquet, rows = target / "a.parquet", kept / "rows.csv"
    store = path.parent / "store" if path.name != "store" else path
    return {
        "ingest": ["ingest", path, parquet],
        "count": ["scale", "count", path, target, "--min-df", "1"],
        "export": ["export", path, target],
        "new": ["new", target, "--corpus", path],
        "summary": ["summary", path],
        "study": ["summary", _beside(path, kept)],
        "claims": ["claims", _beside(path, kept)],
        "outlets": ["ingest", rows, parquet, "--outlets", path],
        "metadata": ["ingest", kept / "seeds", parquet, "--metadata", path],
        "check": ["scale", "check", store],
        "keyness": ["scale", "keyness", store, "--to", target, "--focal", "noonpost",
                    "--reference", "alhal"],
        "shares": ["scale", "shares", store, "--to", target],
        "again": ["scale", "count", rows, store, "--size", "2", "--min-df", "1"],
    }[name]  # fmt: skip


def _beside(path: Path, kept: Path) -> Path:
    """Put the study beside its corpus."""
    if path.suffix == ".toml" and not (path.parent / "seeds").exists():
        (path.parent / "seeds").symlink_to(kept / "seeds")
    return path


def _half(name: str, code: int, target: Path) -> Iterator[str]:
    """Say what stands of a target and is not whole."""
    if name in ("ingest", "outlets", "metadata"):
        path = target / "a.parquet"
        if path.exists() != (code == 0):
            yield f"exit {code}, and the target {'stands' if path.exists() else 'is not there'}"
        elif path.exists():
            pq.read_table(path)
    if name == "count" and (target / "manifest.json").exists() != (code == 0):
        yield f"exit {code}, and the manifest does not fit that"
    if name in ("export", "new") and target.exists() != (code == 0):
        yield f"exit {code}, and the target {'stands' if target.exists() else 'is not there'}"


def _marks(*places: Path) -> str:
    digest = hashlib.sha256()
    for place in places:
        for path in [place, *sorted(place.rglob("*"))]:
            if path.is_file() and path.name != ".lock":
                digest.update(f"{path}{path.stat().st_size}{path.stat().st_mtime_ns}".encode())
    return digest.hexdigest()


@contextlib.contextmanager
def _bounded() -> Iterator[None]:
    """End what hangs."""

    def ring(number: int, frame: object) -> None:
        raise TimeoutError(f"hangs for more than {SECONDS} s of this process")

    # The time of this process, so that others on the machine do not make an input hang.
    signal.signal(signal.SIGPROF, ring)
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _peak() -> int:
    """Return the most memory that this process held: what getrusage says begins with its parent's."""
    try:
        line = next(x for x in Path("/proc/self/status").read_text().splitlines() if "VmHWM" in x)
        return int(line.split()[1]) * 1024
    except (OSError, StopIteration):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--inputs", type=int, default=INPUTS)
    parser.add_argument("--processes", type=int, default=PROCESSES, help="so many of them alone")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--only", nargs="*", default=[], choices=[kind.name for kind in KINDS])
    parser.add_argument("--keep", type=Path, help="where to work, and leave what was wrong")
    asked = parser.parse_args()
    started = time.monotonic()
    kinds = [kind for kind in KINDS if not asked.only or kind.name in asked.only]
    every = max(1, asked.inputs // max(1, asked.processes)) if asked.processes else 0
    with tempfile.TemporaryDirectory() as temporary:
        stress = Stress((asked.keep or Path(temporary)).resolve(), asked.seed)
        for number in range(asked.inputs):
            kind = kinds[number % len(kinds)]
            alone = bool(every) and number % every == every - 1 and kind.name != "log"
            stress.try_one(kind, number // len(kinds), alone=alone)
            if number % 250 == 249:
                print(f"{number + 1} inputs, {time.monotonic() - started:.0f} s", flush=True)
    peak = _peak()
    if peak > MEMORY:
        stress.found.wrong.append(f"memory: {peak >> 20} MB")
    print(
        f"{sum(stress.found.inputs.values())} inputs ({dict(sorted(stress.found.inputs.items()))}), "
        f"exits {dict(sorted(stress.found.codes.items()))}, {len(stress.found.wrong)} wrong, "
        f"{peak >> 20} MB, {time.monotonic() - started:.0f} s, seed {asked.seed}"
    )
    return bool(stress.found.wrong)


if __name__ == "__main__":
    os.environ["OMP_NUM_THREADS"] = "1"
    sys.exit(main())
