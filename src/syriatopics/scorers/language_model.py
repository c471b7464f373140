"""A language model as a scorer: a codebook is its prompt, and what is no answer is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, ClassVar

import numpy as np

from syriatopics.corpus import Passages
from syriatopics.encoders import prepared
from syriatopics.endpoints import Endpoint, EndpointError, is_here
from syriatopics.errors import InputError
from syriatopics.framing import load_themes
from syriatopics.lexicons.schema import Themes
from syriatopics.scorers.contract import Scored
from syriatopics.scorers.language import (
    Call,
    Cassette,
    Limits,
    Prompt,
    ask_all,
    is_whole,
    prompt_of,
    read_answer,
)
from syriatopics.scorers.language.asking import Asked, Reply, chat
from syriatopics.scorers.language.cassette import key_of

__all__ = ["LanguageModel"]

# Services whose terms forbid that their texts are handed on, by what exports call themselves.
_FORBIDDEN = ("factiva", "nexis", "lexisnexis", "dow jones")
_SAYS_WHERE_FROM = ("terms", "database", "provider", "source_file", "copyright")


@dataclass(frozen=True, eq=False, kw_only=True)
class LanguageModel:
    """Let a language model code each passage by the codebook.

    Parameters
    ----------
    codebook : Themes, optional
        By default that of :func:`syriatopics.score_themes`.
    complete : callable, optional
        Prompt → answer, both text: any model that can be called.
    endpoint : str, optional
        An address that understands /v1/chat/completions, such as ``http://localhost:8000/v1``: the
        passages are sent there. Without one, and without `complete`, the cassette alone answers.
    model : str
        The model's name and version, as the service knows it; it is part of every result.
    cassette : path, optional
        Where calls are kept (JSONL); what is there is not asked again. It holds no passage, and
        `Cassette.share` writes one that holds no answer either, only the themes.
    key : str, optional
        The name of the environment variable that holds the key.
    language : {"en", "ar"}
        Of the prompt.
    prompt : path, optional
        A prompt of one's own.
    parameters : mapping, optional
        Of the service; by default temperature 0, seed 0 and at most 200 tokens.
    limits : Limits, optional
        Of calls, cost and pace.
    against_terms : bool
        Send passages to a hosted model although the terms of their service forbid it.
    timeout : float
        In seconds, of one answer.

    Notes
    -----
    An answer that keeps to no schema, is cut, refused, or did not come is *missing*, never "no": its
    passage counts nowhere, and the notes say how many there are. A model's labels are wrong
    here and there, more in one outlet than in another: share and trend are to be corrected
    (:func:`syriatopics.corrected_shares`).

    Examples
    --------
    >>> from syriatopics import load_seeds, score_themes
    >>> said = LanguageModel(complete=lambda prompt: '{"themes": ["humanitarian"]}', model="always")
    >>> bool(score_themes(load_seeds(), said).assigned["humanitarian"].all())
    True
    """

    codebook: Themes | None = None
    complete: Callable[[str], str] | None = None
    endpoint: str | None = None
    model: str = "unnamed"
    cassette: str | Path | None = None
    key: str | None = None
    language: str = "en"
    prompt: str | Path | None = None
    parameters: Mapping[str, Any] | None = None
    limits: Limits = field(default_factory=Limits)
    against_terms: bool = False
    timeout: float = 120.0
    threshold: ClassVar[float] = 0.5

    def __post_init__(self) -> None:
        if self.complete is not None and self.endpoint is not None:
            raise InputError("Give complete= or endpoint=, not both.")
        if self.endpoint is not None:
            Endpoint(self.endpoint)
        if self.complete is None and self.endpoint is None and self.cassette is None:
            raise InputError("A language model wants complete=, endpoint= or a cassette to replay.")

    @property
    def name(self) -> str:
        """The model's name."""
        return self.model

    @property
    def replaying(self) -> LanguageModel:
        """The same model as its cassette alone answers: nothing is sent."""
        return replace(self, endpoint=None) if self.endpoint and self.cassette else self

    @property
    def digest(self) -> str:
        """Of all that an answer hangs on."""
        prompt = self.prompt_for(load_themes())
        return key_of(prompt.digest, self.model, dict(self._parameters()))

    def prompt_for(self, themes: Themes) -> Prompt:
        """Return the prompt, with its hash: to be written down before test codings are seen."""
        return prompt_of(self.codebook or themes, self.language, self.prompt)

    def score(self, passages: Passages, themes: Themes) -> Scored:
        """Score passages; see the contract of scorers."""
        self._check_terms(passages)
        prompt = self.prompt_for(themes)
        texts = [prepared(text) for text in passages.texts]
        questions = [prompt.of(text) if text else "" for text in texts]
        keys, asked = self._asked(questions, prompt.digest)
        values = np.full((len(texts), len(prompt.ids)), np.nan)
        counted: Counter[str] = Counter()
        for row, key in enumerate(keys):
            call = asked.calls.get(key)
            if call is None:
                counted["without a word" if not key else "not asked"] += 1
                continue
            said = read_answer(call.answer, prompt.ids, call.finish)
            counted[said.status] += 1
            if said.status == "answered":
                values[row] = [float(theme in said.themes) for theme in prompt.ids]
        return Scored(values, list(prompt.ids), self._notes(prompt, asked, counted))

    def answers(self, questions: Sequence[str]) -> list[str | None]:
        """Ask anything else, such as a name for a topic: same cassette, same limits.

        Parameters
        ----------
        questions : sequence of str
            As they are sent; what they hold of passages the terms of these must allow.

        Returns
        -------
        list of str or None
            What came back, unread; None where the answer was cut, refused, or did not come.

        Raises
        ------
        EndpointError
            If none came back.

        Examples
        --------
        >>> LanguageModel(complete=lambda asked: asked.upper()).answers(["a", "b"])
        ['A', 'B']
        """
        keys, asked = self._asked(questions, "")
        calls = [asked.calls.get(key) for key in keys]
        return [c.answer if c is not None and is_whole(c.finish) else None for c in calls]

    def _asked(self, questions: Sequence[str], digest: str) -> tuple[list[str], Asked]:
        """Return the key of each question, none for an empty one, and what they came to."""
        parameters = dict(self._parameters())
        keys = [key_of(asked, self.model, parameters) if asked else "" for asked in questions]
        limits = self.limits
        if self.complete is not None:  # who knows whether it may be called twice at a time
            limits = replace(limits, at_once=1)
        asked = ask_all(
            {key: q for key, q in zip(keys, questions, strict=True) if key}.items(),
            self._ask(), Cassette(self.cassette), self._maker(digest), limits,
        )  # fmt: skip
        if asked.failed and not asked.calls:
            raise EndpointError(f"{self.model!r} answered none of {asked.failed}: {asked.reason}")
        return keys, asked

    def _parameters(self) -> Mapping[str, Any]:
        if self.parameters is not None:
            return self.parameters
        return {"temperature": 0, "seed": 0, "max_tokens": 200}

    def _ask(self) -> Callable[[str], Reply]:
        if self.complete is not None:
            complete = self.complete
            return lambda question: Reply(str(complete(question)))
        if self.endpoint is None:
            return _only_the_cassette
        service = Endpoint(self.endpoint, self.key, self.timeout)
        return lambda question: chat(service, self.model, dict(self._parameters()), question)

    def _maker(self, digest: str) -> Callable[[str, Reply, float, str], Call]:
        def make(key: str, reply: Reply, seconds: float, when: str) -> Call:
            return Call(
                key, digest, reply.model or self.model, dict(self._parameters()), reply.answer,
                reply.finish, reply.tokens_in, reply.tokens_out, seconds, when,
            )  # fmt: skip

        return make

    def _check_terms(self, passages: Passages) -> None:
        """Refuse to hand on what its service forbids, where the passages say where they are from."""
        if self.endpoint is None or is_here(self.endpoint) or self.against_terms:
            return
        for column in (c for c in _SAYS_WHERE_FROM if c in passages.table):
            said = passages.table[column].astype(str).str.lower()
            for name in _FORBIDDEN:
                if said.str.contains(name, regex=False).any():
                    raise InputError(
                        f"Passages come from {name!r} (column {column!r}), whose terms forbid handing them "
                        f"to a hosted model such as {self.endpoint}: take one on this machine, or say "
                        "against_terms=True."
                    )

    def _notes(self, prompt: Prompt, asked: Asked, counted: Counter[str]) -> list[str]:
        days = sorted({call.time[:10] for call in asked.calls.values()})
        models = sorted({call.model for call in asked.calls.values()} or {self.model})
        notes = [
            f"Language model {', '.join(models)}, prompt {prompt.digest[:12]} ({self.language}), "
            f"asked {' to '.join(dict.fromkeys((days[0], days[-1]))) if days else 'never'}. Its labels are "
            "no codings: correct what is estimated from them."
        ]
        missing = {name: n for name, n in sorted(counted.items()) if name != "answered"}
        if missing:
            said = ", ".join(f"{name} {n:,}" for name, n in missing.items())
            notes.append(f"Missing, which is not no: {said} of {counted.total():,} passages.")
        if asked.failed:
            notes.append(f"{asked.failed:,} calls failed, to be made in the next run.")
        if asked.left:
            notes.append(f"{asked.left:,} texts are left, since a limit was reached.")
        return notes


def _only_the_cassette(question: str) -> Reply:
    raise EndpointError("the cassette does not hold this call, and no model is named")
