"""The command line: 0 done, 1 bad input in one line, 2 wrong usage."""

import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

import syriatopics as st
from syriatopics.cli import app, main

ROOT = Path(__file__).resolve().parents[1]


def call(*words, cwd=ROOT):
    command = [sys.executable, "-m", "syriatopics", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, cwd=cwd, check=False)


@pytest.fixture
def refused(monkeypatch, capsys):
    """Return a function that gives the one line with which a call ends, in this process."""

    def ended(*words):
        monkeypatch.setattr(sys, "argv", ["syriatopics", *map(str, words)])
        monkeypatch.chdir(ROOT)
        with pytest.raises(SystemExit) as end:
            main()
        said = capsys.readouterr().err
        assert end.value.code == 1 and len(said.strip().splitlines()) == 1, said
        return said

    return ended


def test_help():
    result = call("--help")
    assert result.returncode == 0
    assert "summary" in result.stdout


def test_summary_of_the_seeds():
    result = call("summary", "seeds", "--metadata", "seeds/articles.toml")
    assert result.returncode == 0
    assert "5 articles" in result.stdout


def within(*words):
    """Call the command line in this process, which is faster."""
    return CliRunner().invoke(app, list(map(str, words)))


def test_summary_of_a_study_with_its_periods():
    result = within("summary", ROOT / "study.toml", "--period", "M")
    assert result.exit_code == 0
    assert "2016-07" in result.stdout


def test_ingest_then_export_without_texts(tmp_path):
    side = ("--metadata", ROOT / "seeds" / "articles.toml")
    result = within("ingest", ROOT / "seeds", tmp_path / "a.parquet", *side)
    assert (result.exit_code, result.stdout.strip().splitlines()[-1][:10]) == (0, "5 articles")
    result = within("export", tmp_path / "a.parquet", tmp_path / "shared", "--no-text")
    assert result.exit_code == 0
    assert (tmp_path / "shared" / "manifest.json").is_file()
    assert not (tmp_path / "shared" / "texts.jsonl").exists()
    side = ("--pseudonyms", tmp_path / "my.key")
    result = within("export", tmp_path / "a.parquet", tmp_path / "open", *side)
    assert result.exit_code == 0 and (tmp_path / "my.key").is_file()
    text = (tmp_path / "open" / "texts.jsonl").read_text(encoding="utf-8")
    assert "person-" in text and "كولوم لينش" not in text


def test_a_report_that_names_nobody(tmp_path):
    side = ("--to", tmp_path / "open.html", "--pseudonyms", tmp_path / "my.key")
    assert within("report", ROOT, *side).exit_code == 0
    page = (tmp_path / "open.html").read_text(encoding="utf-8")
    assert "person-" in page and "لينش" not in page
    assert (tmp_path / "open-explore.html").is_file()


def test_columns_are_named_on_the_command_line(tmp_path):
    (tmp_path / "a.csv").write_text("corps,text\nكلام طويل,x\n", encoding="utf-8")
    result = within("summary", tmp_path / "a.csv", "--column", "text=corps", "--column", "outlet=")
    assert result.exit_code == 0
    assert "2 words" in result.stdout
    result = within("summary", tmp_path / "a.csv", "--column", "corps")
    assert "field=column" in str(result.exception)


def _cp1256_and_garbage(folder):
    (folder / "a.txt").write_bytes(b"\xff\xfe\x80")
    return folder


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["summary", "nowhere"], "no such file or folder"),
        (["summary", "seeds", "--metadata", "nowhere.csv"], "No metadata file"),
        (["run", "nowhere"], "no such file"),
        (["figures", "nowhere", "--check"], "no such file"),
        (["report", "nowhere"], "no such file"),
        (["report", ".", "--to", "pyproject.toml/report.html"], "pyproject.toml"),
    ],
)
def test_bad_input_is_one_line_and_exit_code_1(refused, words, message):
    assert message in refused(*words)


def test_a_process_ends_as_the_call_within_does():
    result = call("summary", "nowhere")
    assert (result.returncode, len(result.stderr.strip().splitlines())) == (1, 1)
    assert "no such file or folder" in result.stderr
    assert "Traceback" not in result.stderr


