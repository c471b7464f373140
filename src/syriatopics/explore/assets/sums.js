"use strict";
/* Shares and how sure they are: the steps of syriatopics.inference (estimate, together, interval),
   over sums by article. Blocks come with the data; a test holds the two together. */
const sums = (() => {
  const FEW_BLOCKS = 5, MIN_BLOCKS = 6, MIN_ARTICLES = 15, ENOUGH = 4;
  const total = (list) => { let s = 0; for (const x of list) s += x; return s; };
  const dot = (a, b) => { let s = 0; for (let i = 0; i < a.length; i++) s += a[i] * b[i]; return s; };
  const left = (squares, weights) => total(squares) * (1 + dot(weights, weights)) - 2 * dot(weights, squares);

  /* values: an array of articles for each column; sizes, block: of each article. */
  function estimate(values, sizes, block) {
    const n = sizes.length, place = new Map(), index = new Int32Array(n);
    for (let i = 0; i < n; i++) {
      let at = place.get(block[i]);
      if (at === undefined) place.set(block[i], at = place.size);
      index[i] = at;
    }
    const m = place.size, size = new Float64Array(m), squares = new Float64Array(m);
    let all = 0, squared = 0;
    for (let i = 0; i < n; i++) {
      size[index[i]] += sizes[i];
      squares[index[i]] += sizes[i] ** 2;
      all += sizes[i];
      squared += sizes[i] ** 2;
    }
    let inside = 0, own = 0;
    for (let i = 0; i < n; i++) { inside += (sizes[i] / all) ** 2; own += sizes[i] ** 3 / all; }
    const scale = squared / Math.max(squared * (1 + inside) - 2 * own, 1e-300);
    const columns = values.map((value) => {
      const sum = new Float64Array(m);
      let holding = 0, lacking = 0, least = Infinity, most = -Infinity;
      for (let i = 0; i < n; i++) {
        sum[index[i]] += value[i];
        if (value[i] > 0) holding++;
        if (value[i] < sizes[i]) lacking++;
        if (sizes[i] > 0) { const s = value[i] / sizes[i]; if (s < least) least = s; if (s > most) most = s; }
      }
      const mean = all ? total(sum) / all : NaN;
      let pulls = 0;
      for (let i = 0; i < n; i++) pulls += ((value[i] - mean * sizes[i]) / all) ** 2;
      const known = all > 0 && n > 1, stretch = m > 1 ? Math.sqrt(m / (m - 1)) : NaN;
      const influence = sum.map((s, b) => (stretch * (s - mean * size[b])) / all);
      return { mean, sum, influence, holding: Math.min(holding, lacking), least, most, typical: 1,
        alone: known ? Math.sqrt(pulls * scale) : NaN,
        error: known && m > 1 ? Math.sqrt(dot(influence, influence)) : NaN };
    });
    const weights = size.map((s) => s / all);
    const e = { n, m, all, size, squares, weights, columns, blocks: [...place.keys()], behind: 0 };
    e.spent = left(squares, weights);
    e.freedom = freedom(e);
    return e;
  }

  function freedom(e) {
    if (e.m < 2) return 0;
    const w = e.squares, a = e.weights, sum = total(w), aa = dot(a, a), aw = dot(a, w), ww = dot(w, w);
    let first = 0, second = 0;
    for (let i = 0; i < w.length; i++) { first += w[i] * a[i] * w[i]; second += w[i] * a[i] * a[i]; }
    const p = sum * aa - aw, q = sum * aw - ww, trace = p * p + q * -aa + -aa * q + aw * aw;
    const squaredSize = ww + 2 * (-2 * first + sum * second) + trace;
    return e.spent ** 2 / Math.max(squaredSize, 1e-300);
  }

  const variance = (e, c) => (c.error ** 2 * (e.m - 1) / e.m * total(e.squares)) / e.spent;

  /* How alike articles of a block are is learnt from all groups of a result. */
  function together(found) {
    const some = found.filter((e) => e.n);
    if (!some.length) return found;
    some[0].columns.forEach((_, k) => {
      const least = Math.min(...some.map((e) => e.columns[k].least));
      const most = Math.max(...some.map((e) => e.columns[k].most));
      for (const e of some) Object.assign(e.columns[k], { least, most });
    });
    const used = found.filter((e) => e.m > 1 && e.m < e.n);
    if (!used.length) return found;
    const behind = total(used.map((e) => e.freedom));
    some[0].columns.forEach((_, k) => {
      let excess = 0, pairs = 0;
      for (const e of used) {
        const c = e.columns[k], more = (variance(e, c) / c.alone ** 2 - 1) * e.spent;
        if (!Number.isFinite(more)) continue;
        const a = e.weights, near = e.size.map((s, b) => s * s - e.squares[b]);
        excess += more;
        pairs += total(near) * (1 + dot(a, a)) - 2 * dot(near, a);
      }
      const alike = pairs > 0 ? Math.min(Math.max(excess / pairs, 0), 1) : 0;
      for (const e of some) e.columns[k].typical = 1 + alike * (dot(e.size, e.size) / total(e.squares) - 1);
    });
    for (const e of found) e.behind = behind;
    return found;
  }

  /* What blocks of time that run on into each other add to the variance. */
  function lasting(e) {
    const known = e.blocks.map((_, b) => b).filter((b) => e.blocks[b] >= 0);
    const told = e.columns.filter((c) => c.alone > 0);
    if (known.length < FEW_BLOCKS || !told.length) return 1;
    const at = new Map(known.map((b, i) => [e.blocks[b], i]));
    const beside = (value) => known.map((b) =>
      (value[at.get(e.blocks[b] - 1)] ?? 0) + (value[at.get(e.blocks[b] + 1)] ?? 0));
    let all = 0, crossed = 0;
    for (const c of told) {
      const moved = known.map((b) => c.influence[b] / c.alone);
      all += dot(moved, moved);
      crossed += dot(moved, beside(moved));
    }
    if (all < 1e-12) return 1;
    const ratio = crossed / all, weights = known.map((b) => e.weights[b]), near = beside(weights);
    const own = known.map((b) => e.squares[b] / e.all ** 2), root = own.map(Math.sqrt);
    const inside = weights.map((w) => (w > 0 ? 1 : 0));
    const expected = (c, diagonal, products) => {
      const sum = dot(c, inside), taken = weights.map((w) => w * sum);
      return [diagonal - 2 * dot(c, weights) + dot(taken, weights), products - 2 * dot(c, near) + dot(taken, near)];
    };
    const pairs = dot(root, beside(root)), held = root.map((r, i) => r * inside[i]), nearRoot = beside(held);
    const [squares, products] = expected(own.map((o, i) => o * inside[i]), total(own), 0);
    const [squaresMore, productsMore] = expected(root.map((r, i) => r * nearRoot[i]), 0, pairs);
    const slope = productsMore - ratio * squaresMore;
    if (slope <= 0) return 1;
    const alike = Math.min(Math.max((ratio * squares - products) / slope, 0), 1);
    const shown = Math.max(1 + alike * squaresMore / squares, 0.2);
    return Math.max((1 + alike * pairs / total(own)) / shown, 1);
  }

  function design(e, c, lasts) {
    const squares = total(e.squares), spread = c.mean * (1 - c.mean);
    const scatter = c.alone ** 2 * e.all / spread;
    const widest = Math.min(Math.max((c.most - c.mean) * (c.mean - c.least) / spread, 0.01), 1);
    const worst = (squares / e.all) * (spread > 0 && c.most - c.least > 1e-9 ? widest : 1);
    let alone = (c.holding * (spread > 0 ? scatter : worst) + worst) / (c.holding + 1);
    const own = e.freedom;
    if (e.m === e.n) return [alone, Math.max(own, 1)];
    const behind = Math.max(e.behind, own, 1e-9), enough = e.behind ? ENOUGH : 0;
    const grown = variance(e, c) / c.alone ** 2, clump = Number.isFinite(grown) ? grown : c.typical;
    const x = own * clump, y = enough * c.typical;
    const spent = (own ? x * x / own : 0) + (y * y + 2 * x * y) / behind;
    alone *= lasts;
    return [alone * (x + y) / Math.max(own + enough, 1e-9), Math.max(Math.min((x + y) ** 2 / spent, behind), 1e-9)];
  }

  /* Why there is no interval: too few articles, or blocks; "" where there is one. */
  function lacks(e) {
    if (e.n === 0) return ["none", 0];
    if (e.n < MIN_ARTICLES) return ["articles", e.n];
    const told = e.m === e.n ? Infinity : Math.max(e.behind, e.freedom);
    return told < MIN_BLOCKS - 1 - 1e-9 ? ["blocks", Math.round(told + 1)] : null;
  }

  /* Wilson's interval of every column of an estimate, of 95 in 100. */
  function intervals(e) {
    const lack = lacks(e), lasts = lack ? 1 : e.m === e.n ? 1 : lasting(e);
    return e.columns.map((c) => {
      if (lack) return { share: c.mean, low: NaN, high: NaN, lack };
      const [effect, free] = design(e, c, lasts), n = e.all / effect, t = quantile(free);
      const middle = (c.mean + t * t / (2 * n)) / (1 + t * t / n);
      const reach = t / (1 + t * t / n) * Math.sqrt(c.mean * (1 - c.mean) / n + t * t / (4 * n * n));
      return { share: c.mean, low: Math.max(middle - reach, 0), high: Math.min(middle + reach, 1), lack };
    });
  }

  // ---- Student's t
  const LANCZOS = [0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313,
    -176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7];
  function logGamma(x) {
    if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
    x -= 1;
    let sum = LANCZOS[0];
    for (let i = 1; i < 9; i++) sum += LANCZOS[i] / (x + i);
    return 0.5 * Math.log(2 * Math.PI) + (x + 0.5) * Math.log(x + 7.5) - (x + 7.5) + Math.log(sum);
  }
  /* The incomplete beta function by its continued fraction (Lentz). */
  function beta(x, a, b) {
    if (x <= 0) return 0;
    if (x >= 1) return 1;
    if (x > (a + 1) / (a + b + 2)) return 1 - beta(1 - x, b, a);
    const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x)) / a;
    const safe = (v) => (Math.abs(v) < 1e-300 ? 1e-300 : v);
    let c = 1, d = 1 / safe(1 - (a + b) * x / (a + 1)), f = d;
    for (let k = 1; k < 20000; k++) {
      for (const term of [k * (b - k) * x / ((a + 2 * k - 1) * (a + 2 * k)),
        -(a + k) * (a + b + k) * x / ((a + 2 * k) * (a + 2 * k + 1))]) {
        d = 1 / safe(1 + term * d);
        c = safe(1 + term / c);
        f *= c * d;
      }
      if (Math.abs(c * d - 1) < 1e-16) break;
    }
    return front * f;
  }
  const known = new Map();
  /* The t beyond which one in twenty lies, on both sides. */
  function quantile(free) {
    let t = known.get(free);
    if (t !== undefined) return t;
    let low = 1, high = 1e12;
    for (let i = 0; i < 200 && high / low - 1 > 1e-15; i++) {
      t = high / low > 4 ? Math.sqrt(low * high) : (low + high) / 2;
      if (beta(free / (free + t * t), free / 2, 0.5) > 0.05) low = t; else high = t;
    }
    if (known.size > 5000) known.clear();
    known.set(free, t);
    return t;
  }

  /* A share in percent with one decimal; halves go to the even digit, as Python prints them. */
  function printed(share) {
    if (!Number.isFinite(share)) return "–";
    const value = share * 100, tenths = value * 10, floor = Math.floor(tenths);
    if (tenths - floor === 0.5 && tenths / 10 === value) return ((floor % 2 ? floor + 1 : floor) / 10).toFixed(1);
    return value.toFixed(1);
  }

  return Object.freeze({ estimate, together, intervals, quantile, printed });
})();
