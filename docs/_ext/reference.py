"""The reference, written from ``__all__``: a name that becomes public enters by itself.

Before the build, a page is written into ``reference/`` for each public module of the package,
one for the names of ``syriatopics`` itself, and one for the command line.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, get_origin

import typer
from sphinx.application import Sphinx
from typer.cli import get_docs_for_click

import syriatopics
from syriatopics.cli import app as command_line
from syriatopics.results import Result

ROOT = "syriatopics"
# Modules below the first level whose names users meet: what a lexicon file may hold.
_DEEPER = ("syriatopics.lexicons.schema",)
_KINDS = ("Classes", "Functions", "Data")
_DIRECTIVES = {"Classes": "autoclass", "Functions": "autofunction", "Data": "autodata"}


def public_modules() -> list[str]:
    """Return the modules that the reference describes, in alphabetical order."""
    found = [
        f"{ROOT}.{module.name}"
        for module in pkgutil.iter_modules(syriatopics.__path__)
        if not module.name.startswith("_") and module.name != "cli"
    ]
    return sorted([*found, *_DEEPER])


def public_names(module: str) -> list[str]:
    """Return the names of a module's reference: its ``__all__``, then results made inside it.

    A result that a public function returns is met by every user, also where nobody has to
    import its class.
    """
    home = importlib.import_module(module)
    names = list(home.__all__)
    known = {id(getattr(home, name)) for name in names}
    inner = {
        f"{part.__name__.removeprefix(module + '.')}.{name}": value
        for part in _parts(home)
        for name, value in vars(part).items()
        if name in getattr(part, "__all__", ()) and inspect.isclass(value)
        if value.__module__ == part.__name__ and issubclass(value, Result)
        if id(value) not in known
    }
    return names + sorted(inner)


def _parts(home: ModuleType) -> Iterator[ModuleType]:
    for part in pkgutil.walk_packages(getattr(home, "__path__", ()), f"{home.__name__}."):
        yield importlib.import_module(part.name)


def home_of(module: str, name: str) -> str:
    """Return the module whose page describes a name: the one that its object is made in."""
    made_in = getattr(resolve(module, name), "__module__", None) or module
    homes = [
        other
        for other in public_modules()
        if other != module and f"{made_in}.".startswith(f"{other}.") and name in public_names(other)
    ]
    return max(homes, key=len, default=module)


def resolve(module: str, name: str) -> Any:
    """Return the object of a name, which may lie in a part of the module."""
    *parts, last = name.split(".")
    return getattr(importlib.import_module(".".join([module, *parts])), last)


def page_of_module(module: str) -> str:
    """Write the page of a module."""
    described: dict[str, list[str]] = {kind: [] for kind in _KINDS}
    elsewhere = []
    for name in public_names(module):
        if (home := home_of(module, name)) != module:
            elsewhere.append(f"* :py:obj:`{name} <{home}.{name}>`, of :py:mod:`{home}`\n")
        else:
            described[_kind(resolve(module, name))].append(name)
    parts = [_title(module), f".. automodule:: {module}\n"]
    for kind in _KINDS:
        if described[kind]:
            parts.append(_title(kind, "-"))
            parts += [_directive(kind, module, name) for name in described[kind]]
    if elsewhere:
        parts += [_title("Described elsewhere", "-"), *elsewhere]
    return "\n".join(parts)


def _kind(value: Any) -> str:
    if inspect.isclass(value):
        return "Classes"
    return "Functions" if inspect.isroutine(value) else "Data"


def _directive(kind: str, module: str, name: str) -> str:
    if get_origin(resolve(module, name)) is not None:  # a type alias, which autodoc cannot read
        choices = str(resolve(module, name)).replace("typing.", "")
        return f".. py:data:: {name}\n   :module: {module}\n\n   ``{choices}``\n"
    lines = [f".. {_DIRECTIVES[kind]}:: {module}.{name}"]
    if kind == "Classes":
        lines += ["   :members:"]
        if resolve(module, name).__bases__ != (object,):
            lines += ["   :show-inheritance:"]
        if module in _DEEPER:
            lines += ["   :undoc-members:", "   :exclude-members: model_config"]
    if kind == "Data":
        lines += ["   :no-value:"]
    return "\n".join(lines) + "\n"


def page_of_package() -> str:
    """Write the page of the names that ``import syriatopics as st`` gives, and of its modules."""
    rows = []
    for name in syriatopics.__all__:
        value = getattr(syriatopics, name)
        if inspect.ismodule(value):
            rows.append(f"* ``st.{name}``: :py:mod:`{value.__name__}`. {_first_line(value)}")
        elif name == "__version__":
            rows.append("* ``st.__version__``: the version of the package.")
        else:
            home = home_of(ROOT, name)
            rows.append(f"* :py:obj:`st.{name} <{home}.{name}>`: {_first_line(value)}")
    pages = "\n".join(f"   {module}" for module in public_modules())
    return "\n".join(
        [
            _title("Reference"),
            "Written from the docstrings. Their examples are run by the test suite.\n",
            _title("import syriatopics as st", "-"),
            *rows,
            "",
            _title("Modules", "-"),
            f".. toctree::\n   :maxdepth: 1\n\n   command-line\n{pages}\n",
        ]
    )


def _first_line(value: Any) -> str:
    line = (inspect.getdoc(value) or "").split("\n\n")[0].replace("\n", " ")
    return re.sub(r"\s*\[\d+\]_", "", line)  # the reference stands on the page of its home


def page_of_commands() -> str:
    """Write the page of the command line from its own help."""
    command = typer.main.get_command(command_line)
    help_ = get_docs_for_click(obj=command, ctx=typer.Context(command), name=ROOT)
    return help_.replace(f"# `{ROOT}`", "# Command line", 1)


def _title(text: str, line: str = "=") -> str:
    return f"{text}\n{line * len(text)}\n"


def write_pages(app: Sphinx) -> None:
    """Write all pages; one that has not changed keeps its time, one without a module goes."""
    folder = Path(app.srcdir) / "reference"
    folder.mkdir(exist_ok=True)
    pages = {f"{module}.rst": page_of_module(module) for module in public_modules()}
    pages |= {"index.rst": page_of_package(), "command-line.md": page_of_commands()}
    for old in folder.iterdir():
        if old.name not in pages:
            old.unlink()
    for name, text in pages.items():
        file = folder / name
        if not file.is_file() or file.read_text(encoding="utf-8") != text:
            file.write_text(text, encoding="utf-8")


def skip_member(
    app: Sphinx, what: str, name: str, value: Any, skip: bool, options: Any
) -> bool | None:
    """Leave out what says nothing: the fields of named tuples, what scikit-learn puts in."""
    text = inspect.getdoc(value) or ""
    nothing = text.startswith("Alias for field number") or name.endswith("_request")
    return True if nothing else None


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the pages."""
    app.connect("builder-inited", write_pages)
    app.connect("autodoc-skip-member", skip_member)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
