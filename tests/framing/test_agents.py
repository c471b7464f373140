"""Whether the agent of an act is named or dropped, with the counter-example of each rule."""

import pytest

import syriatopics as st
from syriatopics.framing import agents
from syriatopics.matrix import _as_passages

NAMED = [
    ("قتل الجيش عشرة مدنيين في المدينة", "الجيش"),
    ("قصف النظام السوري يقتل المدنيين", "النظام"),
    ("الطيران الروسي يقصف إدلب", "الطيران الروسي"),
    ("غارات إسرائيلية على محيط دمشق", "إسرائيلية"),
    ("مقتل خمسة مدنيين على يد مسلحين", "مسلحين"),
    ("مقتل ثلاثة في قصف تركي على الريف", "تركي"),
    ("استهدفت طائرات التحالف قافلة", "طائرات التحالف"),
    ("لقي طفل مصرعه أمس", None),
]
DROPPED = [
    "قُتل عشرة مدنيين في المدينة",
    "قتل خمسة من قوات النظام",
    "مقتل عشرة مدنيين في حلب",
    "مقتل جندي في الجيش السوري",
    "قصف على أحياء المدينة",
    "استشهاد طفلين في درعا",
    "قتل عشرة. الجيش ينفي",
    "غارات على محيط دمشق، وإسرائيل لا تعلق",
]


def found(text):
    return agents(_as_passages([text]), production="all").mentions


@pytest.mark.parametrize(("text", "agent"), NAMED[:-1])
def test_an_agent_that_is_named(text, agent):
    table = found(text)
    assert table["agent"].iloc[0] == agent and table["named"].iloc[0]


@pytest.mark.parametrize("text", DROPPED)
def test_an_agent_that_is_dropped(text):
    table = found(text)
    assert len(table) and not table["named"].any(), table


def test_words_of_violence_alone_are_asked():
    assert not len(found("بحث الوزير تطوير الزراعة مع الجيش"))


def test_places_are_those_of_the_text():
    for text, _ in NAMED[:-1]:
        for row in found(text).itertuples():
            assert text[row.start : row.end].split()
            assert not row.agent or row.agent in text


def test_shares_are_by_outlet_and_by_part(seeds):
    result = agents(seeds.passages(part="all"), production="all")
    assert {"outlet", "share", "low", "high", "n_articles"} <= set(result.table.columns)
    assert result.table["share"].dropna().between(0, 1).all()
    heads = agents(seeds.passages(), part="headline", production="all").mentions
    assert set(heads["passage_id"]) <= set(seeds.passages(part="headline").table["passage_id"])


def test_agents_are_a_variable_that_one_can_extend():
    words = st.lexicons.load("acts")
    assert {act.id for act in words.act} >= {"kill", "strike"}
