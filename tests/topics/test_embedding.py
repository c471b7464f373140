import json
from dataclasses import dataclass

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score

import syriatopics as st
from syriatopics.encoders import Model, check_vectors
from syriatopics.encoders.lsa import offline_space
from syriatopics.errors import InputError, TooSmallError
from syriatopics.topics.projection import side_by_side

slow = pytest.mark.slow
clusters = pytest.mark.needs("bertopic")
encodes = pytest.mark.needs("embeddings")


@pytest.fixture(scope="module")
def static_model(tmp_path_factory, planted):
    """Return the folder of a static model in which the words of a topic are near each other."""
    import model2vec
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Whitespace

    words = sorted({word for text in planted[0].texts for word in text.split()})
    tokenizer = Tokenizer(WordLevel({w: n for n, w in enumerate(["[UNK]", *words])}, "[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    truth = {w: g for text, g in zip(*map(list, (planted[0].texts, planted[1])), strict=True) for w in text.split()}  # fmt: skip
    vectors = np.random.default_rng(0).normal(0, 0.1, (len(words) + 1, 8))
    for n, word in enumerate(words, start=1):
        vectors[n, truth[word]] += 1
    folder = tmp_path_factory.mktemp("static")
    model2vec.StaticModel(vectors.astype(np.float32), tokenizer).save_pretrained(str(folder))
    return folder


def test_too_few_passages_name_the_alternative():
    dtm = st.count_terms(["سوريا روسيا", "سوريا روسيا", "جنيف محادثات", "جنيف محادثات"])
    with pytest.raises(TooSmallError, match="NMF"):
        st.EmbeddingTopics(n_topics=2).fit(dtm)


def test_embeddings_of_the_wrong_shape_or_with_holes(dtm):
    with pytest.raises(InputError, match="one row each"):
        st.EmbeddingTopics(embeddings=np.zeros((3, 4))).fit(dtm)
    with pytest.raises(InputError, match="encoder= the name of what makes them"):
        st.EmbeddingTopics(embeddings="e5").fit(dtm)
    with pytest.raises(InputError, match="one row each"):
        st.EmbeddingTopics(embeddings=np.zeros(dtm.shape[0])).fit(dtm)
    with pytest.raises(InputError, match="no array of numbers"):
        check_vectors(np.array([["a", "b"]]), 1)
    holes = np.zeros((dtm.shape[0], 4))
    holes[7, 1] = np.nan
    with pytest.raises(InputError, match="first in row 7"):
        st.EmbeddingTopics(embeddings=holes).fit(dtm)


@clusters
def test_options_that_are_not_known(dtm):
    with pytest.raises(InputError, match="Choices: 'hdbscan', 'kmeans'"):
        st.EmbeddingTopics(clusterer="birch").fit(dtm)
    with pytest.raises(InputError, match="zero_shot='all'"):
        st.EmbeddingTopics(zero_shot="all").fit(dtm)
    with pytest.raises(InputError, match="No seed word of 'x'"):
        st.EmbeddingTopics(guided={"x": ["زرافة"]}).fit(dtm)
    with pytest.raises(InputError, match="at least one word"):
        st.EmbeddingTopics(guided={"x": []}).fit(dtm)
    given = np.random.default_rng(0).normal(size=(dtm.shape[0], 4))
    with pytest.raises(InputError, match="words have no vector"):
        st.EmbeddingTopics(embeddings=given, guided={"x": ["سوريا"]}).fit(dtm)


@encodes
def test_a_model_that_is_not_there(tmp_path):
    (tmp_path / "config.json").write_text(json.dumps({"model_type": "model2vec"}), "utf-8")
    with pytest.raises(InputError, match="No embedding model"):
        Model(str(tmp_path)).encode(["سوريا"])


def test_the_offline_space_holds_every_axis_it_can(dtm, counted):
    assert offline_space(dtm.counts, 0).vectors(dtm.counts).shape == (111, 100)
    vectors = offline_space(counted.counts, 0).vectors(counted.counts)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1)


@slow
@clusters
def test_embedding_topics_on_the_seeds(dtm):
    one, two = (st.EmbeddingTopics(n_topics=4, random_state=3).fit(dtm) for _ in range(2))
    assert np.array_equal(one.theta, two.theta, equal_nan=True)
    assert np.array_equal(one.phi, two.phi)
    assert any("PCA and k-means" in note for note in one.notes)
    assert len(one.top_terms(5)) == 20


@slow
@clusters
def test_given_embeddings_are_wanted_again_for_new_passages(counted, planted):
    vectors = np.eye(3)[planted[1]] + np.random.default_rng(0).normal(0, 0.05, (150, 3))
    topics = st.EmbeddingTopics(n_topics=3, embeddings=vectors).fit(counted)
    assert adjusted_rand_score(planted[1], topics.theta.argmax(axis=1)) == 1
    with pytest.raises(InputError, match="give those of the new passages too"):
        topics.transform(counted)
    assert np.allclose(topics.transform(counted, embeddings=vectors), topics.theta)
    with pytest.raises(InputError, match="4 dimensions"):
        topics.transform(counted, embeddings=np.ones((150, 4)))


@dataclass
class Letters:
    """An encoder of one's own: how often a text has each letter, in a narrow cone as encoders have it."""

    name: str = "letters"
    fingerprint: str = "letters-1"

    def encode(self, texts):
        found = [[text.count(letter) for letter in "ابتدرسعفقكلمنهوي"] for text in texts]
        return np.asarray(found, dtype=np.float32) + 20


@slow
@clusters
def test_an_encoder_stands_beside_the_offline_space(counted, planted, tmp_path, monkeypatch):
    monkeypatch.setenv("SYRIATOPICS_CACHE", str(tmp_path / "kept"))
    both = st.EmbeddingTopics(n_topics=3, encoder=Letters()).fit(counted)
    assert adjusted_rand_score(planted[1], both.theta.argmax(axis=1)) == 1
    assert both.projection.centres.shape[1] == len(both.projection.axes) + 16
    vectors = st.embed(counted.passages, Letters(), words=80)
    assert np.allclose(both.transform(counted, embeddings=vectors), both.theta)
    with pytest.raises(InputError, match="15 dimensions, those of the model 16"):
        both.transform(counted, embeddings=vectors[:, :15])
    with pytest.raises(InputError, match="give those of the new passages too"):
        both.transform(counted)
    both.save(tmp_path / "m")
    loaded = st.load_topics(tmp_path / "m").transform(counted, embeddings=vectors)
    assert np.allclose(loaded, both.theta)


@slow
@clusters
def test_lsa_as_encoder_is_the_offline_space(counted):
    one, two = (st.EmbeddingTopics(n_topics=3, encoder=e).fit(counted) for e in ("lsa", None))
    assert np.array_equal(one.theta, two.theta)


def test_side_by_side_neither_outweighs_the_other():
    rng = np.random.default_rng(0)
    offline, vectors = rng.normal(size=(20, 3)), 50 + rng.normal(size=(20, 7))
    offline[4] = 0
    centre = np.concatenate([offline.mean(axis=0), vectors.mean(axis=0)])
    both = side_by_side(offline, vectors, centre)
    lengths = np.linalg.norm(both[:, :3], axis=1)
    assert np.allclose(np.delete(lengths, 4), np.sqrt(0.5)) and lengths[4] == 0
    assert np.allclose(np.linalg.norm(both[:, 3:], axis=1), np.sqrt(0.5))
    assert np.allclose(side_by_side(offline[3:5], vectors[3:5], centre), both[3:5])


@slow
@clusters
@encodes
def test_models_by_path(static_model, counted, planted, tmp_path):
    topics = st.EmbeddingTopics(n_topics=3, encoder=str(static_model)).fit(counted)
    assert adjusted_rand_score(planted[1], topics.theta.argmax(axis=1)) >= 0.9
    topics.save(tmp_path / "m")
    assert np.allclose(st.load_topics(tmp_path / "m").transform(counted), topics.theta, atol=1e-6)


@slow
@clusters
@encodes
def test_sentence_transformers_by_path(static_model, counted, planted, tmp_path):
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.models import StaticEmbedding

    module = StaticEmbedding.from_model2vec(str(static_model))
    SentenceTransformer(modules=[module], device="cpu").save(str(tmp_path / "sentence"))
    topics = st.EmbeddingTopics(n_topics=3, encoder=str(tmp_path / "sentence")).fit(counted)
    assert adjusted_rand_score(planted[1], topics.theta.argmax(axis=1)) >= 0.9


@slow
@clusters
def test_zero_shot_topics_carry_the_names_of_their_themes(counted, planted):
    words = {"humanitarian": ["مساعدات", "إغاثة", "نازحين"], "war": ["غارة", "قصف", "جيش"]}
    topics = st.EmbeddingTopics(n_topics=2, zero_shot=words, min_similarity=0.3).fit(counted)
    labels = topics.labels.set_index("en")["topic"]
    aid = topics.theta.argmax(axis=1) == labels["Humanitarian"]
    assert (aid == (planted[1] == 0)).mean() > 0.9
    assert "war" in labels
    assert any("Themes that took passages at a cosine of 0.3" in note for note in topics.notes)


@slow
@clusters
def test_themes_that_leave_too_few_passages():
    from scipy import sparse

    from syriatopics.topics.clustering import cluster

    vectors = np.vstack([np.tile([1.0, 0.0, 0.0], (38, 1)), [[0, 1, 0], [0, 0, 1]]])
    with pytest.raises(InputError, match="leave too few passages for 5 clusters"):
        cluster(
            vectors, sparse.csr_matrix(np.ones((40, 6), dtype=int)), n_topics=5, density=False,
            small=True, guided=None, zero_shot={"aid": np.array([1.0, 0.0, 0.0])},
            min_similarity=0.5, random_state=0,
        )  # fmt: skip


@slow
@clusters
def test_guided_topics_and_density(planted, passages_of):
    texts = [t for t in planted[0].texts for _ in range(2)]
    rng = np.random.default_rng(1)
    texts = [" ".join(rng.permutation(text.split())[:12]) for text in texts]
    dtm = st.count_terms(passages_of(texts, ["amad"] * 300), max_df=1.0)
    truth = np.repeat(planted[1], 2)
    dense = st.EmbeddingTopics(n_topics=3, clusterer="hdbscan").fit(dtm)
    assert dense.n_topics <= 3
    assert adjusted_rand_score(truth, dense.theta.argmax(axis=1)) >= 0.9
    guided = st.EmbeddingTopics(n_topics=3, guided={"aid": ["نازحين", "غذاء"]}).fit(dtm)
    assert adjusted_rand_score(truth, guided.theta.argmax(axis=1)) >= 0.9
