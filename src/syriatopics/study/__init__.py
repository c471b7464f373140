"""Studies: one file says what is studied, one command makes everything from it."""

from __future__ import annotations

from syriatopics.study.check import check_figures, remake_figures
from syriatopics.study.claims import register_claims, write_claims
from syriatopics.study.reporting import write_report
from syriatopics.study.run import run_study
from syriatopics.study.scaffold import new_study
from syriatopics.study.store import read_manifest
from syriatopics.study.study import Study, open_study

__all__ = [
    "Study",
    "check_figures",
    "new_study",
    "open_study",
    "read_manifest",
    "register_claims",
    "remake_figures",
    "run_study",
    "write_claims",
    "write_report",
]
