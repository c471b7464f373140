"""Write the 200 articles of the course from its sentences: ``python docs/course/write_articles.py``.

What differs is planted here and nowhere else, so that the reader of the course can look up what a method should
find. ``articles.csv`` is a corpus as somebody might have it; ``truth.csv`` says what each paragraph was made as.
"""

from __future__ import annotations

import csv
import random
import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
N_ARTICLES, N_PARAGRAPHS, SEED = 200, 6, 2034
FIRST, BREAK = date(2021, 1, 1), date(2021, 7, 1)
OUTLETS = ("جريدة الدرس الأول", "جريدة الدرس الثاني")

# Share of paragraphs of each kind. Planted: the first outlet has twice as much of the humanitarian side; from the
# first of July on both write more of the political transition; olives are written of in autumn, in the second.
HUMANITARIAN = (0.40, 0.20)
POLITICAL = {False: 0.10, True: 0.40}
OLIVES = {False: 0.0, True: 0.30}
# Planted: what they call the government, and whose words they print (the chance of the first of two).
STATES = ("النظام السوري", "الحكومة السورية")
SAYS_REGIME = (0.85, 0.15)
QUOTES_PEOPLE = (0.80, 0.30)
QUOTED = 0.35
# Planted: these articles of the second outlet are the first one's from just before, with another beginning.
COPIES = (33, 69, 99, 141, 165, 189)


def kinds(outlet: int, day: date) -> dict[str, float]:
    """Return the share of each kind of paragraph in an outlet on a day."""
    planted = {
        "humanitarian": HUMANITARIAN[outlet],
        "political": POLITICAL[day >= BREAK],
        "olives": OLIVES[outlet == 1 and day.month in (9, 10, 11)],
    }
    rest = (1 - sum(planted.values())) / 3
    return planted | {"fighting": rest, "prices": rest, "school": rest}


class Writer:
    """Puts sentences together, by one stream of chance."""

    def __init__(self) -> None:
        with (HERE / "stock.toml").open("rb") as file:
            self.stock: dict[str, Any] = tomllib.load(file)
        self.draw = random.Random(SEED)

    def fill(self, sentence: str, outlet: int) -> str:
        """Put towns, numbers and names into the places of a sentence."""
        town, other = self.draw.sample(self.stock["towns"], 2)
        regime = self.draw.random() < SAYS_REGIME[outlet]
        state = STATES[0] if regime else STATES[1]
        # Arabic agrees with a government otherwise than with a regime.
        if not regime:
            for verb in ("رفض", "أعلن"):
                sentence = sentence.replace(f"{verb} {{state}}", f"{verb}ت {{state}}")
            sentence = sentence.replace("وطلب مهلة", "وطلبت مهلة")
        n = self.draw.randint(11, 99)
        relief = self.draw.choice(self.stock["relief"])
        return sentence.format(
            town=town, other=other, n=n, n2=self.draw.randint(3, 10), relief=relief, state=state
        )

    def paragraph(self, kind: str, outlet: int) -> str:
        """Write two sentences of a kind, and sometimes whose words they rest on."""
        chosen = self.draw.sample(self.stock["sentences"][kind], 2)
        text = ". ".join(self.fill(sentence, outlet) for sentence in chosen)
        if self.draw.random() < QUOTED:
            voices = self.stock["voices"]
            people = self.draw.random() < QUOTES_PEOPLE[outlet]
            who = self.draw.choice(voices["people" if people else "officials"])
            text += f". و{self.fill(who, outlet)}: «{self.draw.choice(voices['quotes'])}»"
        return f"{text}."

    def articles(self) -> Iterator[tuple[dict[str, str], list[str]]]:
        """Yield each article with the kinds of its paragraphs."""
        before: list[tuple[dict[str, str], list[str]]] = []
        for n in range(N_ARTICLES):
            outlet = n % 2
            day = FIRST + timedelta(days=int(n * 365 / N_ARTICLES))
            if n in COPIES:
                row, of = before[-1]
                body = row["text"].split("\n\n")
                body[0] = self.paragraph(of[0], outlet)
            else:
                shares = kinds(outlet, day)
                of = self.draw.choices(list(shares), list(shares.values()), k=N_PARAGRAPHS)
                body = [self.paragraph(kind, outlet) for kind in of]
            title = self.fill(self.draw.choice(self.stock["headlines"][of[0]]), outlet)
            row = {
                "id": f"c{n:03d}",
                "outlet": OUTLETS[outlet],
                "date": day.isoformat(),
                "title": title,
                "text": "\n\n".join(body),
            }
            before.append((row, of))
            yield row, of


def write(folder: Path) -> None:
    """Write ``articles.csv`` and ``truth.csv`` into a folder."""
    made = list(Writer().articles())
    truth = [
        {"article_id": row["id"], "paragraph": number, "kind": kind}
        for row, of in made
        for number, kind in enumerate(of)
    ]
    for name, rows in (("articles", [row for row, _ in made]), ("truth", truth)):
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)


if __name__ == "__main__":
    write(HERE)
