"""An archive of a corpus: with its texts, or with what may be shared where texts may not.

Without texts it still says which articles were used, how each was cut, and what was counted:
ids, urls, dates, offsets, hashes. Who has the same pages can check every hash.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from syriatopics.arabic import ArabicAnalyzer
from syriatopics.corpus.parse.genre import stated_genre
from syriatopics.escaping import guarded, number_of, to_bytes
from syriatopics.files import folder_made_whole, require_free, sha256_of
from syriatopics.records import Article

if TYPE_CHECKING:
    from syriatopics.corpus.corpus import Corpus

__all__ = ["export", "row_of"]

# Words of the page, or of people: they stay at home with the texts.
_WORDS = ("title", "author", "translator")
# A longer value of a column of the user's own is no name of a group.
_LONGEST_GROUP = 60
_ABOUT = {
    "articles.csv": "a row per article: outlet, dates, sizes, and the hash of its raw text",
    "passages.csv": "a row per passage: its place in the raw text (start, end), and its hash",
    "removed.csv": "a row per stretch that is no body text: its place, kind and reason",
    "texts.jsonl": "the raw texts, one article per line; `read_corpus` reads this file",
    "statement.txt": "what the data section of a paper needs",
    "counts.mtx": "Matrix Market: passages × terms, in the order of docvars.csv and vocabulary.csv",
    "vocabulary.csv": "the terms (match keys), each with the form that people read",
    "docvars.csv": "a row per passage of counts.mtx",
}
_FOR_R = """
## Into R

```r
library(Matrix)
vocabulary <- read.csv("vocabulary.csv", encoding = "UTF-8")
docvars <- read.csv("docvars.csv", encoding = "UTF-8", colClasses = c(passage_id = "character"))
counts <- as(readMM("counts.mtx"), "CsparseMatrix")
dimnames(counts) <- list(docvars$passage_id, vocabulary$term)

library(quanteda)
features <- as.dfm(counts)
docvars(features) <- docvars

library(stm)
documents <- convert(features, to = "stm", docvars = docvars)
model <- stm(documents$documents, documents$vocab, K = 20, prevalence = ~ outlet, data = documents$meta)
```
"""


def export(corpus: Corpus, folder: Path, text: bool = True, for_r: bool = False) -> Path:
    """Write an archive of a corpus into a folder that is new or empty.

    Everything is written beside the folder first and moved there at the end, so that no half
    of an archive is ever seen.

    Parameters
    ----------
    corpus : Corpus
    folder : Path
    text : bool
        Whether the texts go into it.
    for_r : bool
        Whether counts of terms go into it.

    Raises
    ------
    InputError
        If the folder holds something.
    """
    require_free(folder, "the archive")
    with folder_made_whole(folder) as staging:
        _write(corpus, staging, text, for_r)
    return folder


def _write(corpus: Corpus, folder: Path, text: bool, for_r: bool) -> None:
    _csv(_articles(corpus, text), folder / "articles.csv")
    _csv(_passages(corpus, text), folder / "passages.csv")
    _csv(_removed(corpus, text), folder / "removed.csv")
    _text(corpus.summary().text, folder / "statement.txt")
    if text:
        lines = (json.dumps(row, ensure_ascii=False) for row in map(row_of, corpus.articles))
        _text("\n".join(lines), folder / "texts.jsonl")
    if for_r:
        _counts(corpus, folder)
    present = [name for name in _ABOUT if (folder / name).exists()]
    _text(_readme(corpus, present, for_r), folder / "README.md")
    _text(json.dumps(_manifest(corpus, folder, text), indent=1), folder / "manifest.json")


# ---- tables ------------------------------------------------------------------------------


def _articles(corpus: Corpus, text: bool) -> pd.DataFrame:
    table = corpus.table.assign(
        n_characters=[len(article.raw) for article in corpus.articles],
        sha256=[_hash(article.raw) for article in corpus.articles],
    )
    return table if text else _shareable(table.drop(columns=list(_WORDS)), corpus)


def _shareable(table: pd.DataFrame, corpus: Corpus) -> pd.DataFrame:
    """Leave out the columns of the user's own that hold words of the articles and no groups."""
    own = {name for article in corpus.articles for name in article.extra}
    kept = [name for name in table if name not in own or _groups(table[name])]
    return table[kept]


