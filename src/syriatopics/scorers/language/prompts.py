"""A codebook as a prompt: definitions, what belongs and what does not, boundary cases."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from syriatopics.errors import InputError, choices
from syriatopics.files import read_bounded
from syriatopics.lexicons.schema import Theme, Themes

__all__ = ["LANGUAGES", "Prompt", "prompt_of"]

LANGUAGES = ("en", "ar")
_HEADS = {
    "en": ("includes", "does not include", "boundary case"),
    "ar": ("يشمل", "لا يشمل", "حالة حدّية"),
}
_SLOTS = ("{codebook}", "{passage}", "{ids}")
_SLOT = re.compile("|".join(map(re.escape, _SLOTS)))
_MARK = re.compile(r"</?\s*passage\s*>", re.IGNORECASE)


@dataclass(frozen=True)
class Prompt:
    """A prompt that is frozen: what it asks of any passage has one hash.

    Attributes
    ----------
    template : str
        With the slots ``{codebook}``, ``{passage}`` and ``{ids}``.
    codebook : str
    ids : tuple of str
    """

    template: str
    codebook: str
    ids: tuple[str, ...]

    @property
    def digest(self) -> str:
        """The hash by which the prompt is known."""
        said = "\x1e".join((self.template, self.codebook, *self.ids))
        return hashlib.sha256(said.encode()).hexdigest()

    def of(self, passage: str) -> str:
        """Return what is asked of a passage; the marks around it cannot be closed from inside."""
        held = {
            "{codebook}": self.codebook,
            "{passage}": _MARK.sub("", passage),
            "{ids}": ", ".join(self.ids),
        }
        return _SLOT.sub(lambda slot: held[slot.group()], self.template)


def prompt_of(themes: Themes, language: str = "en", template: str | Path | None = None) -> Prompt:
    """Make a prompt of a codebook.

    Parameters
    ----------
    themes : Themes
    language : {"en", "ar"}
    template : path, optional
        A text of one's own with the slots ``{codebook}``, ``{passage}`` and ``{ids}``.

    Raises
    ------
    InputError
        If the language is not known, or a slot is missing.

    Examples
    --------
    >>> from syriatopics import load_themes
    >>> "humanitarian" in prompt_of(load_themes()).of("نص")
    True
    """
    if language not in LANGUAGES:
        raise InputError(f"No prompt in {language!r}. Languages: {choices(LANGUAGES)}.")
    if template is None:
        text = files(__package__).joinpath(f"prompt_{language}.txt").read_text(encoding="utf-8")
    else:
        text = read_bounded(Path(template)).decode("utf-8-sig")
    missing = [slot for slot in _SLOTS[:2] if slot not in text]
    if missing:
        raise InputError(f"{template}: the prompt has no {missing[0]}: there the text is put.")
    said = "\n".join(_described(theme, language) for theme in themes.theme)
    return Prompt(text, said, tuple(themes.ids))


def _described(theme: Theme, language: str) -> str:
    include, exclude, boundary = _HEADS[language]
    name = theme.ar if language == "ar" else theme.en
    defined = theme.definition_ar if language == "ar" and theme.definition_ar else theme.definition
    lines = [f"- {theme.id} ({name}): {defined}"]
    for head, found in (
        (include, theme.include),
        (exclude, theme.exclude),
        (boundary, theme.boundary),
    ):
        lines += [f"  {head}: {text}" for text in found]
    return "\n".join(lines)
