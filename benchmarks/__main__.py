"""Run benchmarks by name: ``python -m benchmarks [--data FOLDER] [NAME …]``, or list them."""

import argparse
import importlib
import os
from pathlib import Path

HERE = Path(__file__).parent


def names():
    return sorted(p.stem for p in HERE.glob("*.py") if not p.stem.startswith("_"))


def main():
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", help=f"of {', '.join(names())}; all by default")
    parser.add_argument("--data", help="folder of real corpora; or the variable SYRIATOPICS_DATA")
    arguments = parser.parse_args()
    if arguments.data:
        os.environ["SYRIATOPICS_DATA"] = arguments.data
    for name in arguments.names or names():
        if name not in names():
            parser.error(f"no benchmark {name!r}; there are {', '.join(names())}")
        report = importlib.import_module(f"benchmarks.{name}").main()
        (HERE / "results").mkdir(exist_ok=True)
        (HERE / "results" / f"{name}.md").write_text(report, encoding="utf-8")
        print(report)


if __name__ == "__main__":
    main()
