"""An encoder at an address that understands OpenAI's /v1/embeddings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from syriatopics.encoders.contract import Vectors, check_vectors
from syriatopics.endpoints import Endpoint
from syriatopics.errors import InputError

__all__ = ["AddressEncoder"]


@dataclass(frozen=True)
class AddressEncoder:
    """Ask a service for vectors: one on this machine, or a hosted one.

    Parameters
    ----------
    address : str
        Such as ``http://localhost:8000/v1``. The texts are sent there.
    model : str
    key : str or None
        The name of the environment variable that holds the key.

    Notes
    -----
    Whether the service has another model behind the same name tomorrow cannot be seen from here: the
    fingerprint is of address and name.
    """

    address: str
    model: str = "default"
    key: str | None = None
    window: ClassVar[int] = 180

    @property
    def name(self) -> str:
        """Model and address."""
        return f"{self.model} at {self.address}"

    @property
    def fingerprint(self) -> str:
        """Of address and model."""
        return f"address-{self.address.rstrip('/')}-{self.model}"

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of texts.

        Raises
        ------
        EndpointError
            If the service gives none.
        """
        if not len(texts):
            return np.empty((0, 2), dtype=np.float32)
        answer = Endpoint(self.address, self.key).post(
            "/embeddings",
            {"input": list(texts), "model": self.model, "encoding_format": "float"},
        )
        return np.asarray(check_vectors(self._rows(answer, len(texts)), len(texts)), np.float32)

    def _rows(self, answer: dict[str, Any], n: int) -> np.ndarray[Any, Any]:
        """Return vectors in the order of the texts, which the answer need not have."""
        try:
            found = {int(row["index"]): row["embedding"] for row in answer["data"]}
            return np.array([found[k] for k in range(n)], dtype=np.float64)
        except (KeyError, TypeError, ValueError):
            raise InputError(
                f"{self.address} gave no vector for each of {n} texts: it does not speak /v1/embeddings."
            ) from None
