"""A study of one's own, from a table of articles to figures."""

import itertools

import pandas as pd
import pytest

import syriatopics as st
from syriatopics.errors import CorpusError, StudyError
from syriatopics.study import new_study, run_study


@pytest.fixture(scope="module")
def table(tmp_path_factory):
    """Return a csv of 200 articles of three outlets, their paragraphs taken from the seeds."""
    paragraphs = [p.text for a in st.load_seeds().articles for p in a.paragraphs]
    outlets = ["نون بوست", "الحل نت", "أمد"]
    days = pd.date_range("2019-01-01", periods=200, freq="5D")
    rows = [
        {
            "title": f"مقال رقم {n}",
            "outlet": outlets[n % 3],
            "date": f"{day:%Y-%m-%d}",
            "text": "\n\n".join(itertools.islice(itertools.cycle(paragraphs), n * 7, n * 7 + 5)),
        }
        for n, day in enumerate(days)
    ]
    file = tmp_path_factory.mktemp("corpus") / "articles.csv"
    pd.DataFrame(rows).to_csv(file, index=False)
    return file


def test_unusual_columns_are_named_once_and_stand_in_the_study(tmp_path):
    file = tmp_path / "articles.csv"
    rows = {"corps": ["كلام طويل عن حلب"], "text": ["x"], "date": ["2019-01-01"]}
    pd.DataFrame(rows).to_csv(file, index=False)
    made = new_study(tmp_path / "study", file, columns={"text": "corps", "date_printed": None})
    corpus = st.open_study(made).corpus
    assert [p.text for p in corpus.articles[0].paragraphs] == ["كلام طويل عن حلب"]
    assert corpus.table["date_printed"].isna().all()


def test_a_new_study_fits_its_corpus(table, tmp_path):
    made = new_study(tmp_path / "my study", table, title='A "study" of 3')
    study = st.open_study(made)
    assert study.options.title == 'A "study" of 3'
    assert len(study.corpus) == 200
    assert study.options.trend_period == "M"
    assert 4 <= study.options.models.n_topics <= 20
    assert {f.name for f in made.parent.iterdir()} == {
        "study.toml",
        "notebooks",
        "README.md",
        ".gitignore",
    }
    assert len(list((made.parent / "notebooks").glob("*.ipynb"))) >= 5


def test_what_is_offered_of_the_selection_can_be_said(tmp_path):
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a.txt").write_text("قال المتحدث إن الأمر انتهى.", encoding="utf-8")
    made = new_study(tmp_path / "s", tmp_path / "texts")
    before, begin, rest = made.read_text(encoding="utf-8").partition("[selection]\n# How")
    offered, end, after = rest.partition("[period]")
    made.write_text(before + begin + offered.replace("\n# ", "\n") + end + after, encoding="utf-8")
    selection = st.open_study(made).options.selection
    assert selection.query == "سوريا OR سورية"
    assert selection.recall.rate.share == 0.75
    assert (len(selection.output), len(selection.gaps)) == (1, 1)


def test_every_option_is_written_out(table, tmp_path):
    text = new_study(tmp_path / "s", table).read_text(encoding="utf-8")
    options = st.open_study(tmp_path / "s").options
    for section in ("models", "figures"):
        for name in getattr(options, section).model_fields:
            written = f"\n{name} = " in text or f"\n# {name} = " in text
            assert written, f"{section}.{name}"


def test_what_is_there_is_not_touched(table, tmp_path):
    (tmp_path / "s").mkdir()
    (tmp_path / "s" / "mine.txt").write_text("x")
    with pytest.raises(StudyError, match="exists and is not empty"):
        new_study(tmp_path / "s", table)
    assert [f.name for f in (tmp_path / "s").iterdir()] == ["mine.txt"]


def test_a_missing_corpus_leaves_nothing_behind(tmp_path):
    with pytest.raises(CorpusError, match="no such file"):
        new_study(tmp_path / "s", tmp_path / "nothing.csv")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_a_new_study_runs(table, tmp_path):
    made = new_study(tmp_path / "s", table)
    figures = run_study(made)
    assert len(list(figures.glob("*.svg"))) >= 10
    page = (made.parent / "build" / "report.html").read_text(encoding="utf-8")
    assert 'dir="rtl"' in page
    told = []
    run_study(made, tell=told.append)
    assert all(line.endswith("unchanged") for line in told)


HOSTILE = 'x"\n[corpus]\npath = "/etc"\n# <script>alert(1)</script>\r[a](b)\x7f\u2028\\'


