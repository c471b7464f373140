"""Asking a model many questions: within limits, several at a time, each once, each kept as it comes."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, ClassVar, NamedTuple

from pydantic import ConfigDict
from tqdm import tqdm

from syriatopics.endpoints import Endpoint, EndpointError
from syriatopics.errors import InputError
from syriatopics.scorers.language.cassette import Call, Cassette

__all__ = ["Asked", "Limits", "Reply", "ask_all", "chat"]


class Reply(NamedTuple):
    """What came back of one question."""

    answer: str
    finish: str = "stop"
    tokens_in: int = 0
    tokens_out: int = 0
    model: str = ""


@dataclass(frozen=True, kw_only=True)
class Limits:
    """How much is asked, and how fast.

    Parameters
    ----------
    calls : int or None
        At most so many calls in one run.
    cost : float or None
        At most that much in one run, by `price`.
    price : (float, float)
        Of a million tokens that are sent, and that come back.
    per_minute : float or None
        At most so many calls in a minute.
    at_once : int
        Calls at the same time.
    """

    # A key that is not known is an error, also where limits stand in a file.
    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")
    calls: int | None = None
    cost: float | None = None
    price: tuple[float, float] = (0.0, 0.0)
    per_minute: float | None = None
    at_once: int = 4

    def __post_init__(self) -> None:
        if self.at_once < 1:
            raise InputError(f"at_once={self.at_once!r}: one call at a time at least.")
        if self.cost is not None and not any(self.price):
            raise InputError("cost= is reckoned by price=(sent, received) of a million tokens.")

    def cost_of(self, call: Call) -> float:
        """Return what a call cost."""
        sent, received = self.price
        return (call.tokens_in * sent + call.tokens_out * received) / 1e6


@dataclass
class Asked:
    """What a run of questions came to."""

    calls: dict[str, Call] = field(default_factory=dict)
    made: int = 0
    cost: float = 0.0
    failed: int = 0
    left: int = 0
    reason: str = ""


def chat(endpoint: Endpoint, model: str, parameters: dict[str, Any], question: str) -> Reply:
    """Ask a service that understands /v1/chat/completions.

    Raises
    ------
    EndpointError
        If it gives no answer of that form.
    """
    answer = endpoint.post(
        "/chat/completions",
        {"model": model, "messages": [{"role": "user", "content": question}], **parameters},
    )
    try:
        choice = answer["choices"][0]
        message = choice["message"]
        used = answer.get("usage") or {}
        refused = message.get("refusal")
        return Reply(
            str(message.get("content") or ""),
            "refusal" if refused else str(choice.get("finish_reason") or "stop"),
            int(used.get("prompt_tokens") or 0),
            int(used.get("completion_tokens") or 0),
            str(answer.get("model") or model),
        )
    except (KeyError, IndexError, TypeError, ValueError, AttributeError):
        raise EndpointError(
            f"{endpoint.address} does not answer as /chat/completions does."
        ) from None


def ask_all(
    questions: Iterable[tuple[str, str]],
    ask: Callable[[str], Reply],
    cassette: Cassette,
    make: Callable[[str, Reply, float, str], Call],
    limits: Limits,
) -> Asked:
    """Ask every question that the cassette does not hold, each once.

    Parameters
    ----------
    questions : iterable of (str, str)
        Key and question.
    ask : callable
        Question → reply; what it raises is a question without an answer, asked again in the next run.
    cassette : Cassette
    make : callable
        (key, reply, seconds, time) → call.
    limits : Limits
    """
    asked = Asked()
    waiting: dict[str, str] = {}
    for key, question in questions:
        known = cassette.find(key)
        if known is not None:
            asked.calls[key] = known
        else:
            waiting[key] = question
    pace = _Pace(limits.per_minute)
    jobs = iter(waiting.items())
    with (
        ThreadPoolExecutor(limits.at_once) as pool,
        tqdm(total=len(waiting), desc="asked", unit=" passages", delay=2, disable=None) as bar,
    ):
        running: dict[Future[tuple[Reply, float]], str] = {}
        try:
            while True:
                for key, question in _next(jobs, limits, asked, running):
                    running[pool.submit(_timed, ask, question, pace)] = key
                if not running:
                    break
                done, _ = wait(running, return_when=FIRST_COMPLETED)
                _keep(done, running, asked, cassette, make, limits)
                bar.update(len(done))
        finally:
            # Also what is under way when somebody ends the run has been paid for.
            done, _ = wait(running)
            _keep(done, running, asked, cassette, make, limits)
    asked.left = len(waiting) - asked.made - asked.failed
    return asked


def _next(
    jobs: Iterator[tuple[str, str]],
    limits: Limits,
    asked: Asked,
    running: dict[Future[tuple[Reply, float]], str],
) -> Iterator[tuple[str, str]]:
    """Yield as many questions as there are free hands, while the limits allow it."""
    free = limits.at_once - len(running)
    begun = asked.made + asked.failed + len(running)
    if limits.calls is not None:
        free = min(free, limits.calls - begun)
    if limits.cost is not None:
        # What is under way costs about what a call has cost so far; the first is asked alone.
        each = asked.cost / asked.made if asked.made else limits.cost
        affordable = int((limits.cost - asked.cost - len(running) * each) / each) if each else free
        free = min(free, affordable)
    if free <= 0:
        asked.reason = asked.reason or ("" if running else "a limit was reached")
        return
    for _, job in zip(range(free), jobs, strict=False):
        yield job


def _keep(
    done: Sequence[Future[tuple[Reply, float]]] | set[Future[tuple[Reply, float]]],
    running: dict[Future[tuple[Reply, float]], str],
    asked: Asked,
    cassette: Cassette,
    make: Callable[[str, Reply, float, str], Call],
    limits: Limits,
) -> None:
    for future in done:
        key = running.pop(future)
        try:
            reply, seconds = future.result()
        except InputError:
            raise
        except Exception as error:
            asked.failed += 1
            asked.reason = " ".join(f"{type(error).__name__}: {error}".split())[:160]
            continue
        call = make(key, reply, seconds, datetime.now(UTC).isoformat(timespec="seconds"))
        cassette.add(call)
        asked.calls[key] = call
        asked.made += 1
        asked.cost += limits.cost_of(call)


def _timed(ask: Callable[[str], Reply], question: str, pace: _Pace) -> tuple[Reply, float]:
    pace.wait()
    start = time.perf_counter()
    return ask(question), round(time.perf_counter() - start, 3)


class _Pace:
    """Keeps calls apart, so that no more of them begin in a minute than may."""

    def __init__(self, per_minute: float | None) -> None:
        from threading import Lock

        self._apart = 60.0 / per_minute if per_minute else 0.0
        self._next, self._lock = 0.0, Lock()

    def wait(self) -> None:
        """Wait for one's turn."""
        if not self._apart:
            return
        with self._lock:
            now = time.monotonic()
            turn = max(self._next, now)
            self._next = turn + self._apart
        time.sleep(max(turn - now, 0.0))
