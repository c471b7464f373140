"""Naming and voices against the five seed articles, coded by hand before the program was written.

This is the development text: general rules were written with it in sight. A quotation counts as found where it
shares half of its text with the coded one; "with speaker" asks for the same person besides.
"""

import sys
from pathlib import Path

import syriatopics as st
from benchmarks._data import table

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "framing"))


def main():
    from gold.scoring import score_naming, score_voices

    passages = st.load_seeds().passages()
    voices = score_voices(passages.table, st.quotations(passages).table)
    naming = score_naming(st.naming(passages).mentions)

    def rows(figures):
        return [
            (name, value if isinstance(value, int) else f"{value:.3f}")
            for name, value in figures.items()
        ]

    return "\n\n".join([
        "# Naming and voices against a coder", "`python -m benchmarks framing_gold`", __doc__.strip(),
        "## Voices", table(("figure", "value"), rows(voices)),
        "## Naming", table(("figure", "value"), rows(naming)),
    ]) + "\n"  # fmt: skip
