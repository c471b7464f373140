"use strict";
/* Words as they are compared: the steps of syriatopics.arabic.clean, key and scan, with its tables. */
function makeFolding(tables) {
  const listed = (map) => Object.keys(map).join("");
  const dropped = tables.dropped;
  // The combining hamzas and madda stay until they have been put on their letters.
  const before = new RegExp(`(?![\u0653-\u0655])[${tables.isolated}${dropped}]+`, "gu");
  const marks = new RegExp(`[${dropped}]+`, "gu");
  const folded = new RegExp(`[${listed(tables.folds)}]`, "gu");
  const dirty = new RegExp(`[${tables.isolated}${dropped}${listed(tables.folds)}]`, "u");
  const keyed = new RegExp(`[${listed(tables.keys)}]`, "gu");
  const cluster = new RegExp(
    `[^\u0300-\u036f${dropped}][\u0300-\u036f${dropped}]*|[\u0300-\u036f${dropped}]+`, "gu");
  const token = /[\p{L}\p{Nl}\p{No}]+|\p{Nd}+(?:[.,٫٬]\p{Nd}+)*/gu;
  // What an address spells is no word: the pattern of syriatopics.arabic.addresses.
  const rest = "[^\\s<>\"«»“”،؛؟]", word = "\\p{L}\\p{N}_";
  const address = new RegExp([
    `(?<![a-z0-9+.-])[a-z][a-z0-9+.-]*://${rest}+`,
    `(?<![a-z0-9])www\\.${rest}+`,
    `(?<![${word}.-])(?:[a-z0-9-]+\\.)+[a-z]{2,}(?::\\p{Nd}+)?/${rest}*`,
    `(?<![${word}.+-])[${word}.+-]+@(?:[${word}-]+\\.)+[${word}-]+`,
    `@[${word}]+`,
    `(?<![^\\s"«“(])(?:[a-z]:\\\\|~?/[a-z][a-z0-9._-]*/)${rest}+`,
  ].join("|"), "giu");
  const segment = new RegExp(
    "[^\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]+", "gu");
  const thousands = /(?<=\p{Nd})[٬,](?=\p{Nd}{3}(?!\p{Nd}))/gu;
  const own = new Set(tables.ownArticle);

  function clean(text) {
    for (;;) {
      if (!dirty.test(text) && text === text.normalize("NFKC")) return text;
      text = text.replace(before, "").normalize("NFKC").replace(marks, "")
        .replace(folded, (letter) => tables.folds[letter]);
    }
  }

  function key(word) {
    word = clean(word).replace(keyed, (letter) => tables.keys[letter]);
    return /^\p{Nd}/u.test(word) ? word.replace(thousands, "").replaceAll("٫", ".") : word;
  }

  /* Clean a stretch, and say for each unit of it where it comes from. */
  function align(text) {
    const cleaned = clean(text), starts = [], ends = [];
    let whole = "";
    for (const match of text.matchAll(cluster)) {
      const piece = clean(match[0]);
      whole += piece;
      for (let n = 0; n < piece.length; n++) {
        starts.push(match.index);
        ends.push(match.index + match[0].length);
      }
    }
    if (whole === cleaned) return { cleaned, starts, ends };
    return { cleaned, starts: Array(cleaned.length).fill(0), ends: Array(cleaned.length).fill(text.length) };
  }

  const memo = new Map();
  function cut(raw) {
    let words = memo.get(raw);
    if (words === undefined) {
      const { cleaned, starts, ends } = align(raw);
      const plain = cleaned.replace(address, (found) => "|".repeat(found.length));
      words = Array.from(plain.matchAll(token), (match) =>
        [key(match[0]), starts[match.index], ends[match.index + match[0].length - 1]]);
      memo.set(raw, words);
    }
    return words;
  }

  /* The words of a text: [match key, start, end]. */
  function words(text) {
    const found = [];
    for (const match of text.matchAll(segment)) {
      for (const [word, start, end] of cut(match[0])) {
        found.push([word, match.index + start, match.index + end]);
      }
    }
    return found;
  }

  /* The keys under which a first word may stand, with what Arabic attaches to it. */
  function forms(word) {
    const plain = clean(word), found = new Set(), stemmed = key(word);
    const article = plain.startsWith("ال") && plain.length > 4 && !own.has(plain);
    const stem = article ? stemmed.slice(2) : stemmed;
    for (const conjunction of ["", "و", "ف"]) {
      for (const preposition of ["", "ب", "ك", "ل"]) {
        if (!article) found.add(conjunction + preposition + stemmed);
        const lam = stem.startsWith("ل") ? "ل" + stem : "لل" + stem;
        found.add(conjunction + (preposition === "ل" ? lam : preposition + "ال" + stem));
      }
    }
    return found;
  }

  /* A query as a list of tests, one for each word in sequence. */
  function compile(query, exact) {
    const tests = [];
    for (const piece of query.split(/\s+/u).filter(Boolean)) {
      const found = words(piece);
      found.forEach(([word, start, end], n) => {
        const open = piece.endsWith("*") && n === found.length - 1;
        const first = tests.length === 0 && !exact;
        const keys = first ? forms(piece.slice(start, end)) : new Set([word]);
        const list = Array.from(keys);
        tests.push(open ? (other) => list.some((one) => other.startsWith(one)) : (other) => keys.has(other));
      });
    }
    return tests;
  }

  return { clean, key, words, forms, compile };
}
