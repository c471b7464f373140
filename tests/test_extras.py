"""The core alone, and what is said where an extra is missing."""

import ast
import importlib.metadata
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from syriatopics import extras
from syriatopics.errors import NotInstalledError

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
OPTIONAL = {package for packages in extras.EXTRAS.values() for package in packages}
# What a package is called that installs a module of another name.
DISTRIBUTIONS = {"docx": "python-docx", "sklearn": "scikit-learn", "umap": "umap-learn"}
# Of what the extras bring, this is heavy, or no concern of the core.
KEPT_OUT = OPTIONAL | {"torch", "numba", "plotly", "transformers", "jupyterlab", "IPython"}


def names(requirements):
    return {re.match(r"[\w.-]+", r)[0].lower().replace("_", "-") for r in requirements}


def distribution(module):
    return DISTRIBUTIONS.get(module, module.replace("_", "-"))


def imports(*, everywhere):
    """Yield what modules of src import from other packages, without what only types need."""
    for path in (ROOT / "src").rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        typing = {
            inner
            for node in ast.walk(tree)
            if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
            for inner in ast.walk(node)
        }
        for node in ast.walk(tree) if everywhere else tree.body:
            found = []
            if isinstance(node, ast.Import):
                found = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                found = [node.module]
            for name in found:
                top = name.partition(".")[0]
                if node not in typing and top not in {*sys.stdlib_module_names, "syriatopics"}:
                    yield path.relative_to(ROOT), top


def test_what_is_imported_is_in_the_core_and_declared():
    core = names(PROJECT["dependencies"])
    for path, module in imports(everywhere=True):
        assert module not in OPTIONAL, f"{path}: {module} goes through syriatopics.extras"
        assert distribution(module) in core, f"{path}: {module} is not declared"


def test_the_core_declares_nothing_that_it_does_not_import():
    used = {distribution(module) for _, module in imports(everywhere=True)}
    used.add("lxml-html-clean")  # trafilatura imports it, and older pips do not bring it along
    assert names(PROJECT["dependencies"]) <= used


@pytest.mark.parametrize("extra", extras.EXTRAS)
def test_an_extra_declares_what_is_imported_of_it(extra):
    declared = names(PROJECT["optional-dependencies"][extra])
    assert {distribution(package) for package in extras.EXTRAS[extra]} <= declared


def test_all_holds_every_extra_that_users_want():
    (line,) = PROJECT["optional-dependencies"]["all"]
    assert set(re.findall(r"[\w-]+", line)) == {"syriatopics", *extras.EXTRAS}


def test_metadata_lives_with_other_packages():
    optional = PROJECT["optional-dependencies"].values()
    every = [*PROJECT["dependencies"], *(line for extra in optional for line in extra)]
    assert not [line for line in every if "==" in line], "exact versions belong into the lock"
    assert "torch" not in names(every)
    assert any(line.startswith("bertopic") and line.endswith("<1") for line in every)


def test_the_installed_core_brings_nothing_heavy():
    """Follow the requirements of what is installed, from the core on."""
    seen, waiting = set(), names(PROJECT["dependencies"])
    while waiting:
        name = waiting.pop()
        seen.add(name)
        required = importlib.metadata.requires(name) or []
        wanted = (
            line for line in required if "extra ==" not in line.replace('extra=="', "extra ==")
        )
        here = {n for n in names(wanted) if _is_installed(n)}
        waiting |= here - seen
    assert not {distribution(module) for module in KEPT_OUT} & seen


def _is_installed(name):
    try:
        importlib.metadata.distribution(name)
    except importlib.metadata.PackageNotFoundError:
        return False
    return True


BLOCKED = f"""
import sys
class Blocker:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {sorted(KEPT_OUT)!r}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)
sys.meta_path.insert(0, Blocker())
import warnings; warnings.simplefilter("error")
import tempfile, pathlib
import syriatopics as st
from syriatopics.errors import NotInstalledError
def said(work):
    try:
        work()
    except NotInstalledError as error:
        print(error)
    else:
        print("nothing was missing")
"""


