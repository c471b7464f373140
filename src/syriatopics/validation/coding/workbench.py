"""The workbench: a passage from right to left, the codebook beside it, a button per theme.

A decision is written when it is recorded, before the next passage is shown. What a notebook
without a kernel shows is a still picture of the same.
"""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from syriatopics import extras
from syriatopics.validation.coding.decisions import Log

if TYPE_CHECKING:
    from syriatopics.lexicons.schema import Theme
    from syriatopics.validation.coding.task import CodingTask

__all__ = ["Item", "Option", "Workbench", "asked_html", "codebook_html", "theme_workbench"]

_BOX = "border:1px solid #ccc;border-radius:6px;padding:12px 16px;"
_TEXT = f"{_BOX}font-size:1.25em;line-height:1.9;text-align:start;min-height:8em"


@dataclass(frozen=True)
class Option:
    """What can be said of an item: an id, and how the button reads."""

    id: str
    label: str
    tooltip: str = ""


@dataclass(frozen=True)
class Item:
    """What is decided of: an id, its text (not HTML), and its options."""

    id: str
    text: str
    options: tuple[Option, ...]


class Workbench:
    """Decide item by item, in a notebook.

    Parameters
    ----------
    items : sequence of Item
    log : Log
        Where decisions go.
    several : bool
        Whether more than one option may hold (themes), or none.
    beside : str
        HTML beside the item: the codebook, or what is asked.

    Attributes
    ----------
    position : int
        The item shown, from 0.
    buttons : dict of str to widget
        ``previous, next, undo, record``.
    options : dict of str to widget
        A toggle button per option of the item shown.
    """

    def __init__(
        self, items: Sequence[Item], log: Log, *, several: bool = True, beside: str = ""
    ) -> None:
        widgets = self._widgets = extras.load(
            "ipywidgets", "The workbench", "take export_sheet for a spreadsheet"
        )
        self._items, self._log, self._several = tuple(items), log, several
        self._beside, self._said = beside, ""
        self.position = self._first_open()
        self.buttons = {
            name: widgets.Button(description=text, tooltip=tip, button_style=style)
            for name, text, tip, style in (
                ("previous", "السابق · previous", "go back without a decision", ""),
                ("next", "التالي · next", "go on without a decision", ""),
                ("undo", "تراجع · undo", "take back the last decision", "warning"),
                ("record", "سجّل · record", "write the decision and go on", "success"),
            )
        }
        for name, press in (
            ("previous", self.previous), ("next", self.next),
            ("undo", self.undo), ("record", self.record),
        ):  # fmt: skip
            self.buttons[name].on_click(lambda _, press=press: press())
        self.note = widgets.Text(placeholder="ملاحظة · note", layout={"width": "100%"})
        self.options: dict[str, Any] = {}
        self._head, self._text = widgets.HTML(), widgets.HTML()
        self._row = widgets.Box(layout={"display": "flex", "flex_flow": "row wrap"})
        self.widget = self._assembled()
        self._show()

    @property
    def item(self) -> Item:
        """The item shown."""
        return self._items[self.position]

    @property
    def chosen(self) -> tuple[str, ...]:
        """The options that are pressed."""
        return tuple(name for name, button in self.options.items() if button.value)

    def choose(self, *names: str) -> None:
        """Press the buttons of these options, and no others."""
        for name, button in self.options.items():
            button.value = name in names

    def record(self) -> None:
        """Write what is pressed as the decision, and go on to the next item that has none."""
        if not self._several and not self.chosen:
            self._said = "اختر واحدة أولا · choose one first"
        else:
            self._log.record(self.item.id, self.chosen, self.note.value.strip())
            self._said = f"سُجّل · recorded: {self.item.id}"
            self.position = self._first_open(after=self.position)
        self._show()

    def next(self) -> None:
        """Show the next item; nothing is written."""
        self._go(1)

    def previous(self) -> None:
        """Show the item before; nothing is written."""
        self._go(-1)

    def undo(self) -> None:
        """Take back the last decision, and show its item."""
        taken = self._log.undo()
        if taken is None:
            self._said = "لا شيء · nothing to undo"
        else:
            self._said = f"تراجع · taken back: {taken.item}"
            self.position = [item.id for item in self._items].index(taken.item)
        self._show()

    def _go(self, step: int) -> None:
        self.position = min(max(self.position + step, 0), len(self._items) - 1)
        self._said = ""
        self._show()

    def _first_open(self, after: int = -1) -> int:
        """Return the first item without a decision, from `after` on; the last one if all have it."""
        held = self._log.decisions
        places = [*range(after + 1, len(self._items)), *range(after + 1)]
        return next((n for n in places if self._items[n].id not in held), len(self._items) - 1)

    def _show(self) -> None:
        held = self._log.decisions.get(self.item.id)
        self.options = {
            option.id: self._widgets.ToggleButton(
                description=option.label, tooltip=option.tooltip, layout={"width": "auto"}
            )
            for option in self.item.options
        }
        self.choose(*(held.answer if held else ()))
        for name, button in self.options.items():
            button.observe(lambda change, name=name: self._pressed(name, change["new"]), "value")
        self._row.children = tuple(self.options.values())
        self.note.value = held.note if held else ""
        self._head.value, self._text.value = self._head_html(), _text_html(self.item.text)
        self.buttons["previous"].disabled = self.position == 0
        self.buttons["next"].disabled = self.position == len(self._items) - 1

    def _pressed(self, name: str, value: bool) -> None:
        """Let only one option hold where only one may."""
        if value and not self._several:
            self.choose(name)

    def _head_html(self) -> str:
        held = self._log.decisions
        state = "مرمّزة · decided" if self.item.id in held else "بلا ترميز · open"
        parts = [
            f'<b dir="ltr">{self.position + 1} / {len(self._items)}</b>',
            f"<bdi>{html.escape(self._log.coder)}</bdi>: "
            f'<span dir="ltr">{len(held)} / {len(self._items)}</span>',
            state,
            html.escape(self._said),
        ]
        return f'<div dir="rtl">{" &nbsp;·&nbsp; ".join(part for part in parts if part)}</div>'

    def _assembled(self) -> Any:
        w = self._widgets
        left = w.VBox(
            [self._head, self._text, self._row, self.note, w.HBox(list(self.buttons.values()))],
            layout={"flex": "3 1 0"},
        )
        beside = w.HTML(self._beside, layout={"flex": "2 1 0", "max_height": "32em"})
        return w.HBox([left, beside], layout={"width": "100%", "direction": "rtl"})

    def _still(self) -> str:
        """Return a picture of the workbench for a page without a kernel."""
        chosen = self.chosen

        def button(text: str, pressed: bool) -> str:
            ground = "#cfe8ff" if pressed else "#eee"
            return (
                f'<span style="display:inline-block;margin:2px;padding:4px 10px;background:{ground};'
                f'border:1px solid #bbb;border-radius:4px">{html.escape(text)}</span>'
            )

        options = "".join(button(o.label, o.id in chosen) for o in self.item.options)
        actions = "".join(button(b.description, False) for b in self.buttons.values())
        return (
            '<div dir="rtl" lang="ar" style="display:flex;gap:16px;align-items:flex-start">'
            f'<div style="flex:3">{self._head.value}{self._text.value}<p>{options}</p>'
            f'<p>{actions}</p></div><div style="flex:2">{self._beside}</div></div>'
        )

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        bundle = self.widget._repr_mimebundle_()
        data = bundle[0] if isinstance(bundle, tuple) else bundle
        return {**data, "text/html": self._still(), "text/plain": repr(self)}

    def __repr__(self) -> str:
        return (
            f"<Workbench of {self._log.coder}: {len(self._log.decisions)} of {len(self._items)} "
            "decided>"
        )


