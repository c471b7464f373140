"""A morphology database in CAMeL's format, small enough to be written by hand; helpers."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

FEATURES = "pos diac lex gloss stemgloss bw prc0 prc1 prc2 prc3 enc0 source pos_lex_logprob"
STEMS = [
    # key, category, diac, lemma, pos, gloss, log probability
    ("مجلس", "N", "مَجْلِس", "مَجْلِس", "noun", "council", -3.0),
    ("مجالس", "N", "مَجالِس", "مَجْلِس", "noun", "councils", -4.0),
    ("كتب", "N", "كُتُب", "كِتاب", "noun", "books", -4.5),
    ("كتب", "V", "كَتَب", "كَتَب", "verb", "write", -3.9),
    ("حكوم", "N", "حُكُوم", "حُكُومَة", "noun", "government", -3.2),
]
PREFIXES = [("", "P0", ""), ("ال", "PAl", "prc0:Al_det"), ("و", "Pw", "prc2:wa_conj")]
PREFIXES += [("وال", "PwAl", "prc0:Al_det prc2:wa_conj")]
SUFFIXES = [("", "S0", ""), ("ه", "Sp", ""), ("ات", "St", "")]


def _write(path):
    lines = ["###DEFINES###"]
    lines += [f"DEFINE {name} {name}:*open*" for name in FEATURES.split()]
    lines += ["###DEFAULTS###"]
    defaults = "diac:* lex:* gloss:* bw:* prc0:0 prc1:0 prc2:0 prc3:0 enc0:0"
    lines += [f"DEFAULT pos:{pos} {defaults}" for pos in ("noun", "verb", "digit", "punc", "latin")]
    lines += ["###ORDER###", f"ORDER {FEATURES}", "###TOKENIZATIONS###", "TOKENIZATION bw"]
    lines += ["###STEMBACKOFF###", "STEMBACKOFF NOAN N", "###PREFIXES###"]
    lines += [
        f"{form}\t{category}\tdiac:{form} bw:{form} {feats}" for form, category, feats in PREFIXES
    ]
    lines += ["###SUFFIXES###"]
    lines += [
        f"{form}\t{category}\tdiac:{form} bw:{form} {feats}" for form, category, feats in SUFFIXES
    ]
    lines += ["###STEMS###"]
    for form, category, diac, lemma, pos, gloss, probability in STEMS:
        feats = f"pos:{pos} diac:{diac} lex:{lemma}_1 gloss:{gloss} stemgloss:{gloss} bw:{diac} prc0:0 prc1:0 prc2:0 prc3:0"
        lines.append(f"{form}\t{category}\t{feats} pos_lex_logprob:{probability}")
    lines += ["###TABLE AB###", *(f"{p[1]} N" for p in PREFIXES), "P0 V", "Pw V", "###TABLE BC###"]
    lines += ["N S0", "N Sp", "N St", "V S0", "###TABLE AC###"]
    lines += [f"{p[1]} {s[1]}" for p in PREFIXES for s in SUFFIXES]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def write_database():
    """Return a function that writes the database to a path and returns the path."""
    return _write
