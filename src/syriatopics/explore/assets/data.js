"use strict";
/* What the page carries, unpacked; selections of passages, and what is summed over them. */
async function openData(packed) {
  async function inflated(text) {
    const raw = atob(text), bytes = new Uint8Array(raw.length);
    for (let i = 0; i < raw.length; i++) bytes[i] = raw.charCodeAt(i);
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
    return new Response(stream).arrayBuffer();
  }
  const KINDS = { Uint8: Uint8Array, Int8: Int8Array, Uint16: Uint16Array, Uint32: Uint32Array, Int32: Int32Array,
    Float64: Float64Array };
  const numbers = async ([kind, text]) => new KINDS[kind](await inflated(text));
  const plain = async (text) => JSON.parse(new TextDecoder().decode(await inflated(text)));
  const all = (list) => Promise.all(list);

  /* Numbers of seven bits a byte. */
  function wide(bytes) {
    const found = new Uint32Array(bytes.length);
    let n = 0, value = 0, shift = 1;
    for (const byte of bytes) {
      value += (byte & 127) * shift;
      if (byte & 128) shift *= 128; else { found[n++] = value; value = 0; shift = 1; }
    }
    return found.subarray(0, n);
  }
  /* Columns of a matrix: the rows of column k are rows[starts[k]] … rows[starts[k + 1] - 1]. */
  async function columns(parts) {
    const [sizes, rows, counts] = await all(["sizes", "rows", "counts"].map(async (name) =>
      (parts[name] ? wide(await numbers(parts[name])) : null)));
    const starts = new Uint32Array(sizes.length + 1);
    for (let k = 0; k < sizes.length; k++) {
      starts[k + 1] = starts[k] + sizes[k];
      for (let i = starts[k] + 1; i < starts[k + 1]; i++) rows[i] += rows[i - 1];
    }
    return { starts, rows, counts };
  }
  const summed = (steps) => { for (let i = 1; i < steps.length; i++) steps[i] += steps[i - 1]; return steps; };

  const n = packed.n, NO_DAY = -(2 ** 31);
  const [article, day, x, y, start, end] = await all(["article", "day", "x", "y", "start", "end"].map((name) =>
    numbers(packed[name])));
  const facets = await all(packed.facets.map(async (facet) => ({ ...facet,
    article: facet.article && await numbers(facet.article), passage: facet.passage && await numbers(facet.passage),
    columns: facet.columns && await all(facet.columns.map(numbers)) })));
  const facet = Object.fromEntries(facets.map((f) => [f.id, f]));
  const measures = {};
  for (const [name, m] of Object.entries(packed.measures)) {
    measures[name] = { ...m, blocks: await numbers(m.blocks) };
    if (m.columns) measures[name].columns = await all(m.columns.map(numbers));
    for (const part of ["kind", "amount", "said"]) if (m[part]) measures[name][part] = await numbers(m[part]);
    if (m.passage) measures[name].passage = summed(await numbers(m.passage));
  }

  // ---- what is unpacked when it is asked for
  const once = (make) => { let found; return () => (found ??= make()); };
  const names = once(async () => {
    const [ids, titles, urls, passages] = await all([packed.ids, packed.titles, packed.urls, packed.names].map(plain));
    return { ids, titles, urls, passages };
  });
  const terms = once(async () => ({ shown: await plain(packed.terms), ...await columns(packed.counts) }));
  const words = once(async () => {
    const keys = await plain(packed.keys);
    return { keys, place: new Map(keys.map((key, k) => [key, k])), ...await columns(packed.words) };
  });
  const space = once(async () => {
    const [vectors, axes, keys] = await all([numbers(packed.vectors), numbers(packed.axes), plain(packed.termKeys)]);
    const place = new Map(keys.map((key, k) => [key, k])), d = packed.dimensions, norms = new Float32Array(n);
    for (let p = 0; p < n; p++) {
      let s = 0;
      for (let i = p * d; i < (p + 1) * d; i++) s += vectors[i] * vectors[i];
      norms[p] = Math.sqrt(s);
    }
    return { vectors, axes, place, norms, d };
  });
  const chunks = new Map();
  async function text(p) {
    if (!packed.texts.length) return null;
    const chunk = Math.floor(p / packed.chunk);
    if (!chunks.has(chunk)) {
      if (chunks.size > 40) chunks.delete(chunks.keys().next().value);
      chunks.set(chunk, plain(packed.texts[chunk]));
    }
    return (await chunks.get(chunk))[p - chunk * packed.chunk];
  }

  // ---- which passages
  const folding = makeFolding(packed.fold);
  /* Passages that hold every word of a question, as it is folded; "*" ends an open word. */
  async function holding(question) {
    const { keys, place, starts, rows } = await words(), held = new Uint8Array(n);
    let number = 0;
    for (const piece of question.split(/\s+/u).filter(Boolean)) {
      const found = folding.words(piece);
      for (const [k, [word, from, to]] of found.entries()) {
        const open = piece.endsWith("*") && k === found.length - 1, forms = [...folding.forms(piece.slice(from, to))];
        const these = open ? Array.from(keys.keys()).filter((at) => forms.some((form) => keys[at].startsWith(form)))
          : forms.map((form) => place.get(form)).filter((at) => at !== undefined);
        if (number === 250) return held;
        for (const at of these) {
          for (let i = starts[at]; i < starts[at + 1]; i++) if (held[rows[i]] === number) held[rows[i]] = number + 1;
        }
        number++;
      }
    }
    return number ? held.map((count) => (count === number ? 1 : 0)) : null;
  }
  /* How like every passage is to one of them ("#12"), or to the words of a question. */
  async function likeness(to) {
    const { vectors, axes, place, norms, d } = await space(), wanted = new Float32Array(d);
    if (/^#\d+$/u.test(to)) {
      const p = Number(to.slice(1));
      for (let i = 0; i < d; i++) wanted[i] = p < n ? vectors[p * d + i] : 0;
    } else {
      for (const [word, from, end] of folding.words(to)) {
        const at = [word, ...folding.forms(to.slice(from, end))].map((form) => place.get(form)).find((k) => k !== undefined);
        if (at !== undefined) for (let i = 0; i < d; i++) wanted[i] += axes[at * d + i];
      }
    }
    const length = Math.hypot(...wanted), found = new Float32Array(n);
    if (!length) return found;
    for (let p = 0; p < n; p++) {
      let s = 0;
      for (let i = 0; i < d; i++) s += wanted[i] * vectors[p * d + i];
      found[p] = norms[p] ? s / norms[p] / length : 0;
    }
    return found;
  }
  const NEAREST = 200;
  async function nearest(to) {
    const like = await likeness(to), order = Array.from(like.keys()).sort((a, b) => like[b] - like[a] || a - b);
    const mask = new Uint8Array(n);
    for (const p of order.slice(0, NEAREST)) if (like[p] > 0) mask[p] = 1;
    return mask;
  }

  /* A selection: values of facets by their numbers, days, words, likeness, a rectangle of the map. */
  async function select(wanted) {
    const mask = new Uint8Array(n).fill(1), parts = [];
    if (wanted.words) parts.push(await holding(wanted.words));
    if (wanted.like) parts.push(await nearest(wanted.like));
    const tests = facets.filter((f) => wanted[f.id]?.length).map((f) => {
      const want = new Uint8Array(f.labels.length + 1);
      for (const value of wanted[f.id]) want[value] = 1;
      if (f.columns) {
        const chosen = f.columns.filter((_, k) => want[k]);
        return (p) => chosen.some((column) => column[p] === 1);
      }
      return f.article ? (p) => want[f.article[article[p]]] === 1 : (p) => want[f.passage[p]] === 1;
    });
    const timed = wanted.from !== undefined || wanted.to !== undefined;
    const from = wanted.from ?? -Infinity, to = wanted.to ?? Infinity, box = wanted.box;
    for (let p = 0; p < n; p++) {
      const when = day[article[p]];
      if ((timed && (when === NO_DAY || when < from || when > to))
        || (box && (x[p] < box[0] || x[p] > box[2] || y[p] < box[1] || y[p] > box[3]))
        || parts.some((part) => part && !part[p]) || !tests.every((test) => test(p))) mask[p] = 0;
    }
    return mask;
  }
  function size(mask) {
    const seen = new Uint8Array(packed.articles);
    let passages = 0, articles = 0;
    for (let p = 0; p < n; p++) {
      if (!mask[p]) continue;
      passages++;
      if (!seen[article[p]]) { seen[article[p]] = 1; articles++; }
    }
    return { passages, articles };
  }

  // ---- what is said of selections
  function byArticle(measure, sizes, values) {
    const some = [];
    for (let a = 0; a < sizes.length; a++) if (sizes[a] >= 0) some.push(a);
    return sums.estimate(values.map((value) => Float64Array.from(some, (a) => value[a])),
      Float64Array.from(some, (a) => sizes[a]), some.map((a) => measure.blocks[a]));
  }
  function mean(measure, mask) {
    const whole = measure.columns[0] instanceof Uint8Array;
    const count = new Float64Array(packed.articles), values = measure.columns.map(() => new Float64Array(packed.articles));
    for (let p = 0; p < n; p++) {
      if (!mask[p]) continue;
      if (measure.columns.some((column) => (whole ? column[p] === 255 : Number.isNaN(column[p])))) continue;
      count[article[p]]++;
      for (let k = 0; k < values.length; k++) values[k][article[p]] += measure.columns[k][p];
    }
    for (const value of values) for (let a = 0; a < count.length; a++) if (count[a]) value[a] /= count[a];
    return byArticle(measure, count.map((c) => (c ? 1 : -1)), values);
  }
  /* Rows of a ratio: `wanted` says which, and of which column each is. */
  function ratio(measure, mask, number, wanted) {
    const sizes = new Float64Array(packed.articles).fill(-1), { passage, kind, amount } = measure;
    const values = Array.from({ length: number }, () => new Float64Array(packed.articles));
    for (let i = 0; i < kind.length; i++) {
      const k = mask[passage[i]] ? wanted(i, kind[i]) : -1;
      if (k < 0) continue;
      const a = article[passage[i]], much = amount ? amount[i] : 1;
      sizes[a] = Math.max(sizes[a], 0) + much;
      values[k][a] += much;
    }
    return byArticle(measure, sizes, values);
  }
  /* Shares of each selection: a list of { share, low, high, lack } for each mask. */
  function shares(name, masks) {
    const measure = measures[name];
    const make = measure.columns ? (mask) => mean(measure, mask)
      : (mask) => ratio(measure, mask, measure.labels.length, (_, kind) => kind);
    return sums.together(masks.map(make)).map(sums.intervals);
  }
  /* Labels of one referent, for each mask: by voice (0 own, 1 quoted, 2 at arm's length). */
  function namings(referent, masks) {
    const measure = measures.naming, mine = measure.of.flatMap((r, k) => (r === referent ? [k] : []));
    const place = new Map(mine.map((k, at) => [k, at])), found = [];
    for (const mask of masks) {
      for (const voice of [0, 1, 2]) {
        found.push(ratio(measure, mask, mine.length, (i, kind) =>
          (measure.said[i] === voice ? place.get(kind) ?? -1 : -1)));
      }
    }
    const intervals = sums.together(found).map(sums.intervals);
    return { labels: mine.map((k) => measure.labels[k]), n: found.map((e) => e.all || 0),
      shares: masks.map((_, m) => intervals.slice(3 * m, 3 * m + 3)) };
  }
  /* Words that set two selections apart: log-odds with the prior of keyness (500 tokens), and z of tokens. */
  async function apart(first, second) {
    const { shown, starts, rows, counts } = await terms(), PRIOR = 500, LEAST = 3, m = shown.length;
    const one = new Float64Array(m), two = new Float64Array(m);
    let all = 0, allFirst = 0, allSecond = 0;
    for (let k = 0; k < m; k++) {
      for (let i = starts[k]; i < starts[k + 1]; i++) {
        if (first[rows[i]]) one[k] += counts[i];
        else if (second[rows[i]]) two[k] += counts[i];
      }
      allFirst += one[k];
      allSecond += two[k];
    }
    all = allFirst + allSecond;
    const found = [];
    for (let k = 0; k < m; k++) {
      const a = one[k], b = two[k], prior = PRIOR * (a + b) / all;
      if (a + b < LEAST) continue;
      const odds = (c, length) => Math.log(c + prior) - Math.log(Math.max(length + PRIOR - c - prior, 0.5));
      const logOdds = odds(a, allFirst) - odds(b, allSecond);
      found.push({ term: shown[k], logOdds, z: logOdds / Math.sqrt(1 / (a + prior) + 1 / (b + prior)), first: a, second: b });
    }
    return found.sort((a, b) => b.z - a.z || (a.term < b.term ? -1 : 1));
  }

  return Object.freeze({ n, article, day, x, y, start, end, facets, facet, measures, folding, NO_DAY, names, text,
    hasText: packed.texts.length > 0, select, size, shares, namings, apart, holding, likeness });
}
