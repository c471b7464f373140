"""Growth curves: how time and memory grow with the number of passages, drawn beside the tables."""

from pathlib import Path

import matplotlib as mpl
import matplotlib.pyplot as plt

from syriatopics.plots import COLOURS, style
from syriatopics.plots.style import MARKERS

__all__ = ["draw_growth"]


def draw_growth(found, path):
    """Draw what each step took at each size, as a list of steps per size, into an SVG file."""
    passages = [steps[0]["passages"] for steps in found.values()]
    mpl.rcParams["svg.hashsalt"] = "syriatopics"
    with style():
        figure, (time, memory) = plt.subplots(1, 2, figsize=(8.4, 3.6), layout="constrained")
        for number, first in enumerate(next(iter(found.values()))):
            seconds = [steps[number]["cpu"] for steps in found.values()]
            time.plot(
                passages,
                seconds,
                color=COLOURS[number],
                marker=MARKERS[number],
                label=first["step"],
            )
        ends = passages[0], passages[-1]
        lowest = found[next(iter(found))][0]["cpu"]
        time.plot(
            ends, [lowest, lowest * ends[1] / ends[0]], color="0.6", ls=":", label="in proportion"
        )
        time.set(title="Time", xlabel="passages", ylabel="processor seconds")
        time.legend(fontsize=7, frameon=False)
        held = [max(step["largest"] for step in steps) for steps in found.values()]
        memory.plot(passages, held, color=COLOURS[0], marker=MARKERS[0])
        memory.set(title="Memory", xlabel="passages", ylabel="largest process, MB", ylim=(0, None))
        time.set(xscale="log", yscale="log")
        memory.set(xscale="log")
        figure.savefig(Path(path), format="svg", metadata={"Date": None})
        plt.close(figure)
