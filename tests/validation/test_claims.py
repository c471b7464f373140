"""Claims: what they may say, when they were said, and what a card shows."""

import html
import json
import re
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pandas as pd
import pytest

import syriatopics as st
from syriatopics.errors import InputError
from syriatopics.inference import contrasts
from syriatopics.validation.claims import Register, Standing
from syriatopics.validation.claims.claim import check_claim, groups_of_claim, span
from syriatopics.validation.claims.coverage import coverage_at_size, world_like
from syriatopics.validation.claims.register import CHANGED, DECLARED, EXPLORED

AID = {"id": "aid", "theme": "humanitarian", "a": "second", "b": "first"}
RISE = {
    "id": "rise",
    "kind": "trend",
    "theme": "political_transition",
    "a": "2020Q4",
    "b": "2020Q1",
}
STEP = {
    "id": "step",
    "kind": "break",
    "theme": "political_transition",
    "date": "2020-07-01",
    "weeks": 20,
}
FEW = {"n_replicates": 30}


@pytest.fixture(scope="module")
def corpus():
    world = st.World(
        themes={"humanitarian": 0.25, "political_transition": 0.15},
        outlets={"first": 1, "second": 1},
        contrasts={"second": {"humanitarian": 0.25}},
        effects=[st.Step("political_transition", "2020-07-01", 0.3)],
        n_articles=240,
    )
    return st.planted_corpus(st.load_seeds().passages(), world, wire=0.1, random_state=7)


@pytest.fixture(scope="module")
def card(corpus):
    choices = {"model": ["lexicon", "terms"], "conflation": "clitics", "unit": "paragraph"}
    return st.claim_card(corpus, st.Claim(**AID), multiverse=choices, n_jobs=1, **FEW)


# ---- the claim ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({**AID, "id": "../x"}, r"id: String should match pattern .*given: '\.\./x'"),
        ({**AID, "b": "second"}, "two different names are needed"),
        ({**AID, "kind": "effect"}, "kind: Input should be 'contrast', 'trend' or 'break'"),
        ({**AID, "outlet": "first"}, "names its outlets as a and b"),
        ({**AID, "date": "2020-01-01"}, "a contrast has no date"),
        ({**AID, "themes": "x"}, "themes: Extra inputs are not permitted"),
        ({**RISE, "b": "2020-11"}, "the periods 2020Q4 and 2020-11 overlap"),
        ({**RISE, "b": "winter"}, "'winter' is no period; write 2018, 2018-03"),
        ({**RISE, "b": "2019-05-01..2019-04-01"}, "ends before it begins"),
        ({"id": "x", "kind": "break", "theme": "y"}, "a break has a date"),
        ({**STEP, "weeks": 1}, "weeks: Input should be greater"),
    ],
)
def test_a_claim_that_says_nothing_is_refused_in_one_line(given, message):
    with pytest.raises(InputError, match=message) as caught:
        st.Claim(**given)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (
            {**AID, "theme": "aid"},
            r"claims\.aid: theme = 'aid': no such theme. Choices: .*'humanitarian'",
        ),
        (
            {**AID, "a": "third"},
            r"claims\.aid: a = 'third': no such outlet. Choices: 'first', 'second'",
        ),
        ({**RISE, "outlet": "third"}, r"claims\.rise: outlet = 'third'"),
        ({**RISE, "a": "1999"}, r"claims\.rise: no article is on the side '1999'"),
    ],
)
def test_a_claim_about_what_is_not_there_is_refused(corpus, given, message):
    with pytest.raises(InputError, match=message):
        st.claim_card(corpus, st.Claim(**given), **FEW)


def test_every_word_of_a_claim_is_in_its_digest():
    one = st.Claim(**AID)
    assert one.digest == st.Claim(**AID).digest
    others = [
        {**AID, "text": "x"},
        {**AID, "production": "all"},
        {**AID, "a": "first", "b": "second"},
    ]
    assert len({one.digest, *(st.Claim(**o).digest for o in others)}) == 4


def test_sides_of_periods(corpus):
    side = groups_of_claim(st.Claim(**RISE), corpus)
    when = corpus.planted.set_index("article_id")["date"].dt.quarter
    assert (side.dropna() == "2020Q4").eq(when[side.dropna().index] == 4).all()
    assert set(when[side.dropna().index]) == {1, 4}
    begin, end = span("2018-02-18..2018-03")
    assert (str(begin.date()), str(end.date())) == ("2018-02-18", "2018-03-31")


