"""Sizes that journals and slides ask for: a drawn figure is brought to one of them."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from syriatopics.errors import InputError, choices

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["PRESETS", "Preset", "fit_preset", "font_settings", "preset_settings"]

_WIDE = 5.0  # inches
_DRAWN_AT = 9.0  # points: the size of text for which plots choose their heights


@dataclass(frozen=True)
class Preset:
    """A width in inches (None: as drawn), the size of text in points, dots per inch."""

    width: float | None
    text: float
    dpi: int


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


def fit_preset(figure: Figure, name: str) -> float:
    """Bring a drawn figure to the width and size of text of a preset.

    Its height follows the text: rows of labels need room in proportion to it.

    Returns
    -------
    float
        By what the size of text was multiplied.
    """
    from matplotlib.text import Text

    preset = PRESETS[name]
    if preset.width is None:
        return 1.0
    scale = preset.text / _DRAWN_AT
    _, height = figure.get_size_inches()
    for text in figure.findobj(Text):
        if isinstance(text, Text):
            text.set_fontsize(float(text.get_fontsize()) * scale)
    n_rows = sum(map(_narrow, figure.axes)) if preset.width < _WIDE else 0
    rows = n_rows * preset.text / 72 * 1.5
    figure.set_size_inches(preset.width, max(height * scale, 1.6) + rows)
    return scale


def _narrow(ax: Axes) -> int:
    """Make room in a narrow column: two languages on two lines, a legend beside goes below.

    Returns
    -------
    int
        How many lines the legend needs.
    """
    from matplotlib.transforms import ScaledTranslation, blended_transform_factory

    labels = [text.get_text().replace(" · ", "\n") for text in ax.get_yticklabels()]
    if any("\n" in text for text in labels):
        ax.set_yticks(ax.get_yticks(), labels)
    legend = ax.get_legend()
    if legend is None or legend.get_bbox_to_anchor().x0 < ax.get_window_extent().x1:
        return 0
    handles, names = legend.legend_handles, [text.get_text() for text in legend.get_texts()]
    size = float(legend.get_texts()[0].get_fontsize()) if names else 0.0
    legend.remove()
    figure = ax.figure
    # At the left edge of the figure, below the ticks and a label of two lines.
    across = blended_transform_factory(figure.transSubfigure, ax.transAxes)
    below = ScaledTranslation(0, -5.5 * size / 72, figure.dpi_scale_trans)
    kept = [handle for handle in handles if handle is not None]
    ax.legend(
        kept, names, fontsize=size, loc="upper left", bbox_to_anchor=(0, 0),
        bbox_transform=across + below,
    )  # fmt: skip
    return len(names)


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
