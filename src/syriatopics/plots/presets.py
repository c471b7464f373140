"""Sizes that journals and slides ask for, and fonts by name."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from syriatopics.errors import InputError, choices

__all__ = ["PRESETS", "SMALLEST", "Preset", "font_settings", "preset_settings"]

_DRAWN_AT = 9.0  # points: the size of text for which plots choose their measures
_SCREEN = 9.5  # inches
SMALLEST = 6.0  # points, in print


@dataclass(frozen=True)
class Preset:
    """A width in inches (None: as drawn), the size of text in points, dots per inch."""

    width: float | None
    text: float
    dpi: int

    @property
    def scale(self) -> float:
        """By what a figure is multiplied when it is printed."""
        return self.text / _DRAWN_AT

    @property
    def least(self) -> float:
        """The size of text, in points, that is the smallest one can read after that."""
        return SMALLEST / self.scale

    @property
    def page(self) -> float:
        """How wide a figure may be drawn, in inches, before it is multiplied."""
        return _SCREEN if self.width is None else self.width / self.scale


PRESETS = {
    "screen": Preset(None, 9, 200),
    "one_column": Preset(3.5, 6.5, 300),  # 89 mm
    "two_columns": Preset(7.2, 8, 300),  # 183 mm
    "slide": Preset(12.5, 16, 200),
}


def preset_settings(name: str) -> dict[str, Any]:
    """Return what matplotlib must know before a figure of this preset is saved.

    Raises
    ------
    InputError
        If there is no such preset.
    """
    if name not in PRESETS:
        raise InputError(f"Preset {name!r} is not known. Presets: {choices(PRESETS)}.")
    preset = PRESETS[name]
    settings: dict[str, Any] = {"savefig.dpi": preset.dpi}
    if preset.width is not None:
        settings["savefig.bbox"] = None  # trimming would change the width that was asked for
    return settings


def font_settings(family: str, folder: Path | None = None) -> dict[str, Any]:
    """Return the setting of a font, after looking that it is there.

    Parameters
    ----------
    family : str
        Such as ``Amiri`` or ``Noto Naskh Arabic``. What it lacks is drawn in DejaVu Sans.
    folder : Path, optional
        Its .ttf and .otf files are made known first, so that a study can carry its fonts.

    Raises
    ------
    InputError
        If the font is neither installed nor in the folder.
    """
    from matplotlib import font_manager

    for file in sorted(folder.glob("*.[to]tf")) if folder is not None else []:
        font_manager.fontManager.addfont(file)
    known = set(font_manager.get_font_names())
    if family not in known:
        near = difflib.get_close_matches(family, known, 5, 0.4) or ["DejaVu Sans"]
        place = f" Put its .ttf file into {folder}." if folder is not None else ""
        raise InputError(f"Font {family!r} is not installed.{place} Near it: {choices(near)}.")
    return {"font.family": list(dict.fromkeys([family, "DejaVu Sans"]))}