def test_a_break_compares_what_comes_after_with_what_was_before(corpus):
    rise, fall = (st.Claim(**STEP, direction=d) for d in ("rise", "fall"))
    one, two = (st.claim_card(corpus, c, **FEW).estimate for c in (rise, fall))
    assert one["estimate"] == pytest.approx(-two["estimate"])
    assert one["estimate"] > 0.1
    assert (one["n_a"], one["n_b"]) == (two["n_b"], two["n_a"])


# ---- the card --------------------------------------------------------------------------


def test_the_estimate_is_that_of_contrasts(corpus, card):
    found = contrasts(
        st.score_themes(corpus.passages()), pairs=[("second", "first")], production="own"
    )
    row = found.table.set_index("theme").loc["humanitarian"]
    for name, same in (("estimate", "difference"), ("low", "low"), ("high", "high"), ("p", "p")):
        assert card.estimate[name] == pytest.approx(row[same])
    assert (card.estimate["n_a"], card.estimate["n_b"]) == (row["n_a"], row["n_b"])


def test_passages_stand_where_they_stand(corpus, card):
    scores = st.score_themes(corpus.passages())
    texts = scores.passages.table.set_index("passage_id")
    for passages, outlet in ((card.passages_for, "second"), (card.passages_against, "first")):
        assert 0 < len(passages) <= 3
        assert (passages["outlet"] == outlet).all()
        assert scores.assigned.loc[passages["passage_id"], "humanitarian"].all()
        assert (texts.loc[passages["passage_id"], "text"].to_numpy() == passages["text"]).all()
        assert passages["article_id"].is_unique
        assert (texts.loc[passages["passage_id"], "production"] == "own").all()


def test_the_same_card_twice_to_the_byte(corpus, card):
    again = st.claim_card(corpus, st.Claim(**AID), multiverse=card.multiverse, **FEW)
    assert again.json() == card.json()
    assert again.html() == card.html()


def test_json_holds_everything(card):
    content = json.loads(card.json())
    assert content["claim"]["theme"] == "humanitarian"
    assert content["corpus"]["n_articles"] == 240
    assert (
        content["multiverse"]["survival"]["n"] == len(content["multiverse"]["specifications"]) == 6
    )
    assert content["standing"]["status"] == EXPLORED
    assert content["standing"]["digest"] == card.claim.digest
    assert content["coverage"][0]["n_replicates"] == 30
    assert content["versions"]["syriatopics"] == st.__version__
    assert "st.Claim(id='aid'" in content["command"]


def test_the_page_is_whole_and_runs_nothing(card, tmp_path):
    files = card.save(tmp_path)
    assert [file.name for file in files] == ["aid.html", "aid.json"]
    page = files[0].read_text(encoding="utf-8")
    assert "<script" not in page
    assert not re.search(r"(?:src|href)=[\"'](?!data:image/svg)", page)
    assert "default-src 'none'" in html.unescape(page)
    assert card.corpus["fingerprint"] in page
    assert 'lang="en" dir="ltr"' in page


def test_an_arabic_claim_makes_a_page_from_right_to_left(corpus):
    claim = st.Claim(**AID, text="المنبر الثاني أكثر اهتماماً بالجانب الإنساني")
    made = st.claim_card(corpus, claim, **FEW)
    page = made.html().decode()
    assert '<html lang="ar" dir="rtl">' in page
    assert "بطاقة ادعاء" in page
    assert '<html lang="en" dir="ltr">' in made.html("en").decode()
    with pytest.raises(InputError, match="Language 'fr' is not known"):
        made.html("fr")


def test_hostile_text_is_shown_and_not_run(corpus):
    from dataclasses import replace

    evil = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    claim = st.Claim(**AID, text=evil)
    made = st.claim_card(corpus, claim, standing=Standing(note=evil), command=evil, **FEW)
    made = replace(
        made, passages_for=made.passages_for.assign(text=evil, passage_id=evil), notes=(evil,)
    )
    page = made.html().decode()
    assert "<script" not in page
    assert "<img" not in page
    assert page.count("&lt;script&gt;") >= 6