def _groups(held: pd.Series) -> bool:
    words = held.dropna()
    if words.map(type).ne(str).all():
        return True
    words = words.astype(str)
    return bool(words.str.len().max() <= _LONGEST_GROUP and words.nunique() <= len(words) / 2)


def _passages(corpus: Corpus, text: bool) -> pd.DataFrame:
    table = corpus.passages().loaded().table
    kept = ["passage_id", "article_id", "start", "end", *(["text"] if text else [])]
    return table[kept].assign(sha256=list(map(_hash, table["text"])))


def _removed(corpus: Corpus, text: bool) -> pd.DataFrame:
    table = corpus.removed
    return table if text else table.drop(columns="text")


def row_of(article: Article) -> dict[str, Any]:
    """Return an article as a line that :func:`read_corpus` reads again."""
    fields = ("title", "outlet", "author", "translator", "origin", "url", "production")
    row: dict[str, Any] = {"article_id": article.article_id, "text": article.raw}
    row |= {name: getattr(article, name) for name in fields}
    row |= {name: value for name, value in article.extra.items() if name not in row}
    row["genre"] = stated_genre(article)
    for name in ("date_printed", "event_start", "event_end"):
        when = getattr(article, name)
        row[name] = when.isoformat() if when is not None else None
    return row | {"date_status": article.date_status}


def _counts(corpus: Corpus, folder: Path) -> None:
    from scipy.io import mmwrite
    from sklearn.feature_extraction.text import CountVectorizer

    passages = corpus.passages()
    analyzer = ArabicAnalyzer().fit(passages.texts)
    vectorizer = CountVectorizer(analyzer=analyzer.vocabulary_analyzer())
    counts = vectorizer.fit_transform(passages.texts)
    counts.sort_indices()
    terms = vectorizer.get_feature_names_out()
    mmwrite(folder / "counts.mtx", counts, field="integer")
    display = [analyzer.display(term) for term in terms]
    _csv(pd.DataFrame({"term": terms, "display": display}), folder / "vocabulary.csv")
    about = corpus.table.set_index("article_id")[["origin"]]
    docvars = _shareable(passages.table.drop(columns="text", errors="ignore"), corpus)
    _csv(docvars.join(about, on="article_id"), folder / "docvars.csv")


# ---- files -------------------------------------------------------------------------------


def _hash(text: str) -> str:
    return hashlib.sha256(to_bytes(text)).hexdigest()


def _csv(table: pd.DataFrame, path: Path) -> None:
    guarded(table).to_csv(
        path, index=False, encoding="utf-8", lineterminator="\n", errors="replace"
    )


def _text(text: str, path: Path) -> None:
    path.write_text(text + "\n", encoding="utf-8", errors="replace", newline="\n")


def _readme(corpus: Corpus, names: Iterable[str], for_r: bool) -> str:
    files = "\n".join(f"- `{name}`: {_ABOUT[name]}" for name in names)
    return (
        f"# A corpus of {number_of(len(corpus), 'article')}\n\n{files}\n\nHashes are SHA-256 of UTF-8. "
        f"Offsets count characters of the raw text. In the csv files ' stands before a text that a "
        f"spreadsheet would take for a formula.\n{_FOR_R if for_r else ''}"
    )


def _manifest(corpus: Corpus, folder: Path, text: bool) -> dict[str, Any]:
    from syriatopics import __version__

    return {
        "made_by": f"syriatopics {__version__}",
        "corpus_fingerprint": corpus.fingerprint,
        "n_articles": len(corpus),
        "texts": text,
        "notes": list(corpus.notes),
        "files": {path.name: sha256_of(path) for path in sorted(folder.iterdir())},
    }
