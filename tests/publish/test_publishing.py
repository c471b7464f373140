"""A folder with the pieces of a paper, from a study that was run."""

import json
import re
import shutil
import subprocess
import zipfile
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

import syriatopics as st
from syriatopics.errors import InputError, StudyError
from syriatopics.publish import check_paper, publish_study
from syriatopics.publish.people import naming_nobody
from syriatopics.publish.script import SCRIPT, scores_table, terms_table
from syriatopics.study.steps import Note, plan_steps, shared_inputs

pytestmark = pytest.mark.needs("publish")


@pytest.fixture(scope="module")
def published(study, tmp_path_factory):
    told = []
    return publish_study(study, tmp_path_factory.mktemp("to") / "paper", tell=told.append), told


def test_the_pieces(published, study):
    folder, told = published
    papers = {f"paper.{lang}.{end}" for lang in ("en", "ar") for end in ("docx", "tex", "qmd")}
    assert {f.name for f in folder.iterdir()} == papers | {
        "analysis.R", "data", "figures", "numbers.csv", "ro-crate-metadata.json",
    }  # fmt: skip
    assert told == ['no figure is a PDF: formats = ["svg", "png", "pdf"] under [figures], and run']
    text = (folder / "paper.ar.qmd").read_text(encoding="utf-8")
    assert "حصص وسيلتين" in text.replace("[", "").replace("]", "")
    assert "< 0.001" in text.replace("\\", "") and "1,200" in text
    assert "إنساني" in text and "no such" in text, "themes have their names, unknown ones their ids"
    numbers = pd.read_csv(folder / "numbers.csv")
    assert {"en", "ar"} == set(numbers["language"])
    assert f"{study.corpus.table['n_words'].sum():,}" in set(numbers["shown"])


def test_no_text_of_an_article_goes_in(published, study):
    folder, _ = published
    longest = max((p for a in study.corpus.articles for p in a.paragraphs), key=len)
    for file in folder.rglob("*.*"):
        if file.suffix in (".csv", ".qmd", ".tex", ".json"):
            assert longest[:60] not in file.read_text(encoding="utf-8")


def test_the_crate_names_every_file(published):
    folder, _ = published
    crate = json.loads((folder / "ro-crate-metadata.json").read_text(encoding="utf-8"))
    named = {entry["@id"] for entry in crate["@graph"]}
    files = {f.relative_to(folder).as_posix() for f in folder.rglob("*") if f.is_file()}
    assert files <= named


def test_what_the_study_says_is_what_the_manuscripts_say(published, study):
    folder, _ = published
    checked = check_paper(study, folder)
    assert len(checked) == 6
    assert all(found.differences == () and found.n_numbers > 20 for found in checked.values())
    alone = check_paper(study, folder / "paper.en.tex")
    assert len(alone) == 1


def test_notes_of_an_arabic_paper_are_arabic(study, tmp_path):
    copied = st.open_study(shutil.copytree(study.folder, tmp_path / "study"))
    shares = pd.DataFrame({"outlet": ["amad"], "share": [0.25]})
    note = " ".join(
        (*copied.corpus.caveats, "5 of 111 passages lost all their terms to stop words and pruning.",
         "A sentence of 7 words that nobody knows.")
    )  # fmt: skip
    copied.table("33_notes", shares, title="Notes", title_ar="ملاحظات", note=note)
    folder = publish_study(copied, tmp_path / "paper")
    numbers = pd.read_csv(folder / "numbers.csv").set_index(["language", "anchor"])["shown"]
    assert numbers["ar", "33-notes-note-ar-1"] == "5" and numbers["ar", "33-notes-note-1"] == "7"
    text = (folder / "paper.ar.qmd").read_text(encoding="utf-8")
    assert "فالنسبة تصف المقال لا الناشر" in text and "A sentence of" in text
    assert "نون بوست" in text and "noonpost" not in text.split("33-notes-note-ar")[0][-600:]
    assert not any(found.differences for found in check_paper(copied, folder).values())
    file = folder / "paper.ar.qmd"
    file.write_text(re.sub(r"111(\W*\]\{#st-33)", r"112\1", text), encoding="utf-8")
    assert "'112', in the study '111'" in check_paper(copied, file)[file].differences[0]


