"""Services at an address that the user names: the one place that sends anything to one.

Nothing is sent unless an address is named. A key is read from the environment variable that is named
with the address, goes into the header of the request, and is written nowhere.
"""

from __future__ import annotations

import ipaddress
import json
import os
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from syriatopics.errors import InputError, SyriaTopicsError

__all__ = ["Endpoint", "EndpointError", "is_here"]

# Answers that a service gives when it is busy or broken: asked again, after a while.
_AGAIN = {408, 409, 425, 429, 500, 502, 503, 504, 529}
_LARGEST = 64 * 2**20
_LONGEST_WAIT = 60.0


class EndpointError(SyriaTopicsError, RuntimeError):
    """A service did not answer, or refused."""


def is_here(address: str) -> bool:
    """Say whether an address is on this machine.

    Examples
    --------
    >>> is_here("http://localhost:8000/v1"), is_here("https://api.example.org/v1")
    (True, False)
    """
    host = (urlsplit(address).hostname or "").lower()
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


# A function of Python's own has no signature that the reference could print.
def _rest(seconds: float) -> None:
    time.sleep(seconds)


@dataclass(frozen=True)
class Endpoint:
    """A service that takes and gives JSON.

    Parameters
    ----------
    address : str
        Such as ``http://localhost:8000/v1``.
    key : str or None
        The name of the environment variable that holds the key.
    timeout : float
        In seconds, of one answer.
    attempts : int
        How often a busy or broken service is asked before it is given up.
    wait : callable
        How it waits; tests need not.
    """

    address: str
    key: str | None = None
    timeout: float = 120.0
    attempts: int = 6
    wait: Callable[[float], None] = field(default=_rest, repr=False, compare=False)

    def __post_init__(self) -> None:
        parts = urlsplit(self.address)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise InputError(
                f"Address {self.address!r} is none: write http://host:port/v1 or https://host/v1."
            )
        if parts.username or parts.password:
            raise InputError(
                "An address holds no key or password: name the environment variable of the key."
            )

    def post(self, path: str, payload: dict[str, Any]) -> dict[str, Any]:
        """Send a request and return the answer.

        Raises
        ------
        EndpointError
            If the service does not answer, refuses, or gives no JSON, after all attempts; the message
            holds neither the key nor what was sent.
        """
        said = "nothing"
        for attempt in range(self.attempts):
            status, again, said, answer = self._once(path, payload)
            if answer is not None:
                return answer
            if status is not None and status not in _AGAIN and status >= 400:
                break
            if attempt + 1 < self.attempts:
                # A service that says when is believed, within bounds; others are asked ever later.
                later = 0.5 * 2**attempt * (1 + random.random() / 4)  # noqa: S311
                self.wait(min(again if again is not None else later, _LONGEST_WAIT))
        raise EndpointError(f"{self.address}{path} gave no answer: {said}.")

    def _once(
        self, path: str, payload: dict[str, Any]
    ) -> tuple[int | None, float | None, str, dict[str, Any] | None]:
        """Return status, when to ask again, what went wrong, and the answer if there is one."""
        import urllib3

        body = json.dumps(payload, ensure_ascii=False).encode("utf-8", "replace")
        try:
            with urllib3.PoolManager(retries=False, timeout=self.timeout) as pool:
                response = pool.request(
                    "POST", self.address.rstrip("/") + path, body=body, headers=self._headers(),
                    redirect=False, preload_content=False,
                )  # fmt: skip
                content = response.read(_LARGEST, decode_content=True)
                response.release_conn()
        except urllib3.exceptions.HTTPError as error:
            return None, None, type(error).__name__, None
        if response.status != 200:
            return (
                response.status, _seconds(response.headers.get("Retry-After")),
                f"status {response.status}", None,
            )  # fmt: skip
        try:
            answer = json.loads(content)
        except ValueError:
            return response.status, None, "what is no JSON", None
        if not isinstance(answer, dict):
            return response.status, None, "JSON of another shape", None
        return response.status, None, "", answer

    def _headers(self) -> dict[str, str]:
        headers = {"Content-Type": "application/json"}
        if self.key is not None:
            value = os.environ.get(self.key, "")
            if not value:
                raise InputError(f"The environment variable {self.key!r} holds no key.")
            headers["Authorization"] = f"Bearer {value}"
        return headers


def _seconds(said: str | None) -> float | None:
    try:
        return max(float(said), 0.0) if said else None
    except ValueError:
        return None
