"""What all topic models have in common: ``fit`` and the number of topics."""

from __future__ import annotations

import dataclasses
from typing import Any, ClassVar, Protocol

from syriatopics.errors import InputError
from syriatopics.topics.fitted import FittedTopics

__all__ = ["TopicModel", "vary"]


class TopicModel(Protocol):
    """A specification: its options are its fields, ``fit`` gives fitted topics."""

    __dataclass_fields__: ClassVar[dict[str, Any]]

    def fit(self, source: Any) -> FittedTopics:
        """Fit the model."""
        ...


def vary(model: TopicModel, **options: Any) -> TopicModel:
    """Return the model with other options.

    Raises
    ------
    InputError
        If the model has no such option.
    """
    try:
        return dataclasses.replace(model, **options)
    except TypeError:
        raise InputError(
            f"{type(model).__name__} has not all of the options {', '.join(options)}."
        ) from None