def without_extras(code):
    run = subprocess.run(
        [sys.executable, "-c", BLOCKED + code],
        capture_output=True, text=True, check=False, cwd=ROOT,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    return run.stdout.splitlines()


def test_every_public_name_is_there_without_extras():
    code = """
import importlib, pkgutil
for name in st.__all__:
    assert getattr(st, name) is not None
for part in pkgutil.walk_packages(st.__path__, "syriatopics."):
    if not part.name.endswith("__main__"):
        module = importlib.import_module(part.name)
        for name in getattr(module, "__all__", ()):
            assert getattr(module, name) is not None
print("all")
"""
    assert without_extras(code) == ["all"]


def test_the_way_from_seeds_to_a_report_without_extras():
    code = """
corpus = st.load_seeds()
passages = corpus.passages()
dtm = st.count_terms(passages)
words = {"aid": ["المساعدات", "النازحين"], "talks": ["جنيف", "المفاوضات"]}
for model in (st.NMF(n_topics=3), st.LDA(n_topics=3), st.StructuralTopics(n_topics=3, formula=None),
              st.KeywordTopics(keywords=words, n_other=1)):
    assert model.fit(dtm).theta.shape == (len(passages), 3)
scores = st.score_themes(passages)
st.prevalence(scores, by="outlet").plot()
assert len(st.naming(passages).table) and len(st.quotations(passages).table)
assert len(corpus.date_audit().table)
assert st.arabic.romanize("سوريا", "hsb") == "swryA"
folder = pathlib.Path(tempfile.mkdtemp())
task = st.coding_task(corpus, folder / "coding", n=10)
task.export_sheet(folder / "sheet.csv", "a")
page = folder / "page.html"
page.write_text("<html><body><article>" + "<p>" + "قال الوزير إن المساعدات وصلت إلى حلب. " * 20 + "</p></article></body></html>")
assert "حلب" in st.read_corpus(page).passages().texts[0]
options = st.report.ReportOptions(title="a", trend_period="Y")
assert b"<html" in st.report.make_report(corpus, options).html
print("done")
"""
    assert without_extras(code) == ["done"]


MISSING = {
    "bertopic": "st.EmbeddingTopics(n_topics=4).fit(st.load_seeds().passages())",
    "camel": "st.arabic.load_morphology()",
    "camel ": "st.ArabicAnalyzer(conflation='lemma').fit(['سوريا'])",
    "camel  ": "importlib.import_module('syriatopics.arabic.install').install_morphology()",
    "collect": "st.collect('https://example.org', tempfile.mkdtemp() + '/c', contact='a@example.org')",
    "embeddings": "encoders.Model('a').encode(['سوريا'])",
    "embeddings ": "encoders.Model('model2vec:a').encode(['سوريا'])",
    "e5": "encoders.E5().encode(['سوريا'])",
    "formats": "st.read_corpus(made('a.xlsx'))",
    "formats ": "st.read_corpus(made('a.rtf'))",
    "notebooks": "st.coding_task(st.load_seeds(), tempfile.mkdtemp() + '/c', n=10).workbench('a')",
    "notebooks ": "importlib.import_module('syriatopics.study').run_study('study.toml')",
    "publish": "importlib.import_module('syriatopics.publish.formats').FORMATS['docx'].write(paper)",
    "scale": "st.open_corpus('seeds', store=tempfile.mkdtemp() + '/s', scheduler='processes')",
}


def test_where_an_extra_is_missing_the_name_that_needs_it_says_which():
    code = "import importlib, os\nos.environ['CAMELTOOLS_DATA'] = tempfile.mkdtemp()\n"
    code += "from syriatopics import encoders\n"
    code += "from syriatopics.publish.model import Paper\npaper = Paper('a', 'en', ())\n"
    code += "def made(name):\n    path = pathlib.Path(tempfile.mkdtemp(), name)\n"
    code += "    path.write_bytes(b'{\\\\rtf1 x}')\n    return path\n"
    lines = without_extras(code + "".join(f"said(lambda: {work})\n" for work in MISSING.values()))
    for extra, line in zip(MISSING, lines, strict=True):
        assert f"pip install 'syriatopics[{extra.strip()}]'" in line, line
        assert " needs " in line and "is not installed" in line
        assert len(line) < 200
    assert {extra.strip() for extra in MISSING} == set(extras.EXTRAS)


def test_the_command_line_says_it_in_one_line():
    code = """
import os
from syriatopics.cli import main
os.environ["CAMELTOOLS_DATA"] = tempfile.mkdtemp()
sys.stderr = sys.stdout
for words in (["run"], ["figures"], ["figures", "--remake"], ["data", "install"]):
    sys.argv = ["syriatopics", *words]
    try:
        main()
    except SystemExit as end:
        print("exit", end.code)
"""
    lines = without_extras(code)
    assert lines[1::2] == ["exit 1"] * 4
    for line in lines[::2]:
        assert line.startswith("syriatopics: ") and "pip install 'syriatopics[" in line


def test_a_package_that_is_there_and_broken_says_what_broke(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(tmp_path)
    for name, text in {
        "hdbscan": "import nothing_of_this_name",
        "model2vec": "another = 'package of that name'",
        "umap": "raise OSError('libfoo.so:\\n cannot open shared object file')",
    }.items():
        (tmp_path / f"{name}.py").write_text(text, encoding="utf-8")
        monkeypatch.setitem(sys.modules, name, None)  # so that what is found here is forgotten
        del sys.modules[name]
    with pytest.raises(NotInstalledError, match=r"cannot be imported \(No module named 'nothing_"):
        extras.load("hdbscan", "A test")
    with pytest.raises(NotInstalledError, match=r"\(libfoo.so: cannot open .*\): pip install"):
        extras.load("umap", "A test")
    with pytest.raises(NotInstalledError, match="has no attribute 'StaticModel'"):
        extras.load("model2vec:StaticModel", "A test")


def test_what_can_be_done_without_is_said(monkeypatch):
    monkeypatch.setitem(sys.modules, "dask", None)
    for ask in (
        lambda: extras.load("dask", "A scheduler", "take --scheduler none"),
        lambda: extras.require("scale", "A scheduler", "take --scheduler none"),
    ):
        with pytest.raises(NotInstalledError) as raised:
            ask()
        assert str(raised.value) == (
            "A scheduler needs dask, which is not installed: "
            "pip install 'syriatopics[scale]', or take --scheduler none"
        )