def test_agreement_stands_on_the_card(corpus):
    from types import SimpleNamespace

    rows = [("humanitarian", "x – y", "coders", 0.8, 0.7, 0.9, 60, 20, ""),
            ("accountability", "x – y", "coders", 0.1, 0.0, 0.2, 60, 20, "")]  # fmt: skip
    columns = [
        "theme",
        "comparison",
        "kind",
        "alpha",
        "low",
        "high",
        "n_passages",
        "n_articles",
        "note",
    ]
    agreed = SimpleNamespace(table=pd.DataFrame(rows, columns=columns))
    made = st.claim_card(corpus, st.Claim(**AID), agreement=agreed, **FEW)
    assert made.alpha["alpha"].tolist() == [0.8]
    assert "0.800 [0.700, 0.900]" in made.html().decode()
    assert not any("Nobody has coded" in note for note in made.notes)


def test_a_multiverse_of_something_else_is_refused(corpus, card):
    other = st.Claim(**{**AID, "a": "first", "b": "second"})
    with pytest.raises(InputError, match=r"the multiverse is of 'humanitarian', 'second' against"):
        st.claim_card(corpus, other, multiverse=card.multiverse, **FEW)


def test_a_corpus_too_small_gets_a_card_that_says_so(seeds):
    claim = st.Claim(id="aid", theme="humanitarian", a="noonpost", b="alhal", production="all")
    made = st.claim_card(seeds, claim, **FEW)
    nobody = st.claim_card(seeds, st.Claim(**{**claim.model_dump(), "production": "own"}), **FEW)
    assert "no article" in nobody.estimate["note"]
    assert "<html" in nobody.html().decode()
    assert np.isnan(made.estimate["low"])
    assert "one article" in made.estimate["note"]
    assert (made.coverage["n_intervals"] == 0).all()
    assert "no interval" in made.html().decode()
    assert made.plot() is not None


def test_a_break_is_held_against_other_days(corpus):
    notes = " ".join(st.claim_card(corpus, st.Claim(**STEP), **FEW).notes)
    assert "A search that knows no date finds" in notes


@pytest.mark.parametrize("bad", [{"n_replicates": 0}, {"n_passages": -1}])
def test_bad_numbers_are_refused(corpus, bad):
    with pytest.raises(InputError, match=f"{next(iter(bad))}="):
        st.claim_card(corpus, st.Claim(**AID), **{**FEW, **bad})


# ---- coverage --------------------------------------------------------------------------


def _coverage(claim, found, n_replicates, **world):
    days = pd.date_range("2020-01-01", "2020-12-31", periods=300).repeat(4)
    documents = pd.DataFrame({"article_id": np.repeat(np.arange(300), 4), "date": days})
    planted = replace(world_like(claim, found, documents), **world)
    return coverage_at_size(claim, planted, n_replicates=n_replicates)


@pytest.mark.slow
@pytest.mark.parametrize("claim", [AID, {**RISE, "a": "2020-07..2020-12", "b": "2020-01..2020-06"}])
def test_intervals_hold_what_is_planted(claim):
    found = {"share_a": 0.4, "share_b": 0.25, "n_a": 150, "n_b": 150}
    alone = _coverage(st.Claim(**claim), found, 2000, story_size=1.0, likeness=0.0)
    assert alone["planted"].round(9).tolist() == [0.15, 0.0]
    assert (alone["n_intervals"] == 2000).all()
    assert alone["coverage"].between(0.92, 0.995).all()
    assert alone["detected"][1] < 0.075
    assert alone["detected"][0] > 3 * alone["detected"][1]
    # Articles that come in stories are worth fewer than they are: the card says how often it fails.
    stories = _coverage(st.Claim(**claim), found, 2000)
    assert (stories["coverage"] < alone["coverage"]).all()
    assert (stories["coverage"] > 0.85).all()


def test_worlds_have_the_size_and_direction_of_the_claim():
    found = {"share_a": 0.2, "share_b": 0.5, "n_a": 100, "n_b": 60}
    falling = st.Claim(**{**RISE, "a": "2020-01..2020-02", "b": "2020-09..2020-12"})
    for claim in (st.Claim(**AID), falling):
        table = _coverage(claim, found, 20)
        assert table["planted"].round(9).tolist() == [-0.3, 0.0]
        assert (table["n_articles"] == 160).all()


