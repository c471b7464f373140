"""Tables of the size of real studies, for pictures: outlets, periods and themes as many as asked, with long names."""

import numpy as np
import pandas as pd

THEMES = {
    f"theme_{k}": name
    for k, name in enumerate(
        (
            ("Humanitarian: needs, aid and displacement", "الإنساني: الحاجات والمعونة والنزوح"),
            ("Political transition and negotiation", "الانتقال السياسي والمفاوضات"),
            ("Military operations", "العمليات العسكرية"),
            ("Accountability and justice", "المساءلة والعدالة"),
            ("Great powers and their rivalry over Syria", "القوى الكبرى وتنافسها على سوريا"),
            ("Extremism", "التطرف"),
            ("Refugees and return", "اللجوء والعودة"),
            ("Economy, sanctions and reconstruction", "الاقتصاد والعقوبات وإعادة الإعمار"),
            ("Sect and community", "الطوائف والمكوّنات"),
            ("Media", "الإعلام"),
            ("Türkiye and the north-east (SDF, PYD)", "تركيا Türkiye وشمال شرق سوريا (قسد SDF)"),
            ("Israel", "إسرائيل"),
        )
    )
}
OUTLETS = {
    f"outlet_{k}": name
    for k, name in enumerate(
        (
            ("Asharq Al-Awsat", "الشرق الأوسط"), ("Al Jazeera", "الجزيرة نت"), ("SANA", "سانا"),
            ("Enab Baladi, an independent weekly", "عنب بلدي، أسبوعية مستقلة"), ("BBC Arabic", "BBC عربي"),
            ("Al-Akhbar", "الأخبار"), ("RT", "روسيا اليوم"), ("Syria TV", "تلفزيون سوريا"),
            ("Al-Quds Al-Arabi", "القدس العربي"), ("Okaz", "عكاظ"), ("An-Nahar", "النهار"),
            ("Anadolu Agency", "وكالة الأناضول"),
        )
    )
}  # fmt: skip
EVENTS = pd.DataFrame(
    {
        "date": pd.to_datetime(["2017-04-07", "2018-04-14", "2018-09-17", "2019-10-09"]),
        "en": ["American strike on Shayrat", "Strikes after Douma", "Sochi agreement on Idlib", "Turkish offensive in the north-east"],
        "ar": ["الضربة الأمريكية على الشعيرات", "ضربات بعد دوما", "اتفاق سوتشي حول إدلب", "هجوم تركي في الشمال الشرقي"],
        "weight": [3, 2, 2, 3],
    }
)  # fmt: skip


def names(of, lang):
    shown = {"en": lambda en, ar: en, "ar": lambda en, ar: ar, "both": lambda en, ar: f"{en} · {ar}"}  # fmt: skip
    return {key: shown[lang](*pair) for key, pair in of.items()}


def periods(n):
    freq = "M" if n <= 24 else "W"
    made = pd.period_range("2017-01-02", periods=n, freq=freq)
    return [str(p) if freq == "M" else f"{p.start_time.date()}/{p.end_time.date()}" for p in made]


def filled(table, seed, centre=0.15, name="share"):
    """Return a table with values and limits; a few of them missing, as in a real one."""
    rng = np.random.default_rng(seed)
    value = np.clip(centre * rng.gamma(2, 0.5, len(table)), 0, 0.95)
    reach = 0.02 + 0.05 * rng.random(len(table))
    table = table.assign(
        **{name: value}, low=np.maximum(value - reach, 0), high=value + reach,
        n_articles=rng.integers(15, 900, len(table)),
    )  # fmt: skip
    table.loc[rng.random(len(table)) < 0.04, ["low", "high"]] = np.nan
    return table


def crossed(**levels):
    return pd.MultiIndex.from_product(levels.values(), names=levels).to_frame(index=False)


