"""A writer, and a corpus in which one story has copies."""

import sys
from pathlib import Path

import pytest

from syriatopics import Corpus

# Test files are imported by their paths; what they share is found by its name only here.
sys.path.insert(0, str(Path(__file__).parent))

from copied_texts import Writer, article


@pytest.fixture
def writer():
    return Writer(3)


@pytest.fixture
def planted(writer):
    """Return a story under three mastheads, an update, and articles that have nothing to do with it."""
    story = writer.sentences(6)
    return Corpus(
        [
            article("amad-1", story, "amad", "2016-07-27", production="wire", origin="afp",
                    evidence={"origin": "line 3: (أ ف ب)", "production": "origin: afp"}),
            article("alhal-1", story[:4], "alhal", "2016-07-28"),
            article("noon-1", [*story[1:], writer.sentence()], "noonpost", "2016-07-28"),
            article("amad-2", [*story, writer.sentence()], "amad", "2016-07-29"),
            *(article(f"other-{n}", writer.sentences(6), "alhal", "2016-07-28") for n in range(5)),
        ]
    )  # fmt: skip
