"""Topic models of other packages on the same tokens: counts in, clusters and words out.

Each peer is called as its documentation shows, with its defaults where nothing is said.
"""

import warnings

import numpy as np

from syriatopics.topics.structural import token_lists


def sklearn_nmf(dtm, k, seed):
    from sklearn.decomposition import NMF
    from sklearn.feature_extraction.text import TfidfTransformer

    model = NMF(k, random_state=seed, init="nndsvda")
    theta = model.fit_transform(TfidfTransformer().fit_transform(dtm.counts))
    return theta.argmax(axis=1), model.components_


def sklearn_minibatch_nmf(dtm, k, seed):
    from sklearn.decomposition import MiniBatchNMF
    from sklearn.feature_extraction.text import TfidfTransformer

    model = MiniBatchNMF(k, random_state=seed, batch_size=4096)
    theta = model.fit_transform(TfidfTransformer().fit_transform(dtm.counts))
    return theta.argmax(axis=1), model.components_


def sklearn_lda(dtm, k, seed, rounds=10):
    from sklearn.decomposition import LatentDirichletAllocation

    model = LatentDirichletAllocation(
        k, learning_method="online", max_iter=rounds, random_state=seed
    )
    theta = model.fit_transform(dtm.counts)
    return theta.argmax(axis=1), model.components_


def sklearn_kmeans(dtm, k, seed):
    from sklearn.cluster import KMeans
    from sklearn.decomposition import TruncatedSVD
    from sklearn.feature_extraction.text import TfidfTransformer
    from sklearn.preprocessing import normalize

    weights = TfidfTransformer().fit_transform(dtm.counts)
    vectors = normalize(TruncatedSVD(100, random_state=seed).fit_transform(weights))
    found = KMeans(k, n_init=3, random_state=seed).fit_predict(vectors)
    return found, np.stack([np.asarray(weights[found == c].mean(axis=0)).ravel() for c in range(k)])


def gensim_lda(dtm, k, seed, rounds=10):
    from gensim.matutils import Sparse2Corpus
    from gensim.models import LdaModel

    corpus = list(Sparse2Corpus(dtm.counts.tocsc(), documents_columns=False))
    names = dict(enumerate(map(str, dtm.terms)))
    model = LdaModel(corpus, k, id2word=names, passes=rounds, random_state=seed)
    theta = np.zeros((len(corpus), k))
    for row, passage in enumerate(corpus):
        for topic, share in model.get_document_topics(passage, minimum_probability=0):
            theta[row, topic] = share
    return theta.argmax(axis=1), model.get_topics()


def tomotopy_lda(dtm, k, seed, rounds=500):
    import tomotopy

    return _tomotopy(tomotopy.LDAModel(k=k, seed=seed + 1), dtm, rounds)


def tomotopy_ctm(dtm, k, seed, rounds=200):
    import tomotopy

    return _tomotopy(tomotopy.CTModel(k=k, seed=seed + 1), dtm, rounds)


def _tomotopy(model, dtm, rounds):
    for tokens in token_lists(dtm.counts, dtm.terms):
        model.add_doc(tokens)
    model.train(rounds, workers=1)
    theta = np.stack([document.get_topic_dist() for document in model.docs])
    words = np.stack([model.get_topic_word_dist(topic) for topic in range(model.k)])
    return theta.argmax(axis=1), _spread(words, list(model.used_vocabs), dtm)


def topica_lda(dtm, k, seed, rounds=500):
    import topica

    model = topica.LDA(k, seed=seed, num_threads=1)
    model.fit(
        token_lists(dtm.counts, dtm.terms), iters=rounds, keep_theta_draws=False, progress=False
    )
    words = _spread(np.asarray(model.topic_word), list(model.vocabulary), dtm)
    return np.asarray(model.doc_topic).argmax(axis=1), words


def bertopic(dtm, k, seed):
    """BERTopic as it comes (UMAP, HDBSCAN, c-TF-IDF) on the vectors that k-means got."""
    from bertopic import BERTopic
    from sklearn.decomposition import TruncatedSVD
    from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer
    from sklearn.preprocessing import normalize
    from umap import UMAP

    vectors = normalize(
        TruncatedSVD(100, random_state=seed).fit_transform(
            TfidfTransformer().fit_transform(dtm.counts)
        )
    )
    model = BERTopic(
        language="multilingual",
        embedding_model=None,
        umap_model=UMAP(
            n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", random_state=seed
        ),
        vectorizer_model=CountVectorizer(
            analyzer=dtm.analyzer.vocabulary_analyzer(), vocabulary=list(dtm.terms)
        ),
        nr_topics=k + 1,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found, _ = model.fit_transform(dtm.passages.texts, embeddings=vectors)
    rows = len(set(found) - {-1})
    return np.asarray(found), np.maximum(model.c_tf_idf_.toarray()[-rows:], 0)


def _spread(words, vocabulary, dtm):
    place = {term: column for column, term in enumerate(dtm.terms)}
    whole = np.zeros((len(words), len(dtm.terms)))
    whole[:, [place[term] for term in vocabulary]] = words
    return whole


PEERS = {
    "scikit-learn NMF on TF-IDF": sklearn_nmf,
    "scikit-learn LDA, online": sklearn_lda,
    "scikit-learn k-means on LSA": sklearn_kmeans,
    "gensim LDA": gensim_lda,
    "tomotopy LDA": tomotopy_lda,
    "tomotopy CTM": tomotopy_ctm,
    "topica LDA": topica_lda,
    "BERTopic": bertopic,
}
