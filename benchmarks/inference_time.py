"""Gates where time itself moves: weeks that hang together, a season, a drift.

Outlets that share their weeks have these in common, and what differs is asked of. Where one stretch lies behind the
other, a season and a drift are differences of what is expected, and weeks that hang together for long hold no test of
blocks: sizes of .10 and more must carry the note that the sides share no week, which every result of this kind gives.
"""

from benchmarks.inference_gates import page, sizes_and_power

LONG = ("26 + 26 weeks",)


def main():
    moving = ["AR(.5)", "AR(.8)", "season", "drift"]
    parts = [
        ("Sides that share their weeks", lambda: sizes_and_power("shared", moving, ("6 + 6 weeks", *LONG))),
        ("One stretch behind the other",
         lambda: sizes_and_power("next", ["independent", "stories", "weeks", *moving], LONG)),
        ("Six weeks behind six", lambda: sizes_and_power("next", ["stories", "weeks"], ("6 + 6 weeks",))),
    ]  # fmt: skip
    return page("Gates of inference in time", __doc__, parts)


if __name__ == "__main__":
    print(main())
