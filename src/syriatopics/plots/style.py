"""How figures look: fonts, direction, colours, language, and sizes that journals print.

Matplotlib shapes and orders Arabic itself since 3.11; text goes to it as people type it.
What it cannot know is left to :func:`label`: the direction of a line that begins with a
Latin word, the order of a range of years, a dollar sign that is no mathematics.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Literal

from syriatopics.arabic.characters import ARABIC_LETTERS
from syriatopics.errors import InputError, choices

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = [
    "COLOURS",
    "LANGUAGES",
    "LINES",
    "MARKERS",
    "MOST_MARKS",
    "NOTHING",
    "UNITS_AR",
    "axes",
    "ink",
    "label",
    "language",
    "least",
    "named",
    "nothing",
    "page",
    "plain",
    "prose",
    "say",
    "style",
]

Language = Literal["en", "ar", "both"]
LANGUAGES = ("en", "ar", "both")

# Okabe & Ito: told apart by colour-blind readers, in an order that alternates light and dark.
COLOURS = (
    "#0072B2",
    "#E69F00",
    "#009E73",
    "#CC79A7",
    "#56B4E9",
    "#D55E00",
    "#333333",
    "#8C8C00",
)
MARKERS = "osD^vP*X"
MOST_MARKS = 7  # in one panel
LINES: tuple[Any, ...] = ("-", (0, (5, 1.5)), (0, (1, 1)), (0, (6, 1, 1, 1)))

_RC: Any = {
    "font.family": ["DejaVu Sans"],
    "font.size": 9,
    "axes.titlesize": 11,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": "#E3E3E3",
    "grid.linewidth": 0.6,
    "axes.edgecolor": "#555555",
    "axes.titlepad": 10,
    "legend.frameon": False,
    "figure.dpi": 100,
    "savefig.dpi": 200,
    "savefig.bbox": "tight",
    "savefig.pad_inches": 0.12,
    # Paths keep the order of shaped Arabic; text would leave it to the viewer.
    "svg.fonttype": "path",
    "svg.hashsalt": "syriatopics",
    "pdf.fonttype": 42,
    "text.usetex": False,
    "figure.constrained_layout.use": True,
}
_language: ContextVar[Language] = ContextVar("language", default="en")
_page: ContextVar[float] = ContextVar("page", default=9.5)
_least: ContextVar[float] = ContextVar("least", default=6.0)

_ARABIC = re.compile(f"[{ARABIC_LETTERS}]")
# A letter that is written from left to right, in any script (ü, é, ß), with marks on it.
_LETTER = rf"[^\W\d_{ARABIC_LETTERS}\u0590-\u05ff\u0700-\u08ff\ufb1d-\ufefc][\u0300-\u036f]*"
_STRONG = re.compile(f"[{ARABIC_LETTERS}]|{_LETTER}")
# Stretches that keep their own order inside a right-to-left line: words of other scripts with
# all that stands between them, ids, numbers with their signs, ranges. A bracket ends one: its
# partner may stand in Arabic.
_WORD = rf"(?:\d[\d\w.…/:–-]{{0,40}})?{_LETTER}(?:[\w\u0300-\u036f.…/’'-](?<![{ARABIC_LETTERS}]))*"
_NUMBER = r"[+−-]?[.٫]?\d+(?:\s?[–-]\s?\d+|[.,:/]\d+)*%?"
_LEFT_TO_RIGHT = re.compile(
    rf"(?:{_NUMBER}[\s,;])?{_WORD}(?:[\s,;&+–-]{{1,3}}(?:{_WORD}|\d[\d.,:/–-]*\d|\d))*|{_NUMBER}"
)
_LATIN_LETTER = re.compile(_LETTER)
_BESIDE = r"[\s،؛«»]{1,3}"
_ARABIC_WORDS = re.compile(f"[{ARABIC_LETTERS}]+(?:{_BESIDE}[{ARABIC_LETTERS}]+)*")
# Controls of direction that a title from elsewhere brings along would turn the rest round.
_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")
RLM, LRI, RLI, PDI = "\u200f", "\u2066", "\u2067", "\u2069"


def label(text: object) -> str:
    """Prepare a text for matplotlib, which shapes it exactly once.

    Parameters
    ----------
    text : object
        Shown as ``str(text)``; Arabic as people type it, neither reshaped nor reordered.

    Returns
    -------
    str
        The same letters. A line that holds Arabic but begins with Latin gets a
        right-to-left base, Latin words and ranges of years keep their order in it, ``$`` is
        a dollar.

    Examples
    --------
    >>> label("سوريا 2016–2024") == "سوريا \u20662016–2024\u2069"
    True
    """
    lines = _CONTROLS.sub("", str(text)).replace("$", r"\$").split("\n")
    return "\n".join(map(_directed, lines))


def prose(text: str) -> str:
    r"""Prepare a line of a note: English with Arabic words in it stays left to right.

    Examples
    --------
    >>> prose("articles of أمد: 4") == "articles of \u2067أمد\u2069: 4"
    True
    """
    text = _CONTROLS.sub("", text)
    if len(_LATIN_LETTER.findall(text)) <= len(_ARABIC.findall(text)):
        return label(text)
    isolated = _ARABIC_WORDS.sub(lambda match: f"{RLI}{match.group()}{PDI}", text)
    # An isolate has no say in the direction of its line; the first Latin letter has.
    return isolated.replace("$", r"\$")


def _directed(line: str) -> str:
    if not _ARABIC.search(line):
        return line
    line = _LEFT_TO_RIGHT.sub(lambda match: f"{LRI}{match.group()}{PDI}", line)
    first = _STRONG.search(line)
    return line if first is not None and _ARABIC.match(first.group()) else RLM + line


def language() -> Language:
    """Return the language in which figures are drawn now."""
    return _language.get()


def say(en: str, ar: str) -> str:
    """Return a text in the language of the figure, ready for matplotlib."""
    chosen = language()
    if chosen == "en":
        return label(en)
    return label(ar) if chosen == "ar" else f"{label(en)}\n{label(ar)}"


def named(ids: Sequence[str], labels: Mapping[str, str]) -> list[str]:
    """Return the readable names of `ids`, ready for matplotlib."""
    return [label(labels.get(id_, id_)) for id_ in ids]


def page() -> float:
    """Return how wide figures may be drawn now, in inches."""
    return _page.get()


def least() -> float:
    """Return the smallest size of text that can be read when the figure is printed, in points."""
    return _least.get()


def plain(text: str) -> str:
    """Take back what :func:`label` put into a text, so that it can be broken into lines."""
    return _CONTROLS.sub("", text).replace(RLM, "").replace(r"\$", "$")


@contextmanager
def style(
    lang: Language = "en", *, page: float = 9.5, least: float = 6.0, **overrides: Any
) -> Iterator[None]:
    """Draw in the style of the package, in one language, for the time of the context.

    `page` is how wide figures may be, in inches: panels that do not fit stand below each other; `least`
    is the smallest size of text, in points.
    What is set on this machine for all figures (a ``matplotlibrc``) is left out, so that a figure
    looks the same, to the byte, on every other.
    """
    import matplotlib.style

    if lang not in LANGUAGES:
        raise InputError(f"Figure language {lang!r} is not known. Choices: {choices(LANGUAGES)}.")
    token, wide, small = _language.set(lang), _page.set(page), _least.set(least)
    try:
        settings: Any = {**_RC, **overrides}
        with matplotlib.style.context(["default", settings]):
            yield
    finally:
        _language.reset(token)
        _page.reset(wide)
        _least.reset(small)


# By this name a picture is known that only says that there is nothing to see.
NOTHING = "nothing"
UNITS_AR = {
    "article": "المقال",
    "day": "اليوم",
    "week": "الأسبوع",
    "month": "الشهر",
    "story": "القصة",
}


def ink(ground: Any) -> str:
    """Return the colour of text that can be read on a ground: black or white."""
    from matplotlib.colors import to_rgb

    rgb = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(ground)]
    return "black" if 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2] > 0.18 else "white"


def limits_of(level: float, unit: str) -> str:
    """Say what limits are of: their level, and what they take as independent."""
    return say(
        f"{level:.0%} limits, by {unit}", f"مجال {level:.0%}، وحدته {UNITS_AR.get(unit, unit)}"
    )


def axes(ax: Axes | None, width: float = 6.5, height: float = 4.0) -> Axes:
    """Return `ax`, or the axes of a new figure of the given size in inches, no wider than the page."""
    if ax is not None:
        return ax
    import matplotlib.pyplot as plt

    return plt.subplots(figsize=(min(width, page()), height), layout="constrained")[1]


def nothing(ax: Axes, en: str = "nothing", ar: str = "لا شيء", finding: bool = False) -> Axes:
    """Say in the picture that there is nothing to draw.

    Where that is no `finding`, a study keeps the table and makes no picture of it.
    """
    ax.set_axis_off()
    ax.set_gid(None if finding else NOTHING)
    ax.text(0.5, 0.5, say(en, ar), ha="center", va="center", transform=ax.transAxes, fontsize=11)
    return ax
