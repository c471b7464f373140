"""Texts of every kind of piece that news are made of, joined in every way."""

from hypothesis import strategies as some

pieces = some.sampled_from(
    [
        "سوريا",
        "السّوريّة",
        "مجلس",
        "الأمن",
        "والأمم",
        "المتحدة",
        "للأمم",
        "،",
        ".",
        "“",
        "”",
        "ـ",
        "الـ15",
        "١٬٠٠٠",
        "3.5",
        "تستكشfan",
        "BBC",
        "\u200f",
        "ً",
        "ﻻجئين",
        "…",
        "غير",
        "بيدرسن",
        "بشار",
        "الأسد",
        "½",
        "é",
        "1\u200b000",
        "2254",
        "\n",
        "_",
        "#سوريا",
        "مجلس_الأمن",
        "中文",
        "ﹶسوريا",
        "https://x.com/2016/أخبار-سوريا",
        "http:\u200f//",
        "w\u200eww.",
        "خبر@موقع.سوريا",
        "@",
        "@خالد_1",
        "＠",
        "x.com/",
        "/",
        "C:\\أخبار",
    ]
)
joined = some.lists(pieces, max_size=25).flatmap(
    lambda parts: some.lists(
        some.sampled_from([" ", "", "  ", "\n"]), min_size=len(parts), max_size=len(parts)
    ).map(lambda gaps: "".join(part + gap for part, gap in zip(parts, gaps, strict=True)))
)
