"""Claims in study.toml: checked with line, stamped before the run, and carded by it."""

import json

import pytest
from typer.testing import CliRunner

import syriatopics as st
from syriatopics.cli import app
from syriatopics.errors import StudyError
from syriatopics.study import register_claims, run_study

CLAIMS = """
[[claims]]
id = "aid"
theme = "humanitarian"
a = "noonpost"
b = "alhal"

[[claims]]
id = "talks"
kind = "trend"
theme = "political_transition"
a = "2016"
b = "2022"

[multiverse]
model = ["lexicon"]
unit = "paragraph"
"""


def add(folder, text=CLAIMS, old="", new=""):
    path = folder / "study.toml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new) + text, encoding="utf-8")
    return folder


def within(*words):
    return CliRunner().invoke(app, list(map(str, words)))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('b = "2022"', 'b = "20x"', r"line 22: claims\.1: Claim 'talks'.*'20x' is no period"),
        ("kind", "knd", r"line 22: claims\.1: .*knd: Extra inputs"),
        ('id = "talks"', 'id = "aid"', "claims: two claims are called 'aid'"),
        (
            '["lexicon"]',
            '["lexikon"]',
            r"line 30: multiverse\.model\.0: .*'lexicon'.*given: 'lexikon'",
        ),
        ('["lexicon"]', "[]", r"line 30: multiverse\.model: .*at least 1"),
    ],
)
def test_broken_claims_name_the_place(make_study, old, new, message):
    folder = add(make_study(), CLAIMS.replace(old, new))
    with pytest.raises(StudyError, match=message) as caught:
        st.open_study(folder)
    assert "\n" not in str(caught.value)


def test_claims_about_what_is_not_there(make_study):
    folder = add(make_study(), CLAIMS.replace('"noonpost"', '"noon"'))
    study = st.open_study(folder)
    with pytest.raises(StudyError, match=r"study\.toml: claims\.aid: a = 'noon'.*'alhal', 'amad'"):
        register_claims(study, seen=False)
    assert not (folder / "claims.lock.json").exists()


def test_the_command_stamps_lists_and_writes(make_study):
    folder = add(make_study())
    first = within("claims", folder)
    assert first.exit_code == 0
    assert "aid: declared 2" in first.stdout
    entries = json.loads((folder / "claims.lock.json").read_text())["entries"]
    assert [entry["event"] for entry in entries] == ["declared"]
    made = within("claims", folder, "--write", "--jobs", 1)
    assert made.exit_code == 0
    assert "2 cards in" in made.stdout
    names = sorted(file.name for file in (folder / "build" / "claims").iterdir())
    assert names == ["aid.html", "aid.json", "talks.html", "talks.json"]
    card = json.loads((folder / "build" / "claims" / "aid.json").read_text(encoding="utf-8"))
    assert (card["standing"]["status"], card["multiverse"]["survival"]["n"]) == ("declared", 2)
    assert card["command"] == "syriatopics claims study.toml --write"
    add(folder, "", 'theme = "humanitarian"', 'theme = "accountability"')
    add(folder, "", 'id = "talks"', 'id = "peace"')
    later = within("claims", folder).stdout
    assert "aid: changed after the data was seen" in later
    assert "peace: explored" in later
    assert "talks: declared once, and claimed no more" in later


def test_a_study_without_claims_has_no_register(make_study):
    folder = make_study()
    assert "holds no claim" in within("claims", folder).stdout
    assert not (folder / "claims.lock.json").exists()


def test_a_claim_made_behind_the_figures_is_explored(make_study):
    folder = make_study()
    study = st.open_study(folder)
    (folder / "figures").mkdir()
    manifest = {"corpus_fingerprint": study.corpus.fingerprint}
    (folder / "figures" / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    assert "aid: explored" in within("claims", add(folder)).stdout


@pytest.mark.needs("notebooks")
def test_a_run_stamps_makes_cards_and_skips_them(make_study, quick_notebooks, figure_source):
    folder = add(make_study(_01_a=figure_source("11_a")))
    told = []
    run_study(folder, tell=told.append)
    assert any(line.startswith("claims: done") for line in told)
    assert (folder / "build" / "claims" / "aid.html").is_file()
    events = [e["event"] for e in json.loads((folder / "claims.lock.json").read_text())["entries"]]
    assert events == ["declared", "seen"]
    told.clear()
    run_study(folder, tell=told.append)
    assert "claims: unchanged" in told
    (folder / "build" / "claims" / "aid.html").unlink()
    told.clear()
    run_study(folder, tell=told.append)
    assert any(line.startswith("claims: done") for line in told)


@pytest.mark.needs("notebooks")
def test_a_check_stamps_nothing(make_study, quick_notebooks, figure_source):
    folder = add(make_study(_01_a=figure_source("11_a")))
    run_study(folder, folder=folder / "x", build=folder / "y", report=False)
    assert not (folder / "claims.lock.json").exists()
