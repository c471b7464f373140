import re

import pytest

from syriatopics.arabic import key
from syriatopics.errors import InputError, LexiconError
from syriatopics.lexicons import NAMES, load


@pytest.mark.parametrize("name", sorted(NAMES))
def test_every_lexicon_fits_its_schema(name):
    lexicon = load(name)
    assert lexicon.version >= 1
    assert lexicon.about


def test_an_unknown_lexicon_names_the_choices():
    with pytest.raises(InputError, match="Lexicons: 'acts'"):
        load("nothing")


def test_no_entry_that_counts_alone_stands_in_two_themes():
    lexicon = load("themes")
    seen = {}
    for theme in lexicon.theme:
        for entry in theme.words + theme.terms:
            for spelling in entry.split("|"):
                assert seen.setdefault(spelling, theme.id) == theme.id, spelling


def test_every_entry_of_a_theme_has_a_review():
    for theme in load("themes").theme:
        for rule in theme.rules:
            for entry in rule.words + rule.weak:
                assert theme.reviewed(entry).by, (theme.id, entry)
        assert theme.include and theme.exclude and theme.boundary, theme.id


def test_the_last_review_of_an_entry_counts():
    theme = load("themes").theme[0]
    known, other = theme.words[0], theme.words[1]
    read = {"by": "A. Reader", "on": "2027-01-02", "entries": [known]}
    again = theme.model_validate(
        {**theme.model_dump(by_alias=True), "review": [*theme.review, read]}
    )
    assert again.reviewed(known).by == "A. Reader"
    assert again.reviewed(other).by == theme.review[0].by
    with pytest.raises(ValueError, match="has no entry"):
        theme.reviewed("no such entry")


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ('needs = ["mars"]\nwords = ["سلام"]', "no .*context.* 'mars'; there are: 'syria'"),
        ('words = ["سوريا|"]', "an empty entry"),
        ('words = ["سور*يا|سلام"]', "stands at the end of a word"),
        ('like = "nothing"', "no theme 'nothing' to take entries from"),
    ],
)
def test_a_broken_rule_of_a_theme_is_named(tmp_path, rule, message):
    file = tmp_path / "mine.toml"
    file.write_text(
        'version = 1\nabout = "x"\n[[context]]\nid = "syria"\nen = "Syria"\nwords = ["سوريا"]\n'
        f'[[theme]]\nid = "a"\nar = "ا"\nen = "A"\ndefinition = "d"\n[[theme.rule]]\n{rule}\n',
        encoding="utf-8",
    )
    with pytest.raises(LexiconError, match=message):
        load("themes", file)


def test_every_theme_has_25_entries():
    assert all(len(theme.entries) >= 25 for theme in load("themes").theme)


def test_names_are_in_one_entry_only():
    seen = {}
    for name in load("names").name:
        for form in (name.ar, *name.also):
            folded = " ".join(map(key, form.split()))
            assert seen.setdefault(folded, name.ar) == name.ar, form


@pytest.mark.parametrize("name", sorted(NAMES))
def test_entries_are_clean_text(name):
    text = repr(load(name))
    assert not re.search("[\u064b-\u0652\u0640کی]", text)


def test_own_entries_go_on_top(tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text(
        'version = 1\nabout = "mine"\n[[theme]]\nid = "culture"\nar = "ثقافة"\nen = "Culture"\n'
        'definition = "Arts"\nwords = ["مسرح"]\n',
        encoding="utf-8",
    )
    themes = load("themes", file)
    assert themes.ids[-1] == "culture"
    assert len(themes.ids) == len(load("themes").ids) + 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('version = 1\nabout = "x"\n[[theme]]\nid = "a"\nen = "A"\n', r"line 3: theme\.0\.ar"),
        ('version = 1\nabout = "x"\nthema = 3\n', r"line 1: thema"),
        ("version = \n", "not a TOML file"),
        (
            'version = 1\nabout = "x"\n[[theme]]\nid = "a"\nar = "ا"\nen = "A"\ndefinition = "d"\n'
            'words = [""]\n',
            "an empty entry",
        ),
        (
            'version = 1\nabout = "x"\n[[theme]]\nid = "a"\nar = "ا"\nen = "A"\ndefinition = "d"\n'
            'words = ["طائرة MiG"]\n',
            "letters of another script",
        ),
    ],
)
def test_a_broken_lexicon_names_file_and_line(tmp_path, text, message):
    file = tmp_path / "mine.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(LexiconError, match=message) as caught:
        load("themes", file)
    assert "mine.toml" in str(caught.value)
