"""From a study to the pieces of a paper, and from a manuscript back to the numbers of the study."""

from __future__ import annotations

from syriatopics.publish.check import Checked
from syriatopics.publish.publishing import check_paper, publish_study

__all__ = ["Checked", "check_paper", "publish_study"]
