"""The report of a study: written where it belongs, whole or not at all."""

from pathlib import Path

import pytest

from syriatopics.errors import StudyError
from syriatopics.study import write_report


@pytest.fixture
def folder(make_study):
    return make_study()


def test_a_study_has_a_report(folder):
    file, report = write_report(folder)
    assert file == folder / "build" / "report.html"
    assert file.read_bytes() == report.html
    assert b'href="explore.html"' in report.html
    explorer = (file.parent / "explore.html").read_bytes()
    assert b'href="report.html"' in explorer
    assert "Five seed articles on Syria" in report.html.decode()
    assert {"2016", "2022"} <= set(
        report.html.decode().replace("\u2066", " ").replace("\u2069", " ").split()
    )


def test_the_last_good_report_stands_when_writing_fails(folder, monkeypatch):
    file = folder / "build" / "report.html"
    file.parent.mkdir()
    file.write_bytes(b"the last good one")

    def fail(self, content):
        raise OSError("No space left on device")

    monkeypatch.setattr(Path, "write_bytes", fail)
    with pytest.raises(OSError, match="No space"):
        write_report(folder)
    monkeypatch.undo()
    assert file.read_bytes() == b"the last good one"
    assert [f.name for f in file.parent.iterdir()] == ["report.html"]


def test_no_report_of_a_corpus_that_has_changed(folder):
    text = (folder / "study.toml").read_text(encoding="utf-8")
    changed = text.replace('path = "seeds"', 'path = "seeds"\nfingerprint = "0123"')
    (folder / "study.toml").write_text(changed, encoding="utf-8")
    with pytest.raises(StudyError, match="the corpus has changed"):
        write_report(folder)
    assert not (folder / "build").exists()
