"""RO-Crate's own validator on the crate of a paper, without the network: ``python tests/drivers/crate.py FOLDER``.

Wants ``roc-validator`` and ``rocrate`` (pip), which are in no extra. The context that the validator would fetch is
served from the copy that rocrate brings along; whatever else it asks for fails.
"""

from __future__ import annotations

import json
import sys
from importlib.resources import files
from typing import Any

import rdflib.plugins.shared.jsonld.util as json_ld
import requests
import requests_cache

_CONTEXT = "https://w3id.org/ro/crate/1.1/context"


class _Context(requests.Response):
    """The answer that the network would have given."""

    def __init__(self) -> None:
        super().__init__()
        self.status_code = 200
        self.headers["Content-Type"] = "application/ld+json"
        self._content = (files("rocrate") / "data" / "ro-crate.jsonld").read_bytes()


def _request(
    self: requests.Session, method: str, url: str, *args: Any, **kwargs: Any
) -> requests.Response:
    if url == _CONTEXT:
        return _Context()
    raise requests.ConnectionError(f"no network: {url}")


def _source(source: Any, *args: Any, **kwargs: Any) -> Any:
    return (_Context().json(), None) if source == _CONTEXT else _read(source, *args, **kwargs)


_read = json_ld.source_to_json


def main(folder: str) -> int:
    """Print what the validator finds; return how many of its required rules are broken."""
    requests.Session.request = requests_cache.CachedSession.request = _request  # type: ignore[method-assign]
    from rocrate_validator import models, services

    for module in list(sys.modules.values()):
        if getattr(module, "source_to_json", None) is _read:
            module.source_to_json = _source  # type: ignore[attr-defined]
    settings = services.ValidationSettings(
        rocrate_uri=folder,
        profile_identifier="ro-crate-1.1",
        requirement_severity=models.Severity.RECOMMENDED,
    )
    issues = services.validate(settings).get_issues()
    for issue in issues:
        print(
            json.dumps(
                [issue.severity.name, issue.check.identifier, issue.message], ensure_ascii=False
            )
        )
    broken = sum(issue.severity is models.Severity.REQUIRED for issue in issues)
    print(f"{broken} required rules broken, {len(issues) - broken} recommended ones not followed")
    return broken


if __name__ == "__main__":
    sys.exit(min(main(sys.argv[1]), 1))
