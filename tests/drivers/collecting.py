"""A collection of three outlets in a process of its own, to be killed: `collecting.py FOLDER`."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from web import Maps, Sections, WordPress, World

from syriatopics.collecting import collect


def main(folder):
    """Collect as far as it is let, and print every address that is asked for."""
    apps = [WordPress(60), Maps(50, 20), Sections(30)]
    world = World({app.host: app for app in apps})
    send = world.send

    def told(url, *rest):
        print(url, flush=True)
        return send(url, *rest)

    world.send = told
    collect(folder / "collect.toml", folder / "out", world=world)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
