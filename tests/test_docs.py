"""The documentation: code that runs, links that resolve, a reference that leaves out no name."""

import ast
import importlib.util
import json
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

import syriatopics as st

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
WRITTEN = ("reference", "gallery")  # by the build
PAGES = sorted(page for page in DOCS.rglob("*.md") if not set(WRITTEN) & set(page.parts))
CELL = re.compile(r"^```\{code-cell\}\n(.*?)^```$", flags=re.M | re.S)
RUN = [page for page in PAGES if CELL.search(page.read_text(encoding="utf-8"))]


def page_name(page):
    return page.relative_to(DOCS).with_suffix("").as_posix()


def extension(name):
    """Return an extension that writes pages."""
    spec = importlib.util.spec_from_file_location(name, DOCS / "_ext" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def reference():
    """Return the extension that writes the reference."""
    return extension("reference")


def test_the_gallery_has_every_figure_with_its_question_and_call(tmp_path):
    page = tmp_path / "gallery" / "index.md"
    extension("gallery").write_gallery(ROOT, page)
    entries = page.read_text(encoding="utf-8").split("\n### ")[1:]
    records = json.loads((ROOT / "figures" / "manifest.json").read_text("utf-8"))["figures"]
    assert {
        re.search(r'study\.(?:figure|table)\(\s*"(\w+)"', entry)[1] for entry in entries
    } == set(records)
    assert all(re.search(r"^\*[^*]+\*$", entry, flags=re.M) for entry in entries)
    drawn = {path.stem for path in (ROOT / "figures").glob("*.png")}
    assert sum("](../../figures/" in entry for entry in entries) == len(drawn)


@pytest.mark.parametrize("page", RUN, ids=page_name)
def test_the_code_of_a_page_runs(page, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MPLBACKEND", "agg")
    namespace = {"__name__": page.stem}
    for cell in CELL.findall(page.read_text(encoding="utf-8")):
        *steps, last = ast.parse(cell).body
        code = ast.Module(steps if isinstance(last, ast.Expr) else [*steps, last], [])
        exec(compile(code, str(page), "exec"), namespace)  # the page is our own
        if isinstance(last, ast.Expr):  # shown, as on the page
            shown = eval(compile(ast.Expression(last.value), str(page), "eval"), namespace)
            getattr(type(shown), "_repr_html_", repr)(shown)


def test_tutorials_and_quick_starts_are_run():
    names = {page_name(page) for page in RUN}
    assert {"quickstart", "quickstart-ar"} <= names
    for folder in ("course", "tutorials"):
        assert {page_name(page) for page in (DOCS / folder).glob("*.md")} <= names


@pytest.mark.parametrize("page", PAGES, ids=page_name)
def test_links_and_inclusions_lead_to_files(page):
    text = page.read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", text)
    for target in [*links, *re.findall(r"^```\{include\} (\S+)$", text, flags=re.M)]:
        written_by_the_build = target.split("/")[-2:-1]
        assert set(written_by_the_build) & set(WRITTEN) or (page.parent / target).is_file(), target


def test_every_module_of_the_package_is_in_the_reference(reference):
    package = ROOT / "src" / "syriatopics"
    there = {
        f"syriatopics.{path.stem}"
        for path in package.iterdir()
        if not path.name.startswith(("_", "cli")) and (path.suffix == ".py" or path.is_dir())
    }
    assert there <= set(reference.public_modules())


def test_every_public_name_is_in_the_reference(reference):
    front = reference.page_of_package()
    for name in st.__all__:
        assert f"st.{name}" in front
    for module in reference.public_modules():
        page = reference.page_of_module(module)
        for name in importlib.import_module(module).__all__:
            home = reference.home_of(module, name)
            assert home == module or f"<{home}.{name}>" in page
            described = rf":: ({re.escape(home)}\.)?{re.escape(name)}\n"
            assert re.search(described, reference.page_of_module(home))


def test_results_of_public_functions_are_in_the_reference(reference):
    result = type(st.load_seeds().date_audit()).__name__
    assert any(name.endswith(result) for name in reference.public_names("syriatopics.corpus"))


def test_every_command_is_in_the_reference(reference):
    from syriatopics.cli import app

    page = reference.page_of_commands()
    for command in app.registered_commands:
        assert f"## `syriatopics {command.callback.__name__}`" in page


def test_the_citation_is_of_this_version():
    text = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    citation = dict(re.findall(r"^([a-z-]+): *(.*)$", text, flags=re.M))
    assert {"cff-version", "message", "title", "abstract", "authors"} <= set(citation)
    assert citation["version"] == st.__version__
    assert citation["license"] == "MIT"


# ---- the built site ---------------------------------------------------------------------


class Page(HTMLParser):
    """What a page loads, where it leads, which anchors it has."""

    def __init__(self, path):
        super().__init__()
        self.loads, self.leads_to, self.ids = [], [], set()
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.ids.add(attrs.get("id"))
        self.loads += [
            attrs[name] for name in ("src", "srcset", "data", "poster") if attrs.get(name)
        ]
        if tag == "link" and attrs.get("rel") not in ("index", "search", "next", "prev"):
            self.loads.append(attrs["href"])
        elif "href" in attrs:
            self.leads_to.append(attrs["href"])


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Build the site as ``make docs`` does, and return its pages."""
    folder = tmp_path_factory.mktemp("docs")
    source = folder / "docs"
    shutil.copytree(DOCS, source, ignore=shutil.ignore_patterns(*WRITTEN))
    for name in (
        "ARCHITECTURE.md",
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "benchmarks",
        "figures",
        "notebooks",
    ):
        (folder / name).symlink_to(ROOT / name)
    command = [sys.executable, "-m", "sphinx", "--quiet", "--fail-on-warning", "--keep-going"]
    run = subprocess.run(
        [*command, source, folder / "site"], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr[-4000:]
    return {path: Page(path) for path in (folder / "site").rglob("*.html")}


@pytest.mark.slow
def test_nothing_is_fetched(site):
    for path, page in site.items():
        for address in page.loads:
            parts = urlsplit(address)
            assert parts.scheme in ("", "data"), f"{path.name} loads {address}"
            assert not parts.netloc, f"{path.name} loads {address}"
    folder = next(path for path in site if path.name == "quickstart.html").parent
    for sheet in folder.rglob("*.css"):
        assert not re.search(r"(url\(|@import)\s*[\"']?(https?:)?//", sheet.read_text("utf-8")), (
            sheet
        )
    for script in folder.rglob("*.js"):
        text = script.read_text(encoding="utf-8")
        assert not re.search(r"(fetch|import|importScripts)\(\s*[\"']https?://|cdn\.", text), script


@pytest.mark.slow
def test_every_internal_link_resolves(site):
    for path, page in site.items():
        for address in page.leads_to:
            parts = urlsplit(address)
            if parts.scheme or parts.netloc:
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            assert target.is_file(), f"{path.name} leads to {address}"
            if parts.fragment and target in site:
                assert unquote(parts.fragment) in site[target].ids, f"{path.name}: {address}"


@pytest.mark.slow
def test_public_names_have_anchors(site, reference):
    pages = {path.stem: page.ids for path, page in site.items() if path.parent.name == "reference"}
    for module in reference.public_modules():
        for name in importlib.import_module(module).__all__:
            home = reference.home_of(module, name)
            assert f"{home}.{name}" in pages[home]


@pytest.mark.slow
def test_the_arabic_page_runs_from_right_to_left(site):
    (page,) = (path for path in site if path.name == "quickstart-ar.html")
    text = page.read_text(encoding="utf-8")
    assert '<div dir="rtl" lang="ar">' in text
    others = (path for path in site if path.name == "quickstart.html")
    assert '<div dir="rtl" lang="ar"><section' not in next(others).read_text(encoding="utf-8")
    assert "البداية السريعة" in text