def test_planted_articles_come_in_stories_only_where_those_compared_are_alike():
    found = {"share_a": 0.4, "share_b": 0.25, "n_a": 150, "n_b": 150}
    documents = pd.DataFrame({"article_id": np.arange(300), "date": pd.Timestamp("2020-01-01")})
    worlds = [world_like(st.Claim(**AID), found, documents, alone) for alone in (True, False)]
    assert [(one.story_size, one.likeness > 0) for one in worlds] == [(1.0, False), (4.0, True)]


# ---- the register ------------------------------------------------------------------------


def at(hour):
    return datetime(2026, 1, 1, hour, tzinfo=UTC)


def test_what_is_declared_before_the_data_is_seen_is_declared():
    claim = st.Claim(**AID)
    register = Register().declare([claim], at(1))
    assert register.standing(claim, "corpus").status == DECLARED
    register = register.see("corpus", at(2)).declare([claim], at(3))
    assert register.standing(claim, "corpus") == Standing(
        DECLARED, "2026-01-01T01:00:00+00:00", claim.digest
    )
    assert len(register.entries) == 2


def test_what_comes_later_is_explored_and_what_changes_is_changed():
    claim, later = st.Claim(**AID), st.Claim(**RISE)
    changed = st.Claim(**{**AID, "text": "other words"})
    register = Register().declare([claim], at(1)).see("corpus", at(2))
    register = register.declare([changed, later], at(3))
    assert register.standing(later, "corpus").status == EXPLORED
    found = register.standing(changed, "corpus")
    assert (found.status, found.time[11:13]) == (CHANGED, "03")
    assert claim.digest[:16] in found.note
    # Whoever takes the change back stands by what was declared.
    back = register.declare([claim], at(4))
    assert back.standing(claim, "corpus").status == DECLARED
    assert back.standing(claim, "corpus").time[11:13] == "01"


def test_changes_before_the_data_is_seen_are_free_and_another_corpus_is_told():
    claim = st.Claim(**AID)
    changed = st.Claim(**{**AID, "production": "all"})
    register = Register().declare([claim], at(1)).declare([changed], at(2)).see("one", at(3))
    assert register.standing(changed, "one").status == DECLARED
    assert register.standing(claim, "one").status == CHANGED
    later = st.Claim(**RISE)
    register = register.declare([later], at(4)).see("two", at(5))
    found = register.standing(later, "two")
    assert (found.status, found.note) == (
        DECLARED,
        "Another corpus of this study had been seen before.",
    )
    assert register.standing(later, "one").status == EXPLORED
    assert register.withdrawn([changed]) == ["rise"]


def test_the_register_is_written_and_read(tmp_path):
    register = Register().declare([st.Claim(**AID)], at(1)).see("corpus", at(2), "a note")
    register.write(tmp_path / "claims.lock.json")
    assert Register.read(tmp_path / "claims.lock.json") == register
    assert Register.read(tmp_path / "nothing.json") == Register()


@pytest.mark.parametrize(
    ("old", "new", "entry"),
    [("01:00:00", "00:00:00", 1), ("declared", "seen", 1), ("corpus", "Corpus", 2)],
)
def test_an_edited_register_is_found_out(tmp_path, old, new, entry):
    path = tmp_path / "claims.lock.json"
    Register().declare([st.Claim(**AID)], at(1)).see("corpus", at(2)).write(path)
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace(f'"{old}"', f'"{new}"').replace(f"T{old}", f"T{new}"), encoding="utf-8"
    )
    with pytest.raises(InputError, match=f"entry {entry} was changed after it was written"):
        Register.read(path)
    content = json.loads(text)
    content["entries"] = content["entries"][1:]
    path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(InputError, match="entry 1 was changed"):
        Register.read(path)


@pytest.mark.parametrize("text", ["{", "[]", '{"entries": [{}]}', '{"format": "x"}'])
def test_a_broken_register_is_no_register(tmp_path, text):
    path = tmp_path / "claims.lock.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="no register of claims"):
        Register.read(path)


def test_check_claim_takes_what_is_there(corpus):
    for given in (AID, RISE, STEP):
        check_claim(st.Claim(**given), corpus.outlets, st.load_themes())
