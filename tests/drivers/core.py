"""Does the core stand on its own, on every Python? Install it without extras, and test it.

    python tests/drivers/core.py [--all] [TESTS ...]

On each Python that is found the core is installed, at the versions of the lock, with what runs the
tests, and nothing else. On this Python, whose tests ``make test`` runs, it is asked whether the core
stands alone; on the others a part of the fast tests is run too that touches every layer. ``--all`` runs
every fast test on each, and names run those that are named. What needs an extra is skipped there.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time

from pythons import PYTHONS, ROOT, environment

# What only the core alone can show, and one or two modules for each layer.
ALONE = ("tests/test_extras.py", "tests/test_cli.py")
LAYERS = (
    "tests/test_matrix.py",
    "tests/test_results.py",
    "tests/test_ten_cases.py",
    "tests/arabic",
    "tests/lexicons",
    "tests/corpus/read",
    "tests/topics/test_models.py",
    "tests/topics/test_covariates.py",
    "tests/framing/test_themes.py",
    "tests/trends/test_trend.py",
    "tests/report/test_report.py",
)
HERE = f"{sys.version_info[0]}.{sys.version_info[1]}"
WEIGH = """
import importlib.metadata, pathlib, sys
from syriatopics import extras
for extra, packages in extras.EXTRAS.items():
    for package in packages:
        assert not extras.there(package), f"{package} of the extra {extra} came with the core"
blocks = sum(path.lstat().st_blocks for path in pathlib.Path(sys.prefix).rglob("*"))
print(f"{len(list(importlib.metadata.distributions()))} packages, {blocks * 512 / 1e6:,.0f} MB")
"""


def try_core(version: str, tests: list[str]) -> bool | None:
    """Install and test the core on one Python; return whether all is well, None if it is not there."""
    start = time.monotonic()
    try:
        python = environment(version, ROOT / "build" / "core" / f"python-{version}", "test")
    except LookupError as missing:
        print(f"left out: {missing}", flush=True)
        return None
    weighed = subprocess.run([python, "-c", WEIGH], capture_output=True, text=True)
    if weighed.returncode:
        print(f"Python {version}: {weighed.stderr.strip().splitlines()[-1]}", flush=True)
        return False
    installed = time.monotonic()
    print(f"Python {version}, the core and what tests it: {weighed.stdout.strip()}, "
          f"{installed - start:.0f} s", flush=True)  # fmt: skip
    run = [python, "-m", "pytest", "--numprocesses", "auto", "--dist", "loadscope", *tests]
    passed = subprocess.run(run, cwd=ROOT, env={**os.environ, "MPLBACKEND": "agg"}).returncode == 0
    print(f"Python {version}: {'passed' if passed else 'FAILED'} in "
          f"{time.monotonic() - installed:.0f} s", flush=True)  # fmt: skip
    return passed


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("tests", nargs="*")
    parser.add_argument("--all", action="store_true", help="every fast test")
    given = parser.parse_args(arguments)
    found = []
    for version in PYTHONS:
        chosen = ALONE if version == HERE else ALONE + LAYERS
        tests = ["tests"] if given.all else given.tests or list(chosen)
        found.append(try_core(version, tests))
    return 0 if any(found) and False not in found else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