def theme_workbench(task: CodingTask, coder: str) -> Workbench:
    """Return the workbench of a coding task."""
    options = tuple(Option(t.id, f"{t.ar} · {t.en}", t.definition) for t in task.themes)
    items = [
        Item(row.passage_id, row.text, options)
        for row in task.sample[["passage_id", "text"]].itertuples()
    ]
    return Workbench(items, task.log(coder), beside=codebook_html(task.themes))


def codebook_html(themes: Sequence[Theme]) -> str:
    """Return the codebook as HTML: definitions, and rules of inclusion and exclusion.

    Examples
    --------
    >>> from syriatopics import load_themes
    >>> "<details>" in codebook_html(load_themes().theme)
    True
    """
    return (
        f'<div dir="rtl" lang="ar" style="{_BOX}max-height:30em;overflow-y:auto">'
        + "".join(map(_theme_html, themes))
        + "</div>"
    )


def _theme_html(theme: Theme) -> str:
    rules = "".join(
        f'<p dir="ltr" style="text-align:left">{sign} {html.escape(rule)}</p>'
        for sign, said in (("＋", theme.include), ("−", theme.exclude))
        for rule in said
    )
    return (
        f"<details><summary><b>{html.escape(theme.ar)} · {html.escape(theme.en)}</b><br>"
        f"{html.escape(theme.definition_ar or theme.definition)}</summary>{rules}</details>"
    )


def asked_html(ar: str, en: str) -> str:
    """Return a question in both languages, as HTML."""
    return (
        f'<div style="{_BOX}"><p dir="rtl" lang="ar" style="font-size:1.1em">{html.escape(ar)}</p>'
        f'<p dir="ltr" style="text-align:left">{html.escape(en)}</p></div>'
    )


def _text_html(text: str) -> str:
    """Return a text as it is read: escaped, its direction its own, its lines kept."""
    if not text:
        return ""
    shown = html.escape(text).replace("\n", "<br>")
    return f'<div dir="rtl" lang="ar" style="{_TEXT}">{shown}</div>'
