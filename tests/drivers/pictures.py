"""Draw every picture at every size, in every preset and language, and say what is covered, cut, small or pale.

    python -m tests.drivers.pictures [--only shares]

The tests draw a sample of them. All of them take an hour, and some are known to have faults.
"""

from __future__ import annotations

import argparse
import itertools

import matplotlib.pyplot as plt

from syriatopics.plots.presets import PRESETS
from tests.plots.test_geometry import PICTURES, SIZES, drawn


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="Pictures whose name begins so.")
    only = parser.parse_args().only
    for case in itertools.product(PICTURES, SIZES, ("en", "ar", "both"), PRESETS):
        if not case[0].startswith(only):
            continue
        try:
            found = drawn(*case)
        except Exception as error:  # one picture does not end the others
            found = [f"{type(error).__name__}: {error}"]
        plt.close("all")
        if found:
            print(*case, *found, sep=" | ", flush=True)


if __name__ == "__main__":
    main()
