"""A drawn figure is brought to its size: text is broken into lines that fit, keys go where there is room.

Plots choose what is drawn; how long names are, and how wide a journal's column, is seen here only,
where it can be measured.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from syriatopics.plots.presets import SMALLEST, Preset
from syriatopics.plots.style import label, plain, prose

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.legend import Legend

__all__ = ["fit"]

# A key beside the panels may take so much of the width; a wider one goes below.
_KEY, _NAMES, _GAP = 0.27, 0.34, 0.08
_EDGE = 0.015


def fit(figure: Figure, preset: Preset, title: str = "", note: str = "") -> None:
    """Bring a drawn figure to the width and size of text of a preset, with a title and a note.

    Panels keep the height that they were drawn with, in proportion to the text; the figure grows by
    what stands above and below them.

    Parameters
    ----------
    figure : Figure
        In constrained layout.
    preset : Preset
    title, note : str
        Above and below the panels.
    """
    scale = preset.scale
    for text in figure.findobj(_is_text):
        text.set_fontsize(max(SMALLEST, float(text.get_fontsize()) * scale))  # type: ignore[attr-defined]
    width, height = figure.get_size_inches()
    width = min(width, preset.page) if preset.width is None else preset.width
    figure.set_size_inches(width, height * scale)
    below = _keys(figure, narrow=preset.page < 9)
    for ax in figure.axes:
        _break_names(figure, ax)
    figure.draw_without_rendering()
    rows: dict[float, float] = {}
    for ax in figure.axes:
        row = round(ax.get_position().y0, 2)
        rows[row] = max(rows.get(row, 0.0), _fit_axes(figure, ax))
    grown = sum(rows.values())
    figure.set_size_inches(width, height * scale + grown)
    top = _title(figure, title, max(SMALLEST, 12 * scale))
    foot = _note(figure, note, max(SMALLEST, 8 * scale))
    places = [_extent(figure, key)[1] + _GAP for key in below]
    bottom = foot + sum(places)
    whole = height * scale + grown + top + bottom
    figure.set_size_inches(width, whole)
    layout: Any = figure.get_layout_engine()
    layout.set(rect=(0, bottom / whole, 1, 1 - (top + bottom) / whole))
    # The edge is a fraction of an inch, however high the figure is.
    if title:
        figure._suptitle.set_y(1 - _EDGE / whole)  # type: ignore[attr-defined]
    if note:
        figure._supxlabel.set_y(_EDGE / whole)  # type: ignore[attr-defined]
    at = bottom
    for key, room in zip(below, places, strict=True):
        key.set_bbox_to_anchor((0.1 / width, at / whole), figure.transFigure)
        at -= room
    _settle(figure)


def _settle(figure: Figure) -> None:
    """Keep panels where the layout puts them now, to a millionth of the figure.

    The solver goes through its unknowns by where they lie in memory: its last digits differ from run to run.
    """
    figure.draw_without_rendering()
    for ax in figure.axes:
        place = np.round(ax.get_position(original=True).bounds, 6)
        ax._set_position(place, which="original")  # type: ignore[attr-defined]
    figure.set_layout_engine("none")


def _is_text(artist: Any) -> bool:
    from matplotlib.text import Text

    return isinstance(artist, Text)


def _extent(figure: Figure, artist: Any) -> tuple[float, float]:
    box = artist.get_window_extent(figure.canvas.get_renderer())  # type: ignore[attr-defined]
    return box.width / figure.dpi, box.height / figure.dpi


def _width(figure: Figure, text: str, **font: Any) -> float:
    held = figure.text(0, 0, text, **font)
    found = _extent(figure, held)[0]
    held.remove()
    return found


def wrapped(
    figure: Figure, text: str, room: float, direct: Callable[[str], str] = label, **font: Any
) -> str:
    """Break a text into lines no wider than `room` inches; a word that is wider stays whole.

    What stands in two languages is broken between them first, so that no line runs in two directions.
    """
    lines = []
    whole = plain(text)
    if _width(figure, direct(whole), **font) > room:
        whole = whole.replace(" · ", "\n")
    for line in whole.split("\n"):
        wide = _width(figure, direct(line), **font)
        letters = len(line) if wide <= room else max(int(len(line) * room / wide), 6)
        while True:
            broken = textwrap.wrap(line, letters, break_long_words=False) or [""]
            widest = max(_width(figure, direct(part), **font) for part in broken)
            if widest <= room or letters <= 6:
                break
            letters -= max(1, letters // 12)
        lines += broken
    return "\n".join(map(direct, lines))


def _break_names(figure: Figure, ax: Axes) -> None:
    """Break the names of rows into lines: they may take so much of the width."""
    names = ax.get_yticklabels()
    if ax.axison and names and _named(ax.yaxis):
        room = _NAMES * figure.get_size_inches()[0] / _named_beside(figure, ax)
        for name in names:
            _break(figure, name, room)
        ax.set_yticks(ax.get_yticks(), [name.get_text() for name in names])


def _named_beside(figure: Figure, ax: Axes) -> int:
    """Return how many columns of panels have names of their own: these share the width."""
    place = ax.get_subplotspec()
    named = [
        other.get_subplotspec() for other in figure.axes if other.axison and _named(other.yaxis)
    ]
    grid = None if place is None else place.get_gridspec()
    held = {one.colspan.start for one in named if one is not None and one.get_gridspec() is grid}
    return max(len(held), 1)


def _fit_axes(figure: Figure, ax: Axes) -> float:
    """Break titles and labels of a panel into lines; return by how many inches it must grow."""
    box = ax.get_window_extent()
    width, height = box.width / figure.dpi, box.height / figure.dpi
    for held, room in (
        (ax.title, width), (ax._left_title, 0.96 * width), (ax.xaxis.label, max(width, 1.5)),  # type: ignore[attr-defined]
        (ax.yaxis.label, max(height, 1.0)),
    ):  # fmt: skip
        _break(figure, held, room)
    grown = _lines_more(ax._left_title) + _few_ticks(figure, ax, width)  # type: ignore[attr-defined]
    names = ax.get_yticklabels()
    if not (ax.axison and names and _named(ax.yaxis)):
        return grown
    lines = sum(name.get_text().count("\n") + 1 for name in names)
    most = max(name.get_text().count("\n") + 1 for name in names)
    # Rows are equally high: two long names beside each other need the room of the longest.
    needed = (lines + len(names) * most) / 2 * float(names[0].get_fontsize()) * 1.3 / 72
    return grown + max(needed + 3 * len(names) / 72 - height, 0.0)


def _lines_more(text: Any) -> float:
    return float(text.get_text().count("\n") * text.get_fontsize() * 1.25 / 72)


def _break(figure: Figure, held: Any, room: float) -> None:
    if held.get_text().strip():
        font = {"fontsize": held.get_fontsize(), "fontweight": held.get_fontweight()}
        held.set_text(wrapped(figure, held.get_text(), room, **font))


def _named(axis: Any) -> bool:
    from matplotlib.ticker import FixedLocator, FuncFormatter

    return isinstance(axis.get_major_locator(), FixedLocator) and isinstance(
        axis.get_major_formatter(), FuncFormatter
    )


def _few_ticks(figure: Figure, ax: Axes, width: float) -> float:
    """Leave out labels below a panel that would touch, or break names into lines; return their room."""
    names = [text.get_text() for text in ax.get_xticklabels()]
    if not _named(ax.xaxis) or not any(names) or not ax.axison:
        return 0.0
    low, high = sorted(ax.get_xlim())
    places = np.asarray(ax.get_xticks(), dtype=float)
    pitch = width * float(np.diff(places).min()) / (high - low) if len(places) > 1 else width
    size = float(ax.get_xticklabels()[0].get_fontsize())
    numbers = all(name.replace("n=", "")[:1].isdigit() for name in names if name)
    if numbers:
        names = [name.partition("/")[0] for name in names]  # a week is known by its first day
        widest = max(_width(figure, name, fontsize=size) for name in names) + 0.05
        step = max(1, int(np.ceil(widest / pitch)))
        shown = [name if k % step == 0 else "" for k, name in enumerate(names)]
        ax.set_xticks(places, shown)
        return 0.0
    broken = [wrapped(figure, name, pitch * 0.94, fontsize=size) for name in names]
    turned = max(_width(figure, name, fontsize=size) for name in broken) > pitch
    if turned:
        # Beside each other stand as many lines as there is room for; the longer are these.
        whole = [plain(name).replace("\n", " · ") for name in names]
        for room in (1.6, 2.4, 3.6, 9.0):
            broken = [wrapped(figure, name, room, fontsize=size) for name in whole]
            deepest = max(name.count("\n") + 1 for name in broken)
            if deepest * size * 1.3 / 72 <= pitch:
                break
    ax.set_xticks(
        places, broken, rotation=90 if turned else 0, ha="center", va="top", fontsize=size
    )
    if turned:
        return max(_width(figure, name, fontsize=size) for name in broken)
    return max(map(_lines_more, ax.get_xticklabels()))


def _keys(figure: Figure, narrow: bool) -> list[Legend]:
    """Take keys that would leave the panels no room, and lay them out across the figure."""
    width = figure.get_size_inches()[0]
    taken = []
    for ax in figure.axes:
        key = ax.get_legend()
        if key is None or not key.get_texts():
            continue
        anchor, box = key.get_bbox_to_anchor(), ax.get_window_extent()
        if anchor.y0 > box.y1 - 1 and anchor.x0 < box.x1:
            taken.append(_across(figure, key))
        elif anchor.x0 < box.x1:
            continue
        elif narrow or _extent(figure, key)[0] > _KEY * width:
            taken.append(_across(figure, key))
    for key in list(figure.legends):
        if key not in taken:
            taken.append(_across(figure, key))
    return taken


def _across(figure: Figure, key: Legend) -> Legend:
    handles = [handle for handle in key.legend_handles if handle is not None]
    size = float(key.get_texts()[0].get_fontsize())
    room = figure.get_size_inches()[0] - 0.2
    names = [text.get_text() for text in key.get_texts()]
    title = key.get_title().get_text()
    options: dict[str, Any] = {
        "loc": "upper left", "fontsize": size, "borderaxespad": 0, "title_fontsize": size,
        "title": title or None, "alignment": "left",
    }  # fmt: skip
    if not any(map(_shows, handles)):
        options |= {"handlelength": 0, "handletextpad": 0}
    key.remove()
    for columns in range(min(4, len(names)), 0, -1):
        one = room / columns
        shown = names
        if columns == 1:
            shown = [wrapped(figure, name, one - 0.5, fontsize=size) for name in names]
        laid = figure.legend(handles, shown, ncols=columns, **options)
        if columns == 1 or _extent(figure, laid)[0] <= room:
            return laid
        laid.remove()
    raise AssertionError("a key of one column is always laid out")


def _shows(handle: Any) -> bool:
    line, marker = (getattr(handle, f"get_{one}", lambda: "o")() for one in ("linestyle", "marker"))
    return line not in ("None", "") or marker not in ("None", "", None)


def _title(figure: Figure, title: str, size: float) -> float:
    if not title:
        return 0.0
    font: dict[str, Any] = {"fontsize": size, "fontweight": "bold"}
    broken = wrapped(figure, title, figure.get_size_inches()[0] * 0.95, **font)
    held = figure.suptitle(broken, x=0.01, y=0.998, ha="left", va="top", **font)
    return _extent(figure, held)[1] + _GAP


def _note(figure: Figure, note: str, size: float) -> float:
    if not note:
        return 0.0
    # A figure has one text of this kind: what a plot says below its panels opens the note.
    said = figure._supxlabel.get_text() if figure._supxlabel is not None else ""  # type: ignore[attr-defined]
    note = "\n".join(filter(None, (plain(said), note)))
    broken = wrapped(figure, note, figure.get_size_inches()[0] * 0.95, prose, fontsize=size)
    held = figure.supxlabel(
        broken, x=0.01, y=0.002, ha="left", va="bottom", fontsize=size, color="#555555"
    )
    return _extent(figure, held)[1] + _GAP
