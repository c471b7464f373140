"""Encoders: each text for itself, once, kept, resumed; whatever a text holds."""

from dataclasses import dataclass, field

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some
from service import service

import syriatopics as st
from syriatopics.encoders import (
    E5,
    LSA,
    AddressEncoder,
    as_encoder,
    centred,
    embed,
    encode_texts,
    nearest_names,
    prepared,
)
from syriatopics.encoders.kept import VectorStore
from syriatopics.encoders.texts import windows
from syriatopics.errors import InputError, TooSmallError


@dataclass
class Counting:
    """An encoder that counts what it is asked, and may end in the middle."""

    name: str = "counting"
    fingerprint: str = "counting-1"
    window: int = 50
    ends_after: int = 10**9
    asked: list = field(default_factory=list)

    def encode(self, texts):
        if len(self.asked) + len(texts) > self.ends_after:
            raise KeyboardInterrupt
        self.asked += texts
        return np.array([[len(t), len(t.split()), 1.0] for t in texts], dtype=np.float32)


TEXTS = [f"نص {n} {'كلمة ' * (n % 7)}" for n in range(40)]


def test_each_text_is_encoded_once_and_found_again(tmp_path):
    encoder = Counting()
    one = embed([*TEXTS, *TEXTS], encoder, cache=tmp_path)
    assert len(encoder.asked) == 40 and np.array_equal(one[:40], one[40:])
    again = Counting()
    assert np.array_equal(embed(TEXTS[::-1], again, cache=tmp_path)[::-1], one[:40])
    assert again.asked == []
    assert len(embed(["آخر"], other := Counting(fingerprint="counting-2"), cache=tmp_path)) == 1
    assert other.asked == ["آخر"]


def test_what_was_ended_goes_on_with_whole_batches(tmp_path):
    with pytest.raises(KeyboardInterrupt):
        embed(TEXTS, Counting(ends_after=35), cache=tmp_path)
    rest = Counting()
    found = embed(TEXTS, rest, cache=tmp_path)
    assert len(rest.asked) == 8
    assert np.array_equal(found, embed(TEXTS, Counting(), cache=tmp_path / "new"))


def test_no_text_is_in_the_store(tmp_path):
    embed(["وصلت المساعدات"], Counting(), cache=tmp_path)
    (file,) = tmp_path.iterdir()
    assert "المساعدات".encode() not in file.read_bytes()


def test_a_damaged_vector_is_made_again_and_a_damaged_store_is_named(tmp_path):
    store = VectorStore(tmp_path, "f")
    store.add([b"a" * 16, b"b" * 16], np.ones((2, 3), dtype=np.float32))
    data = bytearray(store.path.read_bytes())
    place = data.index(np.float32(1).tobytes() * 3)
    data[place] ^= 1
    store.path.write_bytes(bytes(data))
    assert len(store.find([b"a" * 16, b"b" * 16])) == 1
    store.path.write_bytes(b"no store" * 200)
    with pytest.raises(InputError, match="no store of vectors any more"):
        store.find([b"a" * 16])


def test_long_texts_are_windowed_and_empty_ones_are_nothing(tmp_path):
    encoder = Counting()
    found = embed(["كلمة " * 120, "", "  \x00 ", "كلمة"], encoder, cache=tmp_path)
    assert max(len(text.split()) for text in encoder.asked) <= 50
    assert np.abs(found[1:3]).sum() == 0 and np.isclose(np.linalg.norm(found[0]), 1)
    assert embed([], Counting(), cache=tmp_path).shape[0] == 0


@given(some.text(max_size=60))
def test_prepared_text_is_safe_for_any_encoder(text):
    done = prepared(text)
    done.encode("utf-8")
    assert "\x00" not in done and prepared(done) == done


def test_vowel_marks_and_halves_of_characters_change_nothing():
    assert prepared("قَالَ الرَّئِيسُ") == prepared("قال الرئيس") == prepared("قـــال\ud800 الرئيس")


@given(some.lists(some.sampled_from("ab"), max_size=40), some.integers(1, 9))
def test_windows_hold_every_word_once(words, n):
    cut = windows(" ".join(words), n)
    assert " ".join(cut).split() == words and all(len(w.split()) <= n for w in cut)


def test_lsa_does_not_hang_on_the_order(passages):
    texts = passages.texts
    one = LSA().fit(texts)
    two = LSA().fit(texts[::-1])
    assert one.fingerprint == two.fingerprint
    assert np.array_equal(one.encode(texts[:5]), two.encode(texts[:5]))
    assert one.encode(["", "زرافة"]).sum() == 0 and len(one.encode([])) == 0


def test_centring_takes_off_what_all_have_in_common():
    rng = np.random.default_rng(0)
    cone = rng.normal(0, 0.1, (50, 8)) + 1
    assert (cone[:1] @ cone.T / np.linalg.norm(cone[0]) / np.linalg.norm(cone, axis=1)).min() > 0.9
    flat = centred(np.vstack([cone, np.zeros(8)]))
    assert abs((flat[:50] @ flat[:50].T)[~np.eye(50, dtype=bool)].mean()) < 0.05
    assert flat[50].sum() == 0


def test_what_is_no_encoder():
    with pytest.raises(InputError, match="int is no encoder"):
        as_encoder(3)

    class Broken(Counting):
        def encode(self, texts):
            return np.full((len(texts), 3), np.nan)

    with pytest.raises(InputError, match="'counting' gave"):
        embed(["a"], Broken(fingerprint="broken"))


