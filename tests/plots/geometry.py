"""What is wrong with a drawn figure, measured: text out of it, over other text or marks, small, pale, marks alike."""

import itertools
from unittest import mock

import matplotlib as mpl
import numpy as np
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.text import Text

SMALLEST, CONTRAST, MOST_MARKS = 6.0, 4.5, 8

# Machado, Oliveira & Fernandes (2009), severity 1.0.
BLINDNESS = (
    [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
)  # fmt: skip


def linear(colour):
    rgb = np.array(mpl.colors.to_rgb(colour))
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)


def light(colour):
    return float(linear(colour) @ [0.2126, 0.7152, 0.0722])


def contrast(one, other="white"):
    a, b = sorted((light(one), light(other)), reverse=True)
    return (a + 0.05) / (b + 0.05)


def apart(one, other):
    """Return whether two colours differ in grey, and for readers who are colour-blind."""
    grey = abs(light(one) ** (1 / 2.2) - light(other) ** (1 / 2.2)) > 0.08
    seen = [
        [np.clip(np.array(matrix) @ linear(c), 0, 1) ** (1 / 2.2) for c in (one, other)]
        for matrix in BLINDNESS
    ]
    return grey and all(np.linalg.norm(a - b) > 0.1 for a, b in seen)


def drawn_texts(figure):
    """Return what is really written: texts that are drawn, with their boxes in pixels."""
    found, draw = [], Text.draw

    def noted(self, renderer, *args, **kwargs):
        if self.get_visible() and self.get_text().strip():
            found.append(self)
        return draw(self, renderer, *args, **kwargs)

    figure.draw_without_rendering()
    with mock.patch.object(Text, "draw", noted):
        figure.draw_without_rendering()
    renderer = figure.canvas.get_renderer()
    return [(t, t.get_window_extent(renderer)) for t in dict.fromkeys(found)]


def marks_of(ax):
    """Return points in pixels on which something stands that shows data."""
    points = []
    for line in ax.lines:
        at = line.get_transform()
        if at != ax.transData or not line.get_visible():
            continue  # lines over the whole panel
        path = at.transform_path(line.get_path())
        if line.get_linestyle() != "None" and len(path.vertices) > 1:
            path = path.interpolated(8)
        points.append(path.vertices)
    for held in ax.collections:
        if isinstance(held, LineCollection):
            points += [
                held.get_transform().transform_path(path).interpolated(8).vertices
                for path in held.get_paths()
                if len(path.vertices) == 2
            ]
        elif isinstance(held, PathCollection):
            points.append(held.get_offset_transform().transform(held.get_offsets()))
    inside = ax.get_window_extent()
    all_points = np.concatenate([np.empty((0, 2)), *points])
    all_points = all_points[np.isfinite(all_points).all(axis=1)]
    return all_points[[inside.contains(*point) for point in all_points]] if len(all_points) else all_points  # fmt: skip


def ground_of(text, box, axes):
    """Return the colour on which a text stands: that of its cell in a heat map, or white."""
    x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
    for ax in axes:
        for image in ax.images:
            if ax.get_window_extent().contains(x, y):
                column, row = ax.transData.inverted().transform((x, y))
                values = image.get_array()
                row, column = round(row), round(column)
                if 0 <= row < values.shape[0] and 0 <= column < values.shape[1]:
                    value = values[row, column]
                    return "white" if np.ma.is_masked(value) else image.to_rgba(value)
    return "white"


def faults(figure):
    """Return what is wrong, a line for each; nothing where the figure holds."""
    texts = drawn_texts(figure)
    out, edge = [], figure.bbox
    for text, box in texts:
        said = text.get_text().replace("\n", " / ")[:40]
        if box.x0 < edge.x0 - 1 or box.y0 < edge.y0 - 1 or box.x1 > edge.x1 + 1 or box.y1 > edge.y1 + 1:  # fmt: skip
            out.append(f"outside: {said}")
        if text.get_fontsize() < SMALLEST - 0.01:
            out.append(f"small ({text.get_fontsize():.1f}): {said}")
        if contrast(text.get_color(), ground_of(text, box, figure.axes)) < CONTRAST:
            out.append(f"pale: {said}")
        if text.get_rotation() % 90:
            out.append(f"slanted: {said}")
    for (a, one), (b, two) in itertools.combinations(texts, 2):
        if one.shrunk(0.96, 0.8).overlaps(two.shrunk(0.96, 0.8)):
            out.append(f"over text: {a.get_text()[:25]!r} {b.get_text()[:25]!r}")
    for ax in figure.axes:
        points = marks_of(ax)
        for text, box in texts:
            held = box.shrunk(0.96, 0.8)
            over = (
                (points[:, 0] > held.x0) & (points[:, 0] < held.x1)
                & (points[:, 1] > held.y0) & (points[:, 1] < held.y1)
            )  # fmt: skip
            if over.any():
                out.append(f"over marks: {text.get_text()[:40]!r}")
    return out + alike(figure)


def alike(figure):
    """Return marks in one legend that cannot be told apart, and legends of too many."""
    out = []
    for legend in [*figure.legends, *(ax.get_legend() for ax in figure.axes if ax.get_legend())]:
        shown = [
            (h.get_marker() if hasattr(h, "get_marker") else "", h.get_linestyle(), h.get_color(), t.get_text())
            for h, t in zip(legend.legend_handles, legend.get_texts(), strict=True)
            if hasattr(h, "get_color") and not (h.get_linestyle() == "None" and h.get_marker() in ("None", None, ""))
        ]  # fmt: skip
        if len(shown) > MOST_MARKS:
            out.append(f"{len(shown)} marks in one legend")
        out += [
            f"alike: {a[3]} {b[3]}"
            for a, b in itertools.combinations(shown, 2)
            if a[:2] == b[:2] and not apart(a[2], b[2])
        ]
    return out
