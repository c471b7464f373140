"""Scorers that study.toml declares: one stands in figures and report, all in the multiverse."""

import json

import pandas as pd
import pytest
from service import said, service

import syriatopics as st
from syriatopics.errors import InputError, StudyError
from syriatopics.scorers import Cassette
from syriatopics.study import write_report
from syriatopics.study.run import run_study
from syriatopics.study.scaffold import _STUDY
from syriatopics.study.steps import seen_now, shared_inputs


def declare(study, text):
    file = study / "study.toml"
    file.write_text(file.read_text(encoding="utf-8") + text, encoding="utf-8")
    return st.open_study(file)


def labels(study, **columns):
    ids = st.open_study(study).corpus.passages().table["passage_id"]
    table = pd.DataFrame({"passage_id": ids, **columns})
    table.sample(frac=1, random_state=0).to_csv(study / "labels.csv", index=False)


TABLE = '\n[[scorers]]\nname = "mine"\nmethod = "table"\ntable = "labels.csv"\n'
MODEL = '\n[[scorers]]\nmethod = "language_model"\nmodel = "m-1"\ncassette = "calls.jsonl"\n'


def test_without_any_the_lexicon_scores(make_study):
    study = st.open_study(make_study())
    expected = st.score_themes(study.corpus, themes=study.themes).table
    pd.testing.assert_frame_equal(study.scores.table, expected)
    assert list(study.methods()) == ["lexicon"]


def test_a_table_stands_in_scores_and_report(make_study):
    folder = make_study()
    labels(folder, humanitarian=True, xcampx="no")
    study = declare(folder, TABLE)
    assert list(study.scores.table) == ["humanitarian", "xcampx"]
    assert study.scores.assigned["humanitarian"].all() and study.scorer.name == "table"
    path, _ = write_report(study)
    page = path.read_text(encoding="utf-8")
    assert "xcampx" in page and "Headlines alone: share" not in page, "headlines have no labels"


def test_several_are_held_against_each_other_and_tried_in_claims(make_study):
    folder = make_study()
    labels(folder, humanitarian=True)
    more = '[[scorers]]\nmethod = "zero_shot"\ndeviations = 1\n'
    study = declare(folder, TABLE + more)
    assert list(study.methods()) == ["mine", "zero_shot"]
    claim = st.Claim(id="aid", theme="humanitarian", a="noonpost", b="alhal", production="all")
    choices = {"model": "terms", "conflation": "none", "unit": "paragraph", "normalisation": "keys"}
    card = st.claim_card(
        study.corpus, claim, scorer=study.scorer, scorers=study.scorers, multiverse=choices,
        n_replicates=5, n_jobs=1,
    )  # fmt: skip
    assert card.estimate["estimate"] == 0, "the table says yes everywhere"
    assert set(card.multiverse.table["model"]) == {"terms", "own:mine", "own:zero_shot"}
    assert "The table counts" in " ".join(card.notes)


def test_what_a_scorer_rests_on_makes_figures_stale(make_study):
    folder = make_study()
    labels(folder, humanitarian=True)
    study = declare(folder, TABLE)
    before, seen = shared_inputs(study), seen_now(study)
    labels(folder, humanitarian=False)
    assert shared_inputs(study) != before and seen_now(study) != seen


def test_a_run_asks_a_model_once_and_notebooks_replay(make_study, quick_notebooks):
    cell = (
        "import json, os\nfrom pathlib import Path\nimport syriatopics as st\n"
        "study = st.open_study({!r})\nprint(study.scores.notes)\n"
        "assert study.scores.assigned['humanitarian'].all()\n"
        "folder = Path(os.environ['SYRIATOPICS_FIGURES'])\n"
        "(folder / '.records').mkdir(parents=True)\n"
        "(folder / 'a.csv').write_text('x')\n"
        "(folder / '.records' / 'a.json').write_text('{{\"sha256\": {{\"csv\": \"x\"}}}}')\n"
    )
    folder = make_study()
    folder = make_study(_00_a=cell.format(str(folder)))
    yes = said('{"themes": ["humanitarian"]}')
    with service(lambda *_: yes) as (address, asked):
        declare(folder, MODEL + f'endpoint = "{address}"\n')
        run_study(folder, report=False)
        once = len(asked)
        run_study(folder, report=False, again=True)
    assert once == len(asked) == len(Cassette(folder / "calls.jsonl").calls)
    study = st.open_study(folder)
    assert study.scorer.endpoint is None, "nothing is sent by opening a study"


def test_a_corpus_whose_terms_forbid_it_is_not_sent(make_study):
    folder = make_study()
    rows = [
        {"id": f"a{n}", "text": f"وصلت المساعدات إلى المدينة يوم {n}", "outlet": "amad", "terms": "Factiva"}
        for n in range(3)
    ]  # fmt: skip
    (folder / "a.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    text = (folder / "study.toml").read_text(encoding="utf-8")
    text = text.replace('path = "seeds"', 'path = "a.jsonl"').replace("metadata", "# metadata")
    (folder / "study.toml").write_text(text, encoding="utf-8")
    study = declare(folder, MODEL + 'endpoint = "https://models.example.org/v1"\n')
    with pytest.raises(InputError, match="terms forbid handing them"):
        study.ask()
    assert not (folder / "calls.jsonl").exists()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('method = "magic"', r"line 16: scorers.*Method 'magic' is not known"),
        ('method = "table"', "wants table"),
        ('method = "table"\ntable = 3', r"table = 3"),
        ('method = "lexicon"\ntable = "a.csv"', "has no option 'table'"),
        ('method = "keywords"\nn_other = "many"', r"n_other = 'many'"),
        ('method = "language_model"\nmodel = "m"', "wants cassette"),
        ('method = "language_model"\nmodel = "m"\ncassette = "c"\nlimits = {call = 3}', "call"),
        ('method = "lexicon"\nname = "a b"', "holds a space"),
        ('method = "lexicon"\n[[scorers]]\nmethod = "lexicon"', "two scorers are called 'lexicon'"),
        ('method = "table"\ntable = "a\\u0000.csv"', "study.toml"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_one_line(make_study, text, message):
    folder = make_study()
    with pytest.raises(StudyError, match=message) as error:
        declare(folder, f"\n[[scorers]]\n{text}\n")
    assert "\n" not in str(error.value)


def test_what_a_new_study_proposes_can_be_taken(make_study):
    lines = [line.removeprefix("# ") for line in _STUDY.splitlines()]
    start, end = lines.index("[[scorers]]"), lines.index("[models]")
    study = declare(make_study(), "\n" + "\n".join(lines[start:end]))
    assert list(study.scorers) == ["table", "language_model"]
    assert study.scorers["language_model"].endpoint is None


def test_a_file_that_is_not_there_is_named(make_study):
    study = declare(make_study(), TABLE)
    with pytest.raises(InputError, match=r"No table of scores at .*labels.csv"):
        study.scores  # noqa: B018
    shared_inputs(study)


def test_a_classifier_learns_from_what_was_coded_in_the_study(make_study):
    folder = make_study()
    task = st.coding_task(st.open_study(folder).corpus, folder / "coding" / "passages", n=20)
    for passage in task.sample["passage_id"]:
        task.log("reader").record(passage, ("humanitarian",))
    study = declare(
        folder, '\n[[scorers]]\nmethod = "classifier"\ncoded = "coding/passages"\nencoder = "lsa"\n'
    )
    assert len(study.scorer.codings) == 20 and study.scorer.encoder == "lsa"
    before = shared_inputs(study)
    task.log("other").record(task.sample["passage_id"][0], ())
    assert shared_inputs(study) != before
