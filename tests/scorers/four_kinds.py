"""Passages of four kinds, of which the theme is known, and codings of them."""

import numpy as np
import pandas as pd

import syriatopics as st

AID = "وصلت قافلة مساعدات إنسانية إلى النازحين في المخيم بعد حصار طويل"
WAR = "شن الطيران غارات جوية على مواقع الفصائل في المدينة وقتل مسلحون في القصف"
TALKS = "بحث المبعوث صياغة دستور جديد وإجراء انتخابات في إطار العملية السياسية"
REST = "زار الوزير معرض الكتاب وتحدث عن الشعر والرواية أمام جمهور من القراء"
KINDS = {"humanitarian": AID, "military_security": WAR, "political_transition": TALKS, "": REST}


def texts(n, seed=0):
    """Passages of four kinds, each with some words of its own left out."""
    rng = np.random.default_rng(seed)
    kinds = rng.choice(list(KINDS), n)
    return [" ".join(w for w in KINDS[kind].split() if rng.random() < 0.8) for kind in kinds], kinds


def codings_of(said, kinds, path):
    rows = {
        "passage_id": [f"p{n:03d}" for n in range(len(said))],
        "article_id": [f"a{n // 2}" for n in range(len(said))],
        "text": said,
        "themes": kinds,
    }
    pd.DataFrame(rows).to_csv(path, index=False)
    return st.validation.read_codings(path)