def test_another_result_is_found_in_an_old_manuscript(published, study, tmp_path):
    old = shutil.copytree(published[0], tmp_path / "paper")
    copied = shutil.copytree(study.folder, tmp_path / "study")
    file = copied / "figures" / "31_shares.csv"
    file.write_text(file.read_text().replace("0.333333", "0.344444"))
    found = check_paper(copied, old / "paper.en.qmd")
    assert found[old / "paper.en.qmd"].differences == (
        "paper.en.qmd: table 31_shares, row 2, share: '0.333', in the study '0.344' (31_shares.csv)",
    )
    with pytest.raises(StudyError, match=r"run it first: 31_shares: csv on disk"):
        publish_study(copied, tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_a_study_that_was_not_run_whole_says_what_is_left(study, tmp_path):
    folder = shutil.copytree(study.folder, tmp_path / "study")
    shutil.rmtree(folder / "figures")
    notebooks = st.open_study(folder).options.notebooks
    (folder / notebooks).mkdir(exist_ok=True)
    for name in ("00_a.ipynb", "01_b.ipynb"):
        (folder / notebooks / name).write_text("{}", encoding="utf-8")
    with pytest.raises(StudyError, match=r"Still to run: 00_a, 01_b\."):
        publish_study(folder, tmp_path / "paper")
    copied = st.open_study(folder)
    steps = folder / "build" / "steps" / "00_a"
    (steps / "figures").mkdir(parents=True)
    plan = plan_steps(
        shared_inputs(copied), [folder / notebooks / "00_a.ipynb"], steps.parent, copied.coding
    )
    Note(steps / "done.json").write(plan[0].key, steps / "figures")
    with pytest.raises(StudyError, match=r"Still to run: 01_b\."):
        publish_study(folder, tmp_path / "paper")


def test_a_folder_that_is_there_and_one_without_manuscripts(published, study, tmp_path):
    with pytest.raises(InputError, match="is there already"):
        publish_study(study, published[0])
    with pytest.raises(InputError, match="holds no manuscript"):
        check_paper(study, tmp_path)


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is not installed")
def test_r_makes_the_same_shares(tmp_path):
    passages = st.load_seeds().passages()
    outlets = np.array(["amad", "alhal", "noonpost"])
    drawn = np.random.default_rng(5).integers(0, len(passages), 200)
    table = passages.table.iloc[drawn].reset_index(drop=True)
    article = np.arange(200) // 4
    table = table.assign(
        passage_id=[f"{a:03d}:{i:03d}" for i, a in enumerate(article)],
        article_id=[f"{a:03d}" for a in article],
        outlet=outlets[article % 3],
        production=np.array(["own", "unknown", "own", "wire"])[article // 3 % 4],
    )
    scores = st.score_themes(type(passages)(table))
    (tmp_path / "data").mkdir()
    table = scores_table(SimpleNamespace(scores=scores))
    table.to_csv(tmp_path / "data" / "scores.csv", index=False)
    shares, contrasts = (
        ask(scores, by="outlet", production="all") for ask in (st.prevalence, st.contrasts)
    )
    shares.table.to_csv(tmp_path / "data" / "31_theme_shares.csv", index=False)
    contrasts.table.assign(production="all").to_csv(
        tmp_path / "data" / "37_contrasts.csv", index=False
    )
    (tmp_path / "analysis.R").write_text(SCRIPT, encoding="utf-8")
    done = subprocess.run(
        ["Rscript", "analysis.R"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    if "there is no package called" in done.stderr:
        pytest.skip("survey is not installed")
    assert done.returncode == 0, done.stderr
    made = pd.read_csv(tmp_path / "shares.csv").set_index(["production", "outlet", "theme"])[
        "share"
    ]
    for production in ("own", "all"):
        ours = st.prevalence(scores, production=production).table
        ours = ours.set_index(["outlet", "theme"])["share"]
        both = pd.concat([made[production].rename("r"), ours.rename("ours")], axis=1).dropna()
        assert len(both) > 8
        assert (both["r"] - both["ours"]).abs().max() < 1e-9
    said = re.findall(r"(\w+): (\d+) of the study's, ([\d.]+) apart", done.stdout)
    assert ("share", str(shares.table["share"].notna().sum()), "0.000000") in said
    if "not installed: estimatr" not in done.stdout:
        n = str(contrasts.table["difference"].notna().sum())
        assert ("difference", n, "0.000000") in said


def test_terms_are_those_of_keyness(study):
    made = terms_table(study)
    focal, reference = study.corpus.largest_outlets(2)
    assert made["outlet"].unique().tolist() == [focal, reference]
    counts = made.pivot(index="term", columns="outlet", values="n").fillna(0)
    ours = st.keyness(st.count_terms(study.corpus.passages()), focal, reference, production="all")
    ours = ours.table.set_index("term")
    both = counts.join(ours[["count_focal", "count_reference"]], how="inner")
    assert len(both) > 100 and both[focal].equals(both["count_focal"].astype(float))
    assert both[reference].equals(both["count_reference"].astype(float))
    alone = SimpleNamespace(corpus=study.corpus.of_outlets(focal))
    assert terms_table(alone).empty


def test_where_asked_nobody_is_named(study, tmp_path):
    copied = st.open_study(shutil.copytree(study.folder, tmp_path / "study"))
    table = pd.DataFrame({"speaker": ["كولوم لينش", "سلمى القاسم"], "n_words": [12, 3]})
    copied.figure(
        "36_who", table, st.plots.bars, name="speaker", value="n_words", title="Of كولوم لينش"
    )
    told, key = [], tmp_path / "my.key"
    folder = publish_study(copied, tmp_path / "paper", pseudonyms=key, tell=told.append)
    assert "36_who names a person: its picture is left out" in told
    for file in folder.rglob("*.*"):
        text = " ".join(parts(file))
        assert "لينش" not in text, file
    assert not list((folder / "figures").glob("36_who*"))
    assert "person-" in (folder / "data" / "36_who.csv").read_text(encoding="utf-8")
    assert all(
        not found.differences for found in check_paper(copied, folder, pseudonyms=key).values()
    )
    assert any(found.differences for found in check_paper(copied, folder).values())


def parts(file):
    if file.suffix == ".docx":
        with zipfile.ZipFile(file) as parts:
            return [parts.read(name).decode("utf-8", "replace") for name in parts.namelist()]
    return [file.read_bytes().decode("utf-8", "replace")]


def test_an_archive_names_nobody_where_asked(tmp_path):
    rows = [
        {"id": f"a{n}", "outlet": "amad" if n % 2 else "alhal", "author": "سلمى القاسم",
         "date": f"2018-03-{n + 1:02d}", "url": f"https://example.org/{n}",
         "text": "قالت الناشطة هدى الخطيب إن القصف دمر المشفى. وقال بشار الأسد إن الحرب انتهت.\n\n"
                 f"وأضافت هدى الخطيب أن السكان نزحوا إلى إدلب، بقلم سلمى القاسم {n}."}
        for n in range(6)
    ]  # fmt: skip
    corpus, key = st.read_corpus(rows), tmp_path / "my.key"
    made = naming_nobody(corpus, key)
    same = ["article_id", "outlet", "date_printed", "date_status", "url", "production"]
    assert made.table[same].equals(corpus.table[same])
    folder = made.export(tmp_path / "archive")
    text = "".join(file.read_text(encoding="utf-8") for file in folder.iterdir())
    assert "القاسم" not in text and "الخطيب" not in text and "person-" in text
    assert "بشار الأسد" in text, "who holds an office stays"
    again = naming_nobody(corpus, key)
    assert again.fingerprint == made.fingerprint != corpus.fingerprint
