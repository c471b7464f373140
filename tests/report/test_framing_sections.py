"""Naming and voices in the report: the words that are marked are the words that were counted."""

import pandas as pd
import pytest

from syriatopics import load_themes, read_corpus
from syriatopics.framing import naming, quotations
from syriatopics.report.context import Context, ReportOptions
from syriatopics.report.parts import Number
from syriatopics.report.sections.events import events
from syriatopics.report.sections.meaning import meanings


@pytest.fixture(scope="module")
def named(passages):
    return naming(passages, production="all")


@pytest.fixture(scope="module")
def said(passages):
    return quotations(passages)


def behind(payload, label):
    """Return the marked stretches behind the number with a label, by passage."""
    found = [number for number in payload["numbers"] if number[0] == label]
    assert len(found) == 1, label
    _, _, rows, marks = found[0]
    texts = [payload["passages"][row][-1] for row in rows]
    names = [payload["passages"][row][1] for row in rows]
    return {
        name: [text[s:e] for s, e in zip(flat[::2], flat[1::2], strict=True)]
        for name, text, flat in zip(names, texts, marks, strict=True)
    }


def surfaces(table, column):
    return {name: list(rows[column]) for name, rows in table.groupby("passage_id")}


def test_a_label_opens_its_mentions(payload, named):
    mentions = named.mentions
    chosen = mentions[
        (mentions["referent"] == "country_spelling")
        & (mentions["label"] == "suriya_ta")
        & (mentions["voice"] == "own")
        & (mentions["outlet"] == "amad")
    ]
    assert len(chosen)
    ar = named.labels["country_spelling/suriya_ta"]
    assert behind(payload, f"«{ar}» بصوت أمد للإعلام") == surfaces(chosen, "surface")


def test_a_side_opens_what_it_said(payload, said):
    table = said.table
    chosen = table[
        ~table["nested"] & (table["side"] == "united_nations") & (table["outlet"] == "amad")
    ]
    assert len(chosen)
    opened = behind(payload, "الأمم المتحدة عند أمد للإعلام")
    assert {n: "".join(w) for n, w in opened.items()} == {
        n: "".join(w) for n, w in surfaces(chosen, "quote").items()
    }


def test_a_speaker_opens_his_words(payload, said):
    table = said.table[~said.table["nested"]]
    first = table.groupby("speaker_resolved")["n_words"].sum().drop("", errors="ignore").idxmax()
    opened = behind(payload, f"أقوال {first}")
    assert set(opened) == set(table.loc[table["speaker_resolved"] == first, "passage_id"])


def test_shares_of_voices_are_those_of_the_result(made, said):
    text = made.html.decode()
    assert 'id="voices"' in text
    assert 'id="naming"' in text
    own = said.shares(production="all").table.query("voice == 'own voice' and outlet == 'amad'")
    assert f"{own['share'].iloc[0]:.0%}" in text[text.index('id="voices"') :]


def test_headlines_stand_apart_in_every_section(made, seeds):
    headlines = seeds.passages(part="headline")
    text = made.html.decode()
    own = naming(headlines, production="all").mentions
    sections = {
        name: text[text.index(f'id="{name}"') :] for name in ("naming", "voices", "keyness")
    }
    assert len(own)
    for section in sections.values():
        assert "في العناوين وحدها" in section.split("</section>")[0]


def test_one_event_and_one_word_stand_in_the_report_with_their_passages():
    rows = []
    for n in range(40):
        outlet, word = "أب"[n % 2], ("قصف", "حوار")[n % 2]
        beside = " ".join(f"{word} {other}" for other in ("مدينة", "وفد", "سوق", "شارع")[n % 3 :])
        text = f"<b>{beside} النظام {word} {'كلمة ' * (n % 5)} ورقم {n}."
        rows.append(
            {
                "id": f"a{n}",
                "outlet": outlet,
                "title": f"عنوان <i>{n}",
                "date": f"2018-0{n % 9 + 1}-01",
                "text": text,
            }
        )
    rows[3] |= {"text": rows[2]["text"] + " وزاد شيئا.", "date": rows[2]["date"]}
    made = Context(
        corpus=read_corpus(pd.DataFrame(rows)),
        themes=load_themes(),
        options=ReportOptions(title="x"),
    )
    told, meant = events(made), meanings(made)
    assert told.parts and not told.caution
    assert all(
        cell.evidence is not None
        for row in told.parts[0].rows
        for cell in row
        if isinstance(cell, Number)
    )
    assert [part.caption.ar for part in meant.parts] == ["النظام"]
    assert meant.parts[0].rows[0][1].evidence is not None
