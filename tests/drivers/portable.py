"""Is everything the same on every processor? Make it again under others, and say what differs.

    python tests/drivers/portable.py [--kernels Haswell Nehalem] [--only 04_trends report] [--data FILE]
                                     [--settings "Python 3.12" --keep FOLDER]

Every figure of the study, its report, and the topics and themes of 2,000 planted articles are made
in fresh processes: under several kernels of OpenBLAS, without what numpy takes from newer
processors, with one and two threads, other hash seeds, time zones and locales, and on every Python
that is found beside this one (there with what the package needs, at the versions of the lock).
Figures and tables are compared with those in ``figures/`` byte by byte, the report with that of the
first setting, topics and themes by what comes first (exactly) and by value (to 1e-9). Where an
extra cannot be had on a Python, what needs it is named as not made there.

What takes long is done in parts: with ``--keep`` what a setting made stays, and the settings of a later
call are compared with it.

This is for x86-64. What holds on other processors is not known.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from pythons import PYTHONS, ROOT, environment

from syriatopics.errors import NotInstalledError

if TYPE_CHECKING:
    import syriatopics as st

KERNELS = ("Haswell", "SkylakeX", "Zen", "Nehalem")
SEED = 20_818  # of the planted articles
N_ARTICLES = 2_000
TOLERANCE = 1e-9


@dataclass(frozen=True)
class Setting:
    """One way to run: an interpreter and what its environment says."""

    name: str
    python: str
    environment: dict[str, str] = field(default_factory=dict)

    def run(self, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        kept = {
            k: v for k, v in os.environ.items() if not k.startswith(("OPENBLAS", "OMP", "NPY_"))
        }
        return subprocess.run(
            [self.python, *arguments],
            cwd=ROOT / "notebooks",
            env={**kept, "MPLBACKEND": "agg", **self.environment, **more},
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
        )


def kernels_of(setting: Setting) -> tuple[str, str]:
    """Return what kernels of OpenBLAS a setting runs on, and what numpy dispatches to."""
    asked = (
        "import json, numpy, scipy.linalg\n"
        "from threadpoolctl import threadpool_info\n"
        "from numpy._core import _multiarray_umath as umath\n"
        "found = {i['architecture'] for i in threadpool_info() if i['internal_api'] == 'openblas'}\n"
        "on = [n for n in umath.__cpu_dispatch__ if umath.__cpu_features__.get(n)]\n"
        "print(json.dumps(['+'.join(sorted(found)), ' '.join(on)]))\n"
    )
    done = setting.run("-c", asked)
    if done.returncode:
        return "", ""
    kernel, dispatched = json.loads(done.stdout)
    return kernel, dispatched


def settings_of(kernels: list[str], pythons: list[str]) -> tuple[list[Setting], list[str]]:
    """Return the settings to compare, and what was left out and why."""
    here = sys.executable
    zones = ("Asia/Damascus", "America/St_Johns", "Pacific/Kiritimati", "UTC")
    found, left, seen = [], [], set()
    for number, kernel in enumerate(kernels):
        threads = str(1 + number % 2)
        one = Setting(
            f"{kernel}, {threads} threads",
            here,
            {
                "OPENBLAS_CORETYPE": kernel,
                "OMP_NUM_THREADS": threads,
                "OPENBLAS_NUM_THREADS": threads,
                "PYTHONHASHSEED": str(11 + number),
                "TZ": zones[number % len(zones)],
                "LC_ALL": ("C", "C.UTF-8")[number % 2],
            },
        )
        runs_on, _ = kernels_of(one)
        if not runs_on:
            left.append(f"{kernel}: this processor cannot run it")
        elif runs_on in seen:
            left.append(f"{kernel}: runs on {runs_on} here, which is tried already")
        else:
            seen.add(runs_on)
            found.append(one)
    base = Setting("numpy without newer instructions", here, {"PYTHONHASHSEED": "31"})
    _, dispatched = kernels_of(base)
    off = Setting(base.name, here, {**base.environment, "NPY_DISABLE_CPU_FEATURES": dispatched})
    if dispatched and not kernels_of(off)[1]:
        found.append(off)
    else:
        left.append(f"{base.name}: {dispatched or 'none'} could not be turned off")
    return [
        *found,
        *(Setting(f"Python {Path(python).parents[1].name[-4:]}", python) for python in pythons),
    ], left


def other_pythons() -> tuple[list[str], list[str]]:
    """Return an interpreter of each other Python, with the package installed, and what is missing."""
    made, left = [], []
    for version in PYTHONS:
        if version == f"{sys.version_info[0]}.{sys.version_info[1]}":
            continue
        home = ROOT / "build" / "portable" / f"python-{version}"
        try:
            made.append(environment(version, home, "notebooks"))
        except LookupError as missing:
            left.append(str(missing))
    return made, left


def make(
    setting: Setting, what: list[str], folder: Path, data: str | None
) -> tuple[list[str], list[str]]:
    """Make figures, report and models under a setting; return what failed, and what wants an extra."""
    failed, missing = [], []
    for name in what:
        if name == "report":
            code = (
                "import syriatopics.study as s; from pathlib import Path; "
                f"s.write_report('../study.toml', to=Path({str(folder / 'report.html')!r}))"
            )
            done = setting.run("-c", code)
        elif name == "models":
            done = setting.run(__file__, "--models", str(folder / "models.npz"), *_given(data))
        else:
            done = setting.run(f"{name}.py", SYRIATOPICS_FIGURES=str(folder / "figures"))
        if done.returncode:
            last = (done.stderr.strip() or "?").splitlines()[-1]
            error, _, said = last.partition(": ")
            if error.endswith("NotInstalledError"):
                missing.append(f"{name} is not made wholly: {said[:200]}")
            else:
                failed.append(f"{name} failed: {last[:300]}")
    return failed, missing


def _given(data: str | None) -> list[str]:
    return ["--data", data] if data else []


def fit_models(target: Path, data: str | None) -> None:
    """Fit topics and score themes of 2,000 articles, and keep all numbers."""
    import numpy as np

    import syriatopics as st

    passages = _articles(data).passages()
    dtm = st.count_terms(passages)
    specifications = {"nmf": st.NMF, "lda": st.LDA, "embedding": st.EmbeddingTopics}
    kept = {
        f"themes_{method}": st.score_themes(passages, method=method).table.to_numpy(dtype=float)
        for method in ("lexicon", "keywords")
    }
    for name, specification in specifications.items():
        try:
            fitted = specification(n_topics=10, random_state=3).fit(dtm)
        except NotInstalledError as missing:
            print(f"{name} is not made: {missing}")
            continue
        kept[f"{name}_theta"], kept[f"{name}_phi"] = fitted.theta, fitted.phi
        kept[f"{name}_words"] = fitted.top_terms(10)["term"].to_numpy(dtype=str)
    np.savez(target, **kept)


def _articles(data: str | None) -> st.Corpus:
    import pandas as pd

    import syriatopics as st

    if data:
        return st.read_corpus(pd.read_parquet(data).sample(N_ARTICLES, random_state=SEED))
    themes = {"humanitarian": 0.3, "political_transition": 0.2}
    outlets = {"a": 3.0, "b": 2.0, "c": 1.0}
    world = st.World(themes=themes, outlets=outlets, n_articles=N_ARTICLES)
    return st.planted_corpus(st.load_seeds().passages(), world, random_state=SEED)


def compare_figures(old: Path, new: Path) -> list[str]:
    """Say which files differ, and for tables which cell."""
    differing = []
    for file in sorted(f for f in new.iterdir() if f.is_file() and f.name != "manifest.json"):
        stands = old / file.name
        if not stands.is_file():
            differing.append(f"{file.name}: not among the figures")
        elif file.read_bytes() != stands.read_bytes():
            cell = _cell(stands, file) if file.suffix == ".csv" else ""
            differing.append(f"{file.name} differs{cell}")
    return differing


def _cell(old: Path, new: Path) -> str:
    import pandas as pd

    a, b = (pd.read_csv(file, dtype=str, keep_default_na=False) for file in (old, new))
    if a.shape != b.shape or list(a.columns) != list(b.columns):
        return f": {a.shape} {list(a.columns)} against {b.shape} {list(b.columns)}"
    for row, column in zip(*(a != b).to_numpy().nonzero(), strict=True):
        return (
            f": row {row}, {a.columns[column]}: {a.iloc[row, column]} against {b.iloc[row, column]}"
        )
    return ""


def compare_models(old: Path, new: Path) -> list[str]:
    """Say what differs of topics and themes: what comes first exactly, values to 1e-9."""
    import numpy as np

    from syriatopics.order import largest

    differing = []
    with np.load(old) as a, np.load(new) as b:
        for name in sorted(set(a.files) & set(b.files)):
            one, two = a[name], b[name]
            if one.dtype.kind in "US":
                changed = int((one != two).sum()) if one.shape == two.shape else len(one)
                if changed:
                    differing.append(f"{name}: {changed} of {len(one)} words")
                continue
            away = float(np.nanmax(np.abs(one - two))) if one.shape == two.shape else np.inf
            if away > TOLERANCE:
                differing.append(f"{name}: off by up to {away:.2g}")
            elif (largest(np.nan_to_num(one)) != largest(np.nan_to_num(two))).any():
                differing.append(f"{name}: another topic has most")
    return differing


def main(given: list[str] | None = None) -> int:
    """Run all settings; return 1 if anything differs."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    names = sorted(file.stem for file in (ROOT / "notebooks").glob("[0-9]*.py"))
    parser.add_argument("--kernels", nargs="*", default=list(KERNELS))
    parser.add_argument("--only", nargs="*", default=[*names, "report", "models"])
    parser.add_argument("--this-python", action="store_true", help="leave other Pythons out")
    parser.add_argument("--data", help="a Parquet file: 2,000 of its articles instead of planted")
    parser.add_argument("--settings", nargs="*", help="only those that these words are part of")
    parser.add_argument("--keep", type=Path, help="where to work, and leave what was made")
    parser.add_argument("--models", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args(given)
    if asked.models:
        fit_models(asked.models, asked.data)
        return 0
    pythons, missing = ([], []) if asked.this_python else other_pythons()
    settings, left = settings_of(asked.kernels, pythons)
    for line in [*missing, *left]:
        print(f"left out: {line}", flush=True)
    if asked.settings is not None:
        settings = [s for s in settings if any(word in s.name for word in asked.settings)]
    n_differing = 0
    with tempfile.TemporaryDirectory(prefix="portable-") as temporary:
        place = (asked.keep or Path(temporary)).resolve()
        for setting in settings:
            before = sorted(place.iterdir()) if place.is_dir() else []
            folder = place / setting.name.replace(" ", "-")
            (folder / "figures").mkdir(parents=True, exist_ok=True)
            differing, wanting = make(setting, asked.only, folder, asked.data)
            differing += compare_figures(ROOT / "figures", folder / "figures")
            for other in [path for path in before if path != folder][:1]:
                differing += _beside(other, folder)
            n_differing += len(differing)
            n_files = sum(file.is_file() for file in folder.rglob("*"))
            print(f"{setting.name}: {n_files} files, {len(differing)} differ", flush=True)
            for line in (*differing, *wanting):
                print(f"  {line}", flush=True)
    print(f"{len(settings)} settings, {n_differing} differences")
    return int(n_differing > 0)


def _beside(first: Path, folder: Path) -> list[str]:
    differing = compare_figures(first / "figures", folder / "figures")
    differing = [f"beside {first.name}: {line}" for line in differing]
    if (first / "report.html").is_file() and (folder / "report.html").is_file():
        same = (first / "report.html").read_bytes() == (folder / "report.html").read_bytes()
        differing += [] if same else ["report.html differs"]
    if (first / "models.npz").is_file() and (folder / "models.npz").is_file():
        differing += compare_models(first / "models.npz", folder / "models.npz")
    return differing


if __name__ == "__main__":
    sys.exit(main())