def studies(n_outlets, n_periods, n_themes):
    """Return tables for each picture: name → (function, table, options)."""
    outlets, themes, time = list(OUTLETS)[:n_outlets], list(THEMES)[:n_themes], periods(n_periods)
    trend = filled(crossed(outlet=outlets, theme=themes, period=time), 1)
    shares = filled(crossed(outlet=outlets, theme=themes), 2)
    pairs = [(a, b) for k, a in enumerate(outlets) for b in outlets[k + 1 :]]
    contrast = pd.DataFrame([{"a": a, "b": b, "theme": t} for a, b in pairs for t in themes])
    contrast = filled(contrast, 3, 0.1, "difference")
    for column in ("difference", "low", "high"):
        contrast[column] -= 0.1
    contrast["q"] = np.random.default_rng(4).random(len(contrast)) ** 3
    pair = filled(crossed(outlet=outlets), 5, name="first").assign(second=0.1)
    pair = pair.assign(
        difference=pair["first"] - 0.1, low=pair["low"] - 0.1, high=pair["high"] - 0.1
    )
    days = pd.date_range("2017-01-02", periods=max(n_periods, 30) * 7, freq="7D")
    smooth = filled(crossed(outlet=outlets, theme=themes, date=days), 6)
    smooth = smooth.assign(low_all=smooth["low"] * 0.8, high_all=smooth["high"] * 1.2)
    corrected = shares.assign(naive=shares["share"] * 1.2, n_coded=shares["n_articles"] // 10)
    change = filled(crossed(outlet=outlets, theme=themes), 7, name="change").assign(
        placebo_low=-0.05, placebo_high=0.05
    )
    parts = crossed(theme=themes, k=range(1, n_periods), part=["within", "mix", "entry", "total"])
    parts = filled(parts, 8, name="change").assign(
        since=[time[k - 1] for k in parts["k"]], period=[time[k] for k in parts["k"]]
    )
    steps = filled(crossed(theme=themes, first=range(-4, 5)), 9, name="effect")
    steps = steps.assign(last=steps["first"])
    lags = filled(pd.DataFrame([
        {"theme": t, "first": a, "second": b, "lag": lag, "best": lag == 1}
        for t in themes[:3] for a, b in pairs[:3] for lag in range(-6, 7)
    ]), 10, 0.3, "r") if pairs else None  # fmt: skip
    calendar = trend if n_periods <= 24 else None
    when = pd.to_datetime([one.partition("/")[0] for one in time])
    level = {"before": 0.1, "after": 0.2}
    breaks = pd.DataFrame([
        {"theme": themes[0], "outlet": o, "date": when[len(when) // 2], "low": when[len(when) // 3],
         "high": when[2 * len(when) // 3], **level} for o in outlets[:2]
    ])  # fmt: skip
    sharing = pd.DataFrame(pairs, columns=["outlet", "other"]).assign(n_clusters=7)
    months = pd.period_range("2016-01", periods=n_periods, freq="M").astype(str)
    had = crossed(outlet=outlets, month=months).assign(named=9, kept=7, articles=6)
    gap = pd.DataFrame(
        {"outlet": outlets[:1], "start": when[:1], "end": when[:1] + pd.Timedelta("20D")}
    )
    two = trend[trend["theme"].isin(themes[:2])]
    less = filled(crossed(outlet=outlets, period=time), 11, 0.3).assign(theme="difference")
    for column in ("share", "low", "high"):
        less[column] -= 0.25
    question = pd.concat([two, less], ignore_index=True)
    words = [
        "المساعدات_الإنسانية",
        "اللاجئون السوريون",
        "Türkiye",
        "قوات سوريا الديمقراطية (قسد)",
        "دمشق",
        "إدلب",
        "موسكو",
        "جنيف",
    ]
    odds = np.linspace(2.5, -2.5, 30)
    key = pd.DataFrame(
        {"display": [words[k % 8] for k in range(30)], "log_odds": odds, "q": np.abs(odds) % 0.1}
    )
    key = key.assign(low=odds - 0.4, high=odds + 0.4)
    topics = pd.DataFrame(
        {"topic": range(2 * n_themes), "share": 1 / (2.0 + np.arange(2 * n_themes))}
    )
    topics["words"] = ["، ".join(np.roll(words, k)) for k in range(2 * n_themes)]
    counts = pd.DataFrame({"label": words * 3, "count": np.arange(24)[::-1] * 1000})
    made = {
        "keyness_bars": (key, {"focal": "Enab Baladi, an independent weekly", "reference": "الشرق الأوسط"}),
        "topic_words": (topics, {}), "bars": (counts, {"name": "label", "value": "count", "xlabel": "tokens"}),
        "opposed": (question, {"first": themes[0], "second": themes[1], "events": EVENTS}),
        "shares": (shares, {}), "heat": (shares, {}), "differences": (contrast, {}),
        "balance": (pair, {"first": themes[0], "second": themes[1]}),
        "trend_panels": (trend, {"events": EVENTS, "limits": (0.95, "week")}),
        "trend_lines": (trend[trend["outlet"] == outlets[0]], {"limits": (0.95, "week")}),
        "smooth_lines": (smooth, {"events": EVENTS}),
        "corrected_points": (corrected, {}), "change_bars": (change, {}),
        "decomposition_bars": (parts, {}), "event_steps": (steps, {}),
        "lag_lines": (lags, {}), "calendar_heat": (calendar, {}), "sharing": (sharing, {}),
        "coverage": (had, {"gaps": gap}),
        "break_lines": (trend, {"breaks": breaks, "events": EVENTS}),
    }  # fmt: skip
    return {name: one for name, one in made.items() if one[0] is not None and len(one[0])}
