"""The page: one HTML file that carries everything and asks the network for nothing."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterable, Sequence
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from syriatopics.report.payload import script_json

__all__ = ["render"]


def render(
    template: str, style: Sequence[str], script: Sequence[str], package: str, **values: Any
) -> bytes:
    """Fill a template.

    Every value is escaped. The policy of the page allows the one style and the one script
    whose hashes it names, and nothing from anywhere else.

    Parameters
    ----------
    template : str
    style, script : sequence of str
        Assets as ``package/name``, in order.
    package : str
        Whose template it is: ``"report"``, ``"explore"``.
    **values
        Of the template; ``data`` is carried as JSON.

    Returns
    -------
    bytes
        The same for the same values.
    """
    environment = Environment(
        loader=PackageLoader(f"syriatopics.{package}"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    environment.tests["part"] = lambda value, name: type(value).__name__ == name
    styles, scripts = _assets(style), _assets(script)
    page = environment.get_template(template).render(
        **{**values, "data": Markup(script_json(values["data"]))},  # noqa: S704 - escaped for a script
        style=Markup(styles),  # noqa: S704 - our own files
        script=Markup(scripts),  # noqa: S704
        policy=_policy(styles, scripts),
    )
    # A lone surrogate, which some scraped files hold, has no form in UTF-8.
    return page.encode("utf-8", "replace")


def _assets(names: Sequence[str]) -> str:
    found = []
    for name in names:
        package, _, file = name.partition("/")
        found.append(
            (files(f"syriatopics.{package}") / "assets" / file).read_text(encoding="utf-8")
        )
    return "\n" + "\n".join(found)


def _policy(style: str, script: str) -> str:
    return "; ".join(_directives(style, script))


def _directives(style: str, script: str) -> Iterable[str]:
    yield "default-src 'none'"
    for name, content in (("style-src", style), ("script-src", script)):
        digest = b64encode(hashlib.sha256(content.encode()).digest()).decode()
        yield f"{name} 'sha256-{digest}'"
    yield "base-uri 'none'"
    yield "form-action 'none'"
