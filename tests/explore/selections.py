"""Random selections of passages, as the page chooses them and as Python does, and what both say of them."""

from __future__ import annotations

import numpy as np
import pandas as pd

import syriatopics as st
from syriatopics.arabic.word_forms import first_word_forms
from syriatopics.explore.measures import by_outlet
from syriatopics.inference import as_scores
from syriatopics.inference.groups import grouped

# A number of the page is a sum in another order: ties of printed digits may fall to either side.
NEAR = 1e-9


class Selections:
    """Draws selections of a context, and asks Python for what the page shows."""

    def __init__(self, context, seed):
        self.context, self.rng = context, np.random.default_rng(seed)
        self.table = context.passages.table.reset_index(drop=True)
        self.outlets = sorted(self.table["outlet"].dropna().unique())
        self.days = self.table["date"].to_numpy().astype("datetime64[D]").astype(np.int64)
        self.words = [
            set(map(st.arabic.key, st.arabic.tokenize(text))) for text in context.passages.texts
        ]
        self.measures = {
            "theme": context.scores, "topic": as_scores(context.topics),
        }  # fmt: skip
        self.blocks = {
            name: self._by_article(grouped(scores, by_outlet(context), "all", "auto").blocks.codes)
            for name, scores in self.measures.items()
        }
        shares = context.said.shares(by=by_outlet(context), of="side", production="all")
        self.kinds = list(dict.fromkeys(shares.table["voice"]))
        self.blocks["voice"] = shares.spoken.groupby("article_id")["block"].first()
        names = st.naming(context.passages, by_outlet(context), production="all")
        self.blocks["naming"] = names.scope.groupby("article_id")["block"].first()

    def _by_article(self, codes):
        return pd.Series(codes, self.table["article_id"]).groupby(level=0).first()

    def one(self):
        """Return a selection: what the page is told, and the mask of Python."""
        table, rng = self.table, self.rng
        told, mask = {}, np.ones(len(table), dtype=bool)
        if rng.random() < 0.6:
            chosen = np.sort(
                rng.choice(len(self.outlets), rng.integers(1, len(self.outlets)), replace=False)
            )
            told["outlet"] = chosen.tolist()
            mask &= table["outlet"].isin([self.outlets[k] for k in chosen]).to_numpy()
        if rng.random() < 0.5:
            known = self.days[table["date"].notna()]
            first, last = np.sort(rng.choice(known, 2))
            told |= {"from": int(first), "to": int(last)}
            mask &= ((self.days >= first) & (self.days <= last) & table["date"].notna()).to_numpy()
        if rng.random() < 0.2:
            theme = int(rng.integers(len(self.context.theme_names)))
            told["theme"] = [theme]
            mask &= self.context.scores.assigned.iloc[:, theme].to_numpy(dtype=bool)
        if rng.random() < 0.2:
            word = str(rng.choice(["سوريا", "النظام", "اللاجئين", "المساعدات", "دمشق"]))
            told["words"] = word
            forms = set(first_word_forms(word))
            mask &= np.array([bool(forms & words) for words in self.words])
        return told, mask

    def pair(self):
        """Return two selections that share no passage, of which neither is empty."""
        while True:
            (told, first), (more, second) = self.one(), self.one()
            if self.rng.random() < 0.5:
                more, second = None, ~first
            if first.any() and second.any() and not (first & second).any():
                return told, more, np.select([first, second], ["1", "2"], default=None)

    def python(self, side):
        """Return the shares of two selections: ``{measure: (n_selections, n_labels, 3)}``."""
        by = pd.Series(side, name="side", dtype=object)
        found = {}
        for name, scores in self.measures.items():
            table = st.prevalence(scores, by, production="all", blocks=self.blocks[name]).table
            found[name] = self._cells(table, "side", list(scores.table), scores.label_name)
        voices = self.context.said.shares(
            by, of="side", production="all", blocks=self.blocks["voice"]
        ).table
        found["voice"] = self._cells(voices, "side", self.kinds, "voice")
        return found

    @staticmethod
    def _cells(table, by, labels, column):
        cells = table.set_index([by, column])[["share", "low", "high"]]
        index = pd.MultiIndex.from_product([["1", "2"], labels])
        return cells.reindex(index).to_numpy(dtype=float).reshape(2, len(labels), 3)

    def naming(self, side):
        """Return ``{(side, referent, label, voice): (share, low, high)}``."""
        by = pd.Series(side, name="side", dtype=object)
        table = st.naming(
            self.context.passages, by, production="all", blocks=self.blocks["naming"]
        ).table
        return {
            (row.side, row.referent, row.label, row.voice): (row.share, row.low, row.high)
            for row in table.itertuples()
        }

    def words_apart(self, side):
        """Return the log-odds of words by keyness, and their z of tokens."""
        by = pd.Series(side, name="side", dtype=object)
        table = st.keyness(
            self.context.dtm, "1", "2", by=by, production="all", blocks="article"
        ).table
        return table.set_index("display")[["log_odds", "z_tokens"]]


ASK = """async ([first, second, names]) => {
  const { data } = explorer, one = await data.select(first);
  const masks = [one, second === null ? one.map((held) => 1 - held) : await data.select(second)];
  const shares = Object.fromEntries(names.map((name) => [name, data.shares(name, masks).map((side) =>
    side.map(({ share, low, high }) => [[share, low, high].map((v) => (Number.isFinite(v) ? v : null)), [share, low, high].map(sums.printed)]))]));
  return { shares, sizes: masks.map(data.size) };
}"""


def printed(value):
    return "–" if value is None or np.isnan(value) else f"{value * 100:.1f}"


def differing(name, python, page):
    """Return what a page says otherwise: numbers, and the digits that are shown."""
    said = []
    for place in np.ndindex(python.shape[:2]):
        numbers, shown = page[place[0]][place[1]]
        if np.isnan(python[place][0]) and numbers[0] in (None, 0):
            continue  # a kind that Python leaves out, since nobody has it
        for ours, theirs, digits in zip(python[place], numbers, shown, strict=True):
            if np.isnan(ours) and theirs is None:
                continue  # no limits on either side
            tie = abs((ours * 1000) % 1 - 0.5) < 1e-6
            if theirs is None or abs(ours - theirs) > NEAR or (printed(ours) != digits and not tie):
                said.append(f"{name} {place}: {ours} and {theirs} ({digits})")
    return said


def opened(chromium, html, file, address=""):
    file.write_bytes(html)
    """Open a page; whatever a test does with it, it says nothing and asks for nothing."""
    browser = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = browser.new_page()
    said, asked = [], []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on(
        "request",
        lambda request: request.url.startswith(("file:", "blob:")) or asked.append(request.url),
    )
    page.goto(file.as_uri() + address)
    page.wait_for_selector("html[data-ready]", state="attached")
    yield page
    browser.close()
    assert said == []
    assert asked == []
