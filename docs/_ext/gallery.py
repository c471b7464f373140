"""The gallery, written before the build: each figure of the study with its question and its call.

Figures and their titles come from the manifest, questions and calls from the notebooks that draw them.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from pathlib import Path

from sphinx.application import Sphinx

_HEAD = """\
# Gallery

Every figure that `syriatopics run` makes of the five seed articles, with the question it answers and the call that
draws it. Five articles say nothing about outlets, and planted figures are named so. In a study of your own, the same
notebooks draw the same figures of your articles; each has its table as a csv beside it.
"""


def write_gallery(root: Path, page: Path) -> None:
    """Write the page from ``figures/manifest.json`` and ``notebooks/`` below a root."""
    records = json.loads((root / "figures" / "manifest.json").read_text(encoding="utf-8"))[
        "figures"
    ]
    lines = [_HEAD]
    for notebook in sorted({record["notebook"] for record in records.values()}):
        source = root / "notebooks" / f"{notebook}.py"
        lines.append(f"## {notebook}\n")
        for name, question, call in calls(source.read_text(encoding="utf-8")):
            if name in records:
                drawn = (root / "figures" / f"{name}.png").is_file()
                lines += _entry(name, question, call, records[name]["title"], drawn)
    page.parent.mkdir(exist_ok=True)
    page.write_text("\n".join(lines), encoding="utf-8")


def _entry(name: str, question: str, call: str, title: str, drawn: bool) -> Iterator[str]:
    yield f"### {title}\n"
    yield f"*{question}*\n"
    yield f"![{title}](../../figures/{name}.png)\n" if drawn else "(A table alone.)\n"
    yield f"```python\n{call}\n```\n"


def calls(source: str) -> Iterator[tuple[str, str, str]]:
    """Yield the figures of a notebook: name, the heading it stands under, the call with what it draws.

    Parameters
    ----------
    source : str
        In py:percent.
    """
    made: dict[str, str] = {}
    lines = source.splitlines()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            made.setdefault(node.targets[0].id, ast.get_source_segment(source, node) or "")
    for node in _figures(ast.parse(source)):
        name = ast.literal_eval(node.args[0])
        heads = [line[5:] for line in lines[: node.lineno] if line.startswith("# ## ")]
        drawn = node.args[1]
        before = made.get(drawn.id, "") if isinstance(drawn, ast.Name) else ""
        call = ast.get_source_segment(source, node) or ""
        yield name, heads[-1] if heads else "", "\n".join(filter(None, (before, call)))


def _figures(tree: ast.Module) -> Iterator[ast.Call]:
    found = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if node.func.attr in ("figure", "table") and node.args
        if isinstance(node.func.value, ast.Name) and node.func.value.id == "study"
    ]
    yield from sorted(found, key=lambda node: node.lineno)


def _before_the_build(app: Sphinx) -> None:
    docs = Path(app.srcdir)
    write_gallery(docs.parent, docs / "gallery" / "index.md")


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the page."""
    app.connect("builder-inited", _before_the_build)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