def test_names_with_line_ends_are_names_and_no_keys(tmp_path):
    file = tmp_path / "articles.csv"
    column = HOSTILE.replace("\n", "").replace("\r", "")
    rows = {"text": ["كلام طويل عن حلب"], "outlet": [HOSTILE], column: ["2019-01-01"]}
    pd.DataFrame(rows).to_csv(file, index=False)
    made = new_study(tmp_path / "s", file, title=HOSTILE, columns={"date_printed": column})
    study = st.open_study(made)
    assert study.options.title == HOSTILE
    assert study.options.corpus.path == "../articles.csv"
    assert study.options.corpus.columns == {"date_printed": column}
    assert [
        line
        for line in made.read_text(encoding="utf-8").split("\n")
        if "alert" in line and line[0] != "#"
    ] != []
    readme = (made.parent / "README.md").read_text(encoding="utf-8")
    assert [line for line in readme.splitlines() if line.startswith("# ")] == [
        readme.splitlines()[0]
    ]
    assert "<script>" not in readme and "[a](b)" not in readme


@pytest.mark.parametrize("folder", ["..", "/tmp/x", "a/../../b", ".", "", "C:\\\\x", "a\\nb"])
def test_figures_stay_in_the_study(table, tmp_path, folder):
    made = new_study(tmp_path / "s", table)
    text = made.read_text(encoding="utf-8").replace('folder = "figures"', f'folder = "{folder}"')
    made.write_text(text, encoding="utf-8")
    with pytest.raises(
        StudyError, match=r"line \d+: figures\.folder: what a run writes and removes"
    ):
        st.open_study(made)


def test_how_a_corpus_is_read_stands_in_the_study(tmp_path):
    """What `new` was told of names, pages and bad items holds for whoever opens the study."""
    folder = tmp_path / "texts"
    folder.mkdir()
    for name in ("a_BBC_2016-04-28", "b_CNN_2016-05-02"):
        (folder / f"{name}.txt").write_text(
            "وصلت القافلة إلى المدينة القديمة أمس.", encoding="utf-8"
        )
    made = new_study(tmp_path / "s", folder, filenames="*_{outlet}_{date}", on_bad="error")
    options = st.open_study(made).options.corpus
    assert (options.filenames, options.on_bad, options.pages) == (
        "*_{outlet}_{date}",
        "error",
        None,
    )
    assert set(st.open_study(made).corpus.table["outlet"]) == {"bbc_arabic", "cnn_arabic"}
    (folder / "c_CNN_2016-05-03.txt").write_text("", encoding="utf-8")
    with pytest.raises(CorpusError, match="empty"):
        _ = st.open_study(made).corpus


def test_the_pages_of_a_list_stand_in_the_study(tmp_path):
    (tmp_path / "list.csv").write_text("url,date\nhttps://amad.ps/1,2016-04-28\n")
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "1.html").write_text(
        '<html><head><link rel="canonical" href="https://amad.ps/1"></head><body><p>'
        "عقد مجلس الأمن الدولي جلسة مغلقة حول سوريا أمس الثلاثاء.</p></body></html>",
        encoding="utf-8",
    )
    made = new_study(tmp_path / "s", tmp_path / "list.csv", pages=tmp_path / "pages")
    assert 'pages = "../pages"' in made.read_text(encoding="utf-8")
    assert st.open_study(made).corpus.articles[0].n_words > 5


def test_a_new_study_says_for_what_there_is_too_little(tmp_path):
    (tmp_path / "a.txt").write_text("وصلت القافلة إلى المدينة القديمة أمس.", encoding="utf-8")
    made = new_study(tmp_path / "s", tmp_path / "a.txt").read_text(encoding="utf-8")
    said = [line for line in made.splitlines() if line.startswith("# Too few: ")]
    assert [line.split(";")[0].split(": ")[1] for line in said] == [
        "0 outlets with 15 articles or more",
        "1 passages",
        "0 articles with a date",
    ]
    assert st.open_study(tmp_path / "s").corpus.articles[0].n_words == 6


def test_a_corpus_without_a_day_is_looked_at_by_year(tmp_path):
    rows = "\n".join(f"{n},قالت مصادر محلية في مدينة الرقة إن القوافل وصلت {n}." for n in range(3))
    (tmp_path / "a.csv").write_text(f"id,text\n{rows}\n", encoding="utf-8")
    options = st.open_study(new_study(tmp_path / "study", tmp_path / "a.csv")).options
    assert options.trend_period == "Y"