def test_version_and_help_in_one_letter():
    version = within("--version")
    assert (version.exit_code, version.stdout.strip()) == (0, f"syriatopics {st.__version__}")
    for words in (
        [],
        ["run"],
        ["scale"],
        ["scale", "count"],
        ["lexicon", "try"],
        ["data", "status"],
    ):
        asked = within(*words, "-h")
        assert (asked.exit_code, "Usage:" in asked.stdout) == (0, True)


def test_publish_says_what_is_missing_in_one_line(refused, tmp_path):
    (tmp_path / "a.odt").write_text("x")
    for words, message in (
        (["publish", "nowhere"], "no such file"),
        (["publish", ".", "--to", "src"], "is there already"),
        (["publish", ".", "--check", tmp_path], "holds no manuscript"),
        (["publish", ".", "--check", tmp_path / "a.odt"], "its ending is none of"),
    ):
        assert message in refused(*words)


def test_wrong_usage_is_exit_code_2():
    assert call("summary").returncode == 2
    assert call("dance").returncode == 2


def test_an_unreadable_file_is_named(refused, tmp_path):
    assert "a.txt" in refused("summary", _cp1256_and_garbage(tmp_path))


def test_a_way_out_is_said_in_the_words_of_the_command_line(refused, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("headline,x\nخبر,1\n", encoding="utf-8")
    said = refused("summary", path)
    assert "--column text=…" in said
    assert "columns=" not in said
    (tmp_path / "a.zzz").write_text("x")
    said = refused("summary", tmp_path / "a.zzz")
    assert all(kind in said for kind in (".txt", ".warc", ".docx", "save it as"))
    assert len(said) < 500


def test_a_list_and_its_pages_on_the_command_line(tmp_path):
    (tmp_path / "list.csv").write_text("url,date\nhttps://amad.ps/1,2016-04-28\n")
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "1.html").write_text(
        '<html><head><link rel="canonical" href="https://amad.ps/1"></head><body><p>'
        "عقد مجلس الأمن الدولي جلسة مغلقة حول سوريا أمس الثلاثاء.</p></body></html>",
        encoding="utf-8",
    )
    result = within("summary", tmp_path / "list.csv", "--pages", pages)
    assert result.exit_code == 0
    assert "1 of 1 addresses have their page" in result.stdout


def test_names_of_files_are_read_as_the_command_line_says(tmp_path):
    folder = tmp_path / "texts"
    folder.mkdir()
    for name in ("a_BBC_2016-04-28", "b_CNN_2016-05-02"):
        (folder / f"{name}.txt").write_text(
            "وصلت القافلة إلى المدينة القديمة أمس.", encoding="utf-8"
        )
    said = within("summary", folder, "--filenames", "*_{outlet}_{date}")
    assert said.exit_code == 0 and "bbc_arabic" in said.output and "cnn_arabic" in said.output
    wrong = within("ingest", folder, tmp_path / "a.parquet", "--filenames", "x")
    assert "it names no field" in str(wrong.exception)


@pytest.mark.parametrize(
    "words",
    [
        ("new",),
        ("summary",),
        ("shares",),
        ("search",),
        ("ingest",),
        ("export",),
        ("lexicon", "try"),
    ],
)
def test_every_command_that_reads_a_corpus_has_the_same_options(words):
    shown = CliRunner(env={"COLUMNS": "200"}).invoke(app, [*words, "--help"]).stdout
    for option in ("column", "metadata", "outlets", "pages", "filenames", "on-bad"):
        assert f"--{option} " in shown


def test_one_bad_item_ends_the_reading_where_that_is_asked(tmp_path):
    (tmp_path / "a.txt").write_text("وصلت القافلة إلى المدينة القديمة أمس.", encoding="utf-8")
    (tmp_path / "b.txt").write_text("")
    assert within("export", tmp_path, tmp_path / "to").exit_code == 0
    result = within("export", tmp_path, tmp_path / "again", "--on-bad", "error")
    assert "empty" in str(result.exception)
