"""The claim card as a page: one file, every value escaped, no script, nothing from a network."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING, Any, cast

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from syriatopics.arabic import arabic_share
from syriatopics.errors import InputError, choices
from syriatopics.plots.style import style as figure_style
from syriatopics.validation.claims.register import CHANGED, DECLARED, EXPLORED

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from syriatopics.validation.claims.card import ClaimCard

__all__ = ["render"]

_PACKAGE = "syriatopics.validation.claims"
# The words of the card itself, in both of its languages.
_WORDS = {
    "title": ("Claim card", "بطاقة ادعاء"),
    "standing": ("Standing", "متى قيل"),
    DECLARED: ("declared before the data was seen", "أُعلن قبل رؤية البيانات"),
    EXPLORED: ("explored: found in the data", "استكشافي: استُخرج من البيانات"),
    CHANGED: ("changed after the data was seen", "عُدّل بعد رؤية البيانات"),
    "digest": ("hash of the declaration", "بصمة الإعلان"),
    "estimate": ("Estimate", "التقدير"),
    "difference": ("Difference of shares", "الفرق بين النسبتين"),
    "interval": ("interval", "مجال الثقة"),
    "none": ("no interval", "بلا مجال ثقة"),
    "side": ("Group", "المجموعة"),
    "share": ("Share", "النسبة"),
    "articles": ("Articles", "المقالات"),
    "coverage": ("On planted articles of this size", "على مقالات مزروعة بهذا الحجم"),
    "planted": ("Planted difference", "الفرق المزروع"),
    "held": ("Intervals that hold it", "مجالات تشمله"),
    "beyond": ("Intervals without zero", "مجالات لا تشمل الصفر"),
    "replicates": ("Replicates", "عدد المحاكاة"),
    "alpha": ("Agreement (Krippendorff's α)", "الاتفاق (ألفا كريبندورف)"),
    "compared": ("Compared", "المقارنة"),
    "passages": ("Passages", "الفقرات"),
    "multiverse": ("Multiverse of choices", "تعدد الخيارات"),
    "specifications": ("Specifications", "المواصفات"),
    "estimated": ("with an estimate", "لها تقدير"),
    "sign": ("with the sign of the claim", "باتجاه الادعاء"),
    "tested": ("with an interval", "لها مجال ثقة"),
    "sure": ("with an interval on the side of the claim", "مجالها في جهة الادعاء"),
    "against_it": ("with an interval on the other side", "مجالها في الجهة الأخرى"),
    "chance": ("Expected by chance", "المتوقع مصادفةً"),
    "observed": ("Observed", "المشاهَد"),
    "median": ("median estimate", "وسيط التقديرات"),
    "same_sign": ("specifications of one sign", "مواصفات باتجاه واحد"),
    "beyond_chance": ("of one sign and beyond chance", "باتجاه واحد وفوق المصادفة"),
    "for": ("Passages for the claim", "فقرات تؤيد الادعاء"),
    "against": ("Passages against it", "فقرات تخالفه"),
    "nothing": ("None.", "لا شيء."),
    "notes": ("Notes", "ملاحظات"),
    "again": ("To make it again", "لإعادة إنتاجها"),
    "corpus": ("Corpus", "المدونة"),
    "versions": ("Versions", "الإصدارات"),
    "more": ("more", "الأكثر"),
    "less": ("less", "الأقل"),
}


def render(card: ClaimCard, language: str | None = None) -> bytes:
    """Fill the template.

    The policy of the page allows its own style and pictures that it carries, and nothing
    else.

    Parameters
    ----------
    card : ClaimCard
    language : {"ar", "en"}, optional
        By default that of the claim's words.
    """
    language = language or ("ar" if arabic_share(card.claim.words) > 0.5 else "en")
    if language not in ("ar", "en"):
        raise InputError(f"Language {language!r} is not known. Choices: {choices(('ar', 'en'))}.")
    environment = Environment(
        loader=PackageLoader(_PACKAGE),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    style = (files(_PACKAGE) / "templates" / "card.css").read_text(encoding="utf-8")
    digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; img-src data:; style-src 'sha256-{digest}'; base-uri 'none'"
    page = environment.get_template("card.html.j2").render(
        card=card,
        words={name: pair[language == "ar"] for name, pair in _WORDS.items()},
        language=language,
        number=_number,
        share=_share,
        chance=_chance,
        style=Markup(style),  # noqa: S704 - our own file
        policy=f"{policy}; form-action 'none'",
        curve=_curve(card, language),
        tone={DECLARED: "declared", EXPLORED: "explored", CHANGED: "changed"}[card.standing.status],
    )
    # A lone surrogate, which some scraped files hold, has no form in UTF-8.
    return page.encode("utf-8", "replace")


def _number(value: float) -> str:
    return "–" if value != value else f"{value:+.3f}"


def _share(value: float) -> str:
    return "–" if value != value else f"{value:.3f}"


def _chance(p: float) -> str:
    """Write a p-value; nothing is impossible."""
    return "p < 0.001" if p < 0.001 else f"p = {_share(p)}"


def _curve(card: ClaimCard, language: str) -> str:
    """Return the specification curve as a picture that the page carries."""
    if card.multiverse is None or not card.multiverse.survival.n_estimated:
        return ""
    import matplotlib.pyplot as plt

    content = BytesIO()
    options: Any = {"format": "svg", "metadata": {"Date": None}}
    with figure_style("ar" if language == "ar" else "en"):
        figure = cast("Figure", card.multiverse.rounded().plot().figure)
        figure.savefig(content, **options)
    plt.close(figure)
    return "data:image/svg+xml;base64," + b64encode(content.getvalue()).decode()