def test_an_address_that_speaks_embeddings(tmp_path):
    """Answers may come in any order: they are taken by their index."""

    def answer(path, request, headers, number):
        rows = [{"index": k, "embedding": [len(t), 1.0]} for k, t in enumerate(request["input"])]
        return 200, {}, {"data": rows[::-1]}

    with service(answer) as (address, asked):
        found = embed(TEXTS, address, cache=tmp_path)
        assert found[:, 0].tolist() == [len(prepared(text)) for text in TEXTS]
        assert asked[0][0] == "/v1/embeddings" and len(asked) == 3
        embed(TEXTS, AddressEncoder(address), cache=tmp_path)
        assert len(asked) == 3
    other = pytest.raises(InputError, match="does not speak /v1/embeddings")
    with service(lambda *_: (200, {}, {"data": []})) as (address, _), other:
        embed(["a"], address, cache=tmp_path)


@pytest.mark.needs("e5")
def test_e5_gives_a_text_the_same_vector_in_any_company():
    """Other encoders do not (sentence-transformers 2312, 3197): a batch changes the last digits."""
    texts = ["وصلت المساعدات إلى المخيم", "شن الطيران غارات", "انتخابات ودستور جديد", "كرة القدم"]
    e5 = E5(engine="package")
    whole = e5.encode(texts)
    assert whole.shape == (4, 384) and whole.dtype == np.float32
    assert np.array_equal(whole, np.vstack([e5.encode([text]) for text in texts]))
    assert np.array_equal(whole, e5.encode(texts[::-1])[::-1])
    assert (whole @ whole.T).min() > 0.7  # a narrow cone: no threshold can be read off it
    asked = e5.encode_query(["aid for refugees"])[0]
    near = centred(whole) @ centred(asked[None], whole.mean(axis=0))[0]
    assert near.argmax() == 0


@pytest.mark.needs("e5", "embeddings")
def test_the_same_weights_in_torch_give_nearly_the_same_vectors():
    """Words the model has no piece for, other scripts, and texts of very unlike length in one batch."""
    texts = [
        "شن الطيران غارات",
        "الأسد",
        "x",
        "ﷺ ① ½ 叙利亚 😀 Köln",
        "قال  إن" + " كلمة جديدة" * 200,
    ]
    one, two = (E5(engine=engine) for engine in ("package", "torch"))
    assert one.fingerprint != two.fingerprint
    for call in ("encode", "encode_query"):
        a, b = getattr(one, call)(texts), getattr(two, call)(texts)
        assert b.dtype == np.float32 and (a * b).sum(axis=1).min() > 0.999
    assert two.encode([]).shape == (0, 384)
    alone = np.vstack([two.encode([text]) for text in texts])
    assert (alone * b).sum(axis=1).min() > 0 and (alone * two.encode(texts)).sum(
        axis=1
    ).min() > 0.9999


def test_an_engine_that_is_none_is_named():
    with pytest.raises(InputError, match="engine='gpu' is not known"):
        E5(engine="gpu")


@pytest.mark.needs("e5")
def test_other_weights_are_refused(monkeypatch):
    from syriatopics.encoders import e5

    e5._model.cache_clear()
    monkeypatch.setattr(e5, "WEIGHTS", "0" * 64)
    with pytest.raises(InputError, match="not those that were tried"):
        E5().encode(["a"])
    e5._model.cache_clear()


def test_search_finds_by_meaning(passages):
    found = st.search(passages, "المساعدات الإنسانية للنازحين", n=5)
    assert len(found.table) == 5 and found.table["similarity"].is_monotonic_decreasing
    assert "lsa" in found.notes[0]
    text = passages.texts[7]
    assert st.search(passages, text, n=1).table["text"].tolist() == [text]
    with pytest.raises(InputError, match="holds no word"):
        st.search(passages, "zzz")
    with pytest.raises(InputError, match="one at least"):
        st.search(passages, "سوريا", n=0)


@pytest.mark.parametrize(
    ("longest", "window"), [(float("inf"), 10_000), (None, 10_000), (512, 170), (8, 20)]
)
def test_how_much_a_model_sees(longest, window, monkeypatch):
    """Some models say that they see without end, by infinity."""
    from types import SimpleNamespace

    from syriatopics.encoders import Model, models

    monkeypatch.setattr(models, "_loaded", lambda name: SimpleNamespace(max_seq_length=longest))
    assert Model("some-name").window == window


def test_vectors_of_questions_are_not_kept(tmp_path):
    encode_texts(Counting(), ["سؤال"], query=True, cache=tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_corpus_of_one_passage_can_be_searched():
    found = st.search(st.read_corpus(["قصف الجيش المدينة يوم أمس"]), "القصف")
    assert len(found) == 1


def test_a_name_that_is_near_everything_is_not_everybodys(tmp_path):
    """Each text has its name; one name lies between all of them, and none gets it."""

    class Hubs:
        name = fingerprint = "hubs"

        def encode(self, texts):
            out = np.zeros((len(texts), 5))
            for row, text in enumerate(texts):
                kind, _, place = text.partition(" ")
                if kind == "hub":
                    out[row, :4] = 1
                else:
                    out[row, int(place)] = 1
                    out[row, :4] += 0.4 if kind == "text" else 0
                    out[row, 4] = 0.9 if kind == "name" else 0
            return out

    texts = [f"text {n}" for n in range(4)]
    names = ["hub 0", *(f"name {n}" for n in (3, 1, 0, 2))]
    found = nearest_names(texts, names, encoder=Hubs(), cache=tmp_path)
    assert found == [f"name {n}" for n in range(4)]
    assert [
        nearest_names([text], names[1:], encoder=Hubs(), cache=tmp_path)[0] for text in texts
    ] == found
    assert nearest_names([], names, encoder=Hubs(), cache=tmp_path) == []


def test_texts_of_one_term_are_no_space():
    with pytest.raises(TooSmallError, match="One term"):
        LSA().fit(["حلب", "حلب حلب"])
