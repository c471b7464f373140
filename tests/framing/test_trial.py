"""What an entry of a lexicon gains and loses."""

import pytest
from typer.testing import CliRunner

import syriatopics as st
from syriatopics.cli import app
from syriatopics.errors import InputError
from syriatopics.framing import try_entry
from syriatopics.lexicons import NAMES
from syriatopics.matrix import _as_passages

TEXTS = ["ازدهرت الحياكة في المدينة", "قصف مدفعي على البلدة", "قال الوزير إن الأمر انتهى"]


def test_a_new_word_of_a_theme_gains_its_hits_and_its_passages():
    trial = try_entry("حياكة", _as_passages(TEXTS), into="sanctions_economy")
    assert trial.table[["change", "entry", "form"]].to_numpy().tolist() == [
        ["gained", "sanctions_economy", "حياكة"]
    ]
    row = trial.table.iloc[0]
    assert row["text"][row["start"] : row["end"]] == "الحياكة"
    assert trial.assigned["change"].tolist() == ["gained"]


def test_a_weak_word_alone_assigns_nothing():
    trial = try_entry("حياكة", _as_passages(TEXTS), into="sanctions_economy", weak=True)
    assert len(trial.table) == 1 and not len(trial.assigned)


def test_a_longer_entry_takes_the_words_of_a_shorter_one():
    trial = try_entry("قصف (ال)مدفعي", _as_passages(TEXTS), into="humanitarian")
    changed = set(map(tuple, trial.table[["change", "entry"]].to_numpy()))
    assert changed == {("gained", "humanitarian"), ("lost", "military_security")}
    assert set(trial.assigned["change"]) == {"gained", "lost"}


def test_a_word_that_is_there_is_compared_with_the_lexicon_without_it():
    trial = try_entry("قصف", _as_passages(TEXTS))
    assert trial.table["entry"].tolist() == ["military_security"]


@pytest.mark.parametrize("name", sorted(set(NAMES) - {"themes"}))
def test_any_lexicon_can_be_tried(name):
    """A word that no lexicon knows is found where it stands, once."""
    trial = try_entry("حياكة", _as_passages(TEXTS), name)
    assert trial.table["change"].tolist().count("gained") == 1
    assert trial.table.loc[trial.table["change"].eq("gained"), "text"].tolist() == TEXTS[:1]


def test_a_known_cue_is_compared_with_the_cues_without_it():
    said = try_entry("قال", _as_passages(TEXTS), "cues").table
    assert said["change"].tolist() == ["gained"] and said["form"].tolist() == ["قال"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"lexicon": "nothing"}, "No lexicon 'nothing'. Lexicons: 'acts'"),
        ({}, "'حياكة' is no entry yet: say for which theme. Themes: 'accountability'"),
        ({"into": "sports"}, "No theme 'sports'. Themes"),
        ({"lexicon": "naming", "into": "x"}, "No entry 'x' in naming"),
    ],
)
def test_what_is_wrong_is_named(options, message):
    with pytest.raises(InputError) as caught:
        try_entry("حياكة", _as_passages(TEXTS), **options)
    assert str(caught.value).startswith(message)
    assert len(str(caught.value)) < 500


def test_a_word_that_cannot_be_an_entry():
    with pytest.raises(InputError, match="cannot be an entry"):
        try_entry("***", _as_passages(TEXTS), into="humanitarian")


def test_the_command_shows_hits_with_their_passages(tmp_path):
    (tmp_path / "a.txt").write_text(
        "ازدهرت \x1b[31m الحياكة في المدينة القديمة، وعاد إليها الناس من القرى بعد سنوات طويلة من الغياب.\n"
        * 2,
        encoding="utf-8",
    )
    command = ["lexicon", "try", "حياكة", "--corpus", str(tmp_path), "--into", "sanctions_economy"]
    result = CliRunner().invoke(app, command)
    assert result.exit_code == 0, result.output
    assert "gained: " in result.output and "gained: 0" not in result.output
    assert "[الحياكة]" in result.output and "\x1b" not in result.output


def test_the_command_refuses_what_is_not_there(tmp_path):
    result = CliRunner().invoke(app, ["lexicon", "try", "حياكة", "--corpus", str(tmp_path / "no")])
    assert result.exit_code != 0 and isinstance(
        result.exception, (st.errors.InputError, SystemExit)
    )
