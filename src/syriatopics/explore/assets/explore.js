"use strict";
/* The explorer in the hand of its reader. Text of articles only ever becomes text nodes. */
(async () => {
  const find = (id) => document.getElementById(id), data = await openData(JSON.parse(find("data").textContent));
  const FINGERPRINT = document.querySelector("meta[name=generator]").content.match(/corpus (\w{8})/u)?.[1] ?? "";
  const T = {
    en: { skip: "To the content", lead: "Choose passages and hold them against others. Shares and intervals are summed in this page, and every choice stands in its address.",
      pages: "Pages", report: "The report", clear: "From the start", stale: "This address is of another file: what it chooses may not be what was chosen there.",
      choice: "Choice", which: "What do you choose now?", first: "The first selection", second: "The second selection", against: "The first is held against",
      none: "nothing", rest: "all others", words: "Words in the passage", like: "Like these words", from: "From", to: "To", map: "Map of passages",
      mapNote: "Passages near each other have like words. Far distances say nothing. What is not chosen is grey; some points are drawn, all are counted.",
      colour: "Colour", mapLabel: "Map of passages", unbox: "The whole map", timeLabel: "Passages over time", timeNote: "Drag over the map or the time to choose from them.",
      shares: "Shares", sharesNote: "Share of passages or words, and its 95% interval. Who chooses after looking finds differences by chance: what is found here wants a test on other data.",
      apart: "Words that set the first apart from the second", apartNote: "Ordered by z of tokens, which describes and tests nothing: words of one article are not independent.",
      list: "Passages", shown: "Of", save: "Save them as csv", more: "More", theme: "Themes: share of passages", topic: "Topics: share of passages",
      voice: "Voices: share of words", naming: "Naming", own: "in own voice", quoted: "in the words of others", scare: "at arm's length",
      one: "first", two: "second", label: "Name", lacksnone: "no article", lacksarticles: "articles: too few for an interval", lacksblocks: "blocks: too few for an interval",
      same: "The two selections share passages: their shares are not those of two groups.", nothing: "Choose what the first is held against.", empty: "nothing",
      place: "Passage", of: "of", characters: "characters", similar: "More like this", noText: "The texts were left out of this file.", article: "Article", outlet: "Outlet", day: "Day",
      passages: "passages", articles: "articles", and: ", ", other: "other", undated: "no date", box: "within a part of the map", likeOne: "like one passage", title: "no title" },
    ar: { theme: "المحاور: نسبة الفقرات", topic: "الموضوعات: نسبة الفقرات", voice: "الأصوات: نسبة الكلمات", naming: "التسميات", own: "بصوت الناشر",
      quoted: "في كلام غيره", scare: "على ذمة غيره", one: "الأول", two: "الثاني", label: "الاسم", lacksnone: "لا مقال", lacksarticles: "مقالات: أقل من أن تحمل مجالا",
      lacksblocks: "كتل: أقل من أن تحمل مجالا", same: "في الاختيارين فقرات مشتركة: نسبهما ليست نسب مجموعتين.", nothing: "اختر ما يُقارن به الأول.", empty: "لا شيء",
      place: "الفقرة", of: "من", characters: "الأحرف", similar: "ما يشبهها", noText: "نصوص الفقرات ليست في هذا الملف.", article: "المقال", outlet: "الناشر", day: "اليوم",
      passages: "الفقرات", articles: "المقالات", and: "، ", other: "غير ذلك", undated: "بلا تاريخ", box: "من جزء من الخريطة", likeOne: "ما يشبه فقرة", title: "بلا عنوان" },
  };
  document.querySelectorAll("[data-t]").forEach((node) => { T.ar[node.dataset.t] = node.textContent; });
  document.querySelectorAll("[data-t-label]").forEach((node) => { T.ar[node.dataset.tLabel] = node.getAttribute("aria-label"); });
  const COLOURS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#b58900", "#56b4e9", "#6a3d9a", "#1c2430"], GREY = "#d3d8de", PALE = "#9aa3ad";
  const number = new Intl.NumberFormat("en"), t = (name) => T[state.lang][name] ?? name, named = (pair) => pair[state.lang === "ar" ? 0 : 1];
  const control = /([\u0000-\u0008\u000b-\u001f\u202a-\u202e\u2066-\u2069])/u;

  function make(tag, attributes = {}, ...children) {
    const node = tag === "svg" || tag === "line" || tag === "circle" ? document.createElementNS("http://www.w3.org/2000/svg", tag) : document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    node.append(...children);
    return node;
  }
  /* Text as nodes; what would turn its direction is shown instead of obeyed. */
  const plain = (text) => text.split(control).filter(Boolean).map((piece) => (control.test(piece)
    ? make("span", { class: "control", dir: "ltr" }, `U+${piece.codePointAt(0).toString(16).toUpperCase()}`) : document.createTextNode(piece)));

  // ---- the state, in the address
  const state = { lang: "ar", edit: "a", against: "none", colour: "topic", a: {}, b: {} };
  const days = (value) => (/^-?\d{1,9}$/u.test(value) ? Number(value) : undefined);
  function readAddress() {
    const told = new URLSearchParams(location.hash.slice(1)), pick = (name, choices) => (choices.includes(told.get(name)) ? told.get(name) : choices[0]);
    Object.assign(state, { lang: pick("lang", ["ar", "en"]), against: pick("against", ["none", "rest", "own"]), colour: pick("colour", ["topic", "theme", "outlet", "time"]) });
    for (const side of ["a", "b"]) {
      const wanted = {}, get = (name) => told.get(`${side}.${name}`) ?? "";
      for (const facet of data.facets) {
        const values = get(facet.id).split(",").filter((v) => /^\d+$/u.test(v)).map(Number).filter((v) => v < facet.labels.length);
        if (values.length) wanted[facet.id] = values;
      }
      for (const name of ["words", "like"]) if (get(name)) wanted[name] = get(name).slice(0, 300);
      for (const name of ["from", "to"]) if (days(get(name)) !== undefined) wanted[name] = days(get(name));
      const box = get("box").split(",").map(Number);
      if (box.length === 4 && box.every(Number.isFinite)) wanted.box = box;
      state[side] = wanted;
    }
    find("stale").hidden = !told.has("of") || told.get("of") === FINGERPRINT;
  }
  function writeAddress() {
    const told = new URLSearchParams({ of: FINGERPRINT, lang: state.lang, against: state.against, colour: state.colour });
    for (const side of ["a", "b"]) for (const [name, value] of Object.entries(state[side])) told.set(`${side}.${name}`, String(value));
    history.replaceState(null, "", `#${told}`);
  }

  // ---- what is chosen
  const waiting = new Map();  // fields in which somebody writes
  const editing = () => state[state.edit];
  function change(name, value) {
    const empty = value === undefined || value === "" || (Array.isArray(value) && !value.length);
    if (empty) delete editing()[name]; else editing()[name] = value;
    if (state.edit === "b") state.against = "own";
    update();
  }
  function drawForm() {
    const wanted = editing(), held = find("facets");
    const opened = new Set(Array.from(held.querySelectorAll("details[open]"), (d) => d.dataset.id));
    const focus = document.activeElement?.id;
    held.replaceChildren(...data.facets.map((facet) => {
      const boxes = facet.labels.map((label, k) => {
        const input = make("input", { type: "checkbox", id: `${facet.id}-${k}` });
        input.checked = wanted[facet.id]?.includes(k) ?? false;
        input.addEventListener("change", () => {
          const values = new Set(editing()[facet.id]);
          if (input.checked) values.add(k); else values.delete(k);
          change(facet.id, [...values].sort((a, b) => a - b));
        });
        return make("label", {}, input, make("bdi", {}, named(label)));
      });
      const details = make("details", { "data-id": facet.id }, make("summary", {}, named(facet.said)),
        make("fieldset", {}, make("legend", { class: "hidden" }, named(facet.said)), make("div", { class: "scroll" }, ...boxes)));
      details.open = opened.has(facet.id) || Boolean(wanted[facet.id]) || (!opened.size && facet.id === "outlet");
      return details;
    }));
    for (const name of ["words", "like"]) if (focus !== name && !waiting.has(name)) find(name).value = /^#\d+$/u.test(wanted[name] ?? "") ? "" : wanted[name] ?? "";
    for (const name of ["from", "to"]) if (focus !== name) find(name).value = wanted[name] === undefined ? "" : isoDay(wanted[name]);
    find("against").value = state.against;
    document.querySelectorAll("input[name=edit]").forEach((input) => { input.checked = input.value === state.edit; });
    find("unbox").hidden = !wanted.box;
    if (focus) find(focus)?.focus({ preventScroll: true });
  }
  const isoDay = (day) => { const d = new Date(day * 864e5); return Number.isNaN(d.getTime()) ? "" : d.toISOString().slice(0, 10); };

  // ---- drawing
  const order = (() => {
    const hashed = Float64Array.from({ length: data.n }, (_, p) => (Math.imul(p + 1, 2654435761) >>> 0));
    return Uint32Array.from(hashed.keys()).sort((a, b) => hashed[a] - hashed[b]);
  })();
  const MOST = 14000, OTHERS = 5000, STEPS = 6;
  const dated = data.day.filter((d) => d !== data.NO_DAY), firstDay = dated.reduce((a, b) => Math.min(a, b), Infinity), lastDay = dated.reduce((a, b) => Math.max(a, b), -Infinity);
  /* Which kind a passage is drawn as, and what the kinds are called; the most frequent have colours. */
  function kinds() {
    const { article, day } = data;
    let of, labels;
    if (state.colour === "time") {
      const span = Math.max(lastDay - firstDay, 1);
      of = (p) => (day[article[p]] === data.NO_DAY ? STEPS : Math.min(STEPS - 1, Math.floor((day[article[p]] - firstDay) / span * STEPS)));
      labels = Array.from({ length: STEPS }, (_, k) => isoDay(Math.round(firstDay + span * k / STEPS)) + " –");
    } else {
      const facet = data.facet[state.colour];
      labels = facet.labels.map(named);
      of = facet.columns ? (p) => facet.columns.findIndex((column) => column[p] === 1) : facet.article ? (p) => facet.article[article[p]] : (p) => facet.passage[p];
    }
    const count = new Map();
    for (let p = 0; p < data.n; p++) { const k = of(p); count.set(k, (count.get(k) ?? 0) + 1); }
    const shown = labels.map((_, k) => k).filter((k) => count.get(k));
    if (state.colour !== "time") shown.sort((a, b) => count.get(b) - count.get(a));
    const colour = new Map(shown.slice(0, COLOURS.length).map((k, at) => [k, COLOURS[at]]));
    return { of, colour, labels, others: shown.length > COLOURS.length };
  }
  function context2d(canvas) {
    const scale = Math.min(devicePixelRatio || 1, 2), { clientWidth: width, clientHeight: height } = canvas;
    canvas.width = width * scale;
    canvas.height = height * scale;
    const c = canvas.getContext("2d");
    c.scale(scale, scale);
    return { c, width, height };
  }
  const MARGIN = 8, SIDE = 65535;
  let kindsOf = null;
  function drawMap([mask]) {
    const { c, width, height } = context2d(find("map")), { of, colour } = kindsOf;
    const across = (p) => MARGIN + data.x[p] / SIDE * (width - 2 * MARGIN), down = (p) => MARGIN + (1 - data.y[p] / SIDE) * (height - 2 * MARGIN);
    const inside = new Map();
    let others = 0, drawn = 0;
    c.fillStyle = GREY;
    for (const p of order) {
      if (!mask[p]) { if (others++ < OTHERS) c.fillRect(across(p) - 1, down(p) - 1, 2, 2); }
      else if (drawn++ < MOST) { const ink = colour.get(of(p)) ?? PALE; if (inside.has(ink)) inside.get(ink).push(p); else inside.set(ink, [p]); }
    }
    const radius = drawn > 4000 ? 1.5 : drawn > 800 ? 2.2 : 3.2;
    for (const [ink, points] of inside) {
      c.fillStyle = ink;
      c.beginPath();
      for (const p of points) { c.moveTo(across(p) + radius, down(p)); c.arc(across(p), down(p), radius, 0, 7); }
      c.fill();
    }
    const box = editing().box;
    if (box) { c.strokeStyle = "#1c2430"; c.strokeRect(MARGIN + box[0] / SIDE * (width - 2 * MARGIN), MARGIN + (1 - box[3] / SIDE) * (height - 2 * MARGIN), (box[2] - box[0]) / SIDE * (width - 2 * MARGIN), (box[3] - box[1]) / SIDE * (height - 2 * MARGIN)); }
  }
  function drawKey() {
    const entry = (ink, text) => make("li", {}, make("svg", { viewBox: "0 0 10 10", "aria-hidden": "true" }, make("circle", { cx: 5, cy: 5, r: 5, fill: ink })), make("bdi", {}, text));
    const items = Array.from(kindsOf.colour, ([k, ink]) => entry(ink, kindsOf.labels[k]));
    find("key").replaceChildren(...items, ...(kindsOf.others || state.colour === "theme" ? [entry(PALE, t("other"))] : []));
  }
  const rightToLeft = () => state.lang === "ar";
  function drawTime(masks) {
    const { c, width, height } = context2d(find("time")), bins = Math.max(10, Math.floor(width / 6)), span = Math.max(lastDay - firstDay + 1, 1);
    if (!Number.isFinite(firstDay)) return;
    const held = masks.map(() => new Float64Array(bins)), all = new Float64Array(bins);
    for (let p = 0; p < data.n; p++) {
      const day = data.day[data.article[p]];
      if (day === data.NO_DAY) continue;
      const bin = Math.min(bins - 1, Math.floor((day - firstDay) / span * bins));
      all[bin]++;
      masks.forEach((mask, m) => { if (mask[p]) held[m][bin]++; });
    }
    const top = Math.max(...all, 1), floor = height - 16, wide = width / bins;
    const left = (bin) => (rightToLeft() ? width - (bin + 1) * wide : bin * wide);
    for (const [counts, ink] of [[all, GREY], [held[0], COLOURS[0]]]) {
      c.fillStyle = ink;
      counts.forEach((n, bin) => { const h = n / top * (floor - 4); c.fillRect(left(bin), floor - h, Math.max(wide - 1, 1), h); });
    }
    if (held[1]) {
      c.strokeStyle = "#a84300";
      c.lineWidth = 1.5;
      c.beginPath();
      held[1].forEach((n, bin) => c.lineTo(left(bin) + wide / 2, floor - n / top * (floor - 4)));
      c.stroke();
    }
    c.fillStyle = "#566170";
    c.font = "11px sans-serif";
    c.direction = "ltr";
    c.textAlign = "left";
    c.fillText(isoDay(rightToLeft() ? lastDay : firstDay), 2, height - 3);
    c.textAlign = "right";
    c.fillText(isoDay(rightToLeft() ? firstDay : lastDay), width - 2, height - 3);
  }
  /* Dragging over a canvas gives two places in it, each between 0 and 1. */
  function dragged(canvas, done) {
    let start = null;
    const at = (event) => { const box = canvas.getBoundingClientRect(); return [Math.min(Math.max((event.clientX - box.left) / box.width, 0), 1), Math.min(Math.max((event.clientY - box.top) / box.height, 0), 1)]; };
    canvas.addEventListener("pointerdown", (event) => { start = at(event); canvas.setPointerCapture(event.pointerId); });
    canvas.addEventListener("pointerup", (event) => {
      const end = at(event), from = start;
      start = null;
      if (from && Math.hypot((end[0] - from[0]) * canvas.clientWidth, (end[1] - from[1]) * canvas.clientHeight) > 6) done(from, end);
    });
  }
  dragged(find("map"), (a, b) => {
    const canvas = find("map"), to = (v, size) => (v * size - MARGIN) / (size - 2 * MARGIN) * SIDE;
    const xs = [a[0], b[0]].map((v) => to(v, canvas.clientWidth)).sort((p, q) => p - q), ys = [a[1], b[1]].map((v) => SIDE - to(v, canvas.clientHeight)).sort((p, q) => p - q);
    change("box", [xs[0], ys[0], xs[1], ys[1]].map(Math.round));
  });
  dragged(find("time"), (a, b) => {
    const day = (v) => firstDay + (rightToLeft() ? 1 - v : v) * (lastDay - firstDay + 1), ends = [day(a[0]), day(b[0])].sort((p, q) => p - q);
    if (state.edit === "b") state.against = "own";
    Object.assign(editing(), { from: Math.floor(ends[0]), to: Math.min(Math.floor(ends[1]), lastDay) });
    update();
  });

  // ---- tables
  const lacking = (lack) => (lack[0] === "none" ? t("lacksnone") : `${lack[1]} ${t(`lacks${lack[0]}`)}`);
  const saying = ({ share, low, high, lack }) => (Number.isFinite(share) ? `${sums.printed(share)}%${lack ? "" : ` (${sums.printed(low)}–${sums.printed(high)})`}` : "–");
  function picture(cells, top) {
    const svg = make("svg", { class: "shape", viewBox: "0 0 100 16", preserveAspectRatio: "none", "aria-hidden": "true" });
    if (!rightToLeft()) svg.setAttribute("class", "");
    cells.forEach((cell, at) => {
      if (!Number.isFinite(cell.share)) return;
      const y = cells.length > 1 ? 5 + 6 * at : 8, side = at ? "b" : "a";
      if (!cell.lack) svg.append(make("line", { class: `reach ${side}`, x1: cell.low / top * 100, x2: cell.high / top * 100, y1: y, y2: y }));
      svg.append(make("line", { class: `reach ${side}`, x1: cell.share / top * 100 - 0.4, x2: cell.share / top * 100 + 0.4, y1: y, y2: y, "stroke-opacity": 1, "stroke-width": 5 }));
    });
    return svg;
  }
  function table(caption, labels, columns) {
    const shown = labels.map((label, k) => [label, columns.map((column) => column[k])]).filter(([, cells]) => cells.some((cell) => cell.share > 0));
    const top = Math.max(0.02, ...shown.flatMap(([, cells]) => cells.flatMap((cell) => [cell.share || 0, cell.high || 0])));
    const lack = columns.map((column) => column.find((cell) => cell.lack)?.lack);
    const head = [t("label"), ...columns.map((_, at) => t(at ? "two" : "one")), ""];
    return make("table", { class: "shares" }, make("caption", {}, caption),
      make("thead", {}, make("tr", {}, ...head.map((text, at) => (at === head.length - 1 ? make("td") : make("th", { scope: "col" }, text, ...(at && lack[at - 1] ? [` · ${lacking(lack[at - 1])}`] : [])))))),
      make("tbody", {}, ...shown.map(([label, cells]) => make("tr", {}, make("th", { scope: "row" }, make("bdi", {}, named(label))),
        ...cells.map((cell) => make("td", { dir: "ltr" }, saying(cell))), make("td", {}, picture(cells, top))))));
  }
  let referent = 0;
  function drawShares(masks) {
    const parts = ["theme", "topic", "voice"].map((name) => table(t(name), data.measures[name].labels, data.shares(name, masks)));
    if (data.measures.naming.referents.length) {
      const select = make("select", { id: "referent" }, ...data.measures.naming.referents.map((pair, k) => make("option", { value: k }, named(pair))));
      select.value = referent;
      select.addEventListener("change", () => { referent = Number(select.value); drawShares(masks); find("referent").focus(); });
      const { labels, shares } = data.namings(referent, masks), caption = (voice) => `${named(data.measures.naming.referents[referent])}: ${t(voice)}`;
      parts.push(make("p", { class: "field short" }, make("label", { for: "referent" }, t("naming")), select),
        ...["own", "quoted"].map((voice, at) => table(caption(voice), labels, shares.map((side) => side[at]))));
    }
    if (masks[1] && masks[0].some((held, p) => held && masks[1][p])) parts.unshift(make("p", { class: "caution" }, t("same")));
    find("shares").replaceChildren(...parts);
  }
  const WORDS = 40;
  async function drawApart(masks, current) {
    if (!masks[1]) return find("apart").replaceChildren(make("p", {}, t("nothing")));
    const found = await data.apart(masks[0], masks[1]);
    if (!current()) return undefined;
    const list = (words, side) => make("ol", {}, ...words.map((word) => {
      const button = make("button", { type: "button", class: "word" }, make("bdi", {}, word.term), " ", make("small", {}, number.format(side ? word.second : word.first)));
      button.addEventListener("click", () => change("words", word.term));
      return make("li", {}, button);
    }));
    const halves = [found.filter((w) => w.z > 0).slice(0, WORDS), found.filter((w) => w.z < 0).reverse().slice(0, WORDS)];
    return find("apart").replaceChildren(make("div", { class: "two" }, ...halves.map((words, side) =>
      make("div", {}, make("h3", {}, t(side ? "second" : "first")), list(words, side)))));
  }

  // ---- passages
  const PAGE = 15, firstOf = new Uint32Array(data.article.length), ofArticle = new Map();
  data.article.forEach((a, p) => { const seen = ofArticle.get(a) ?? 0; firstOf[p] = seen + 1; ofArticle.set(a, seen + 1); });
  let listed = [], shownNow = 0;
  async function card(p, tests) {
    const [text, { titles, ids, urls }] = await Promise.all([data.text(p), data.names()]), a = data.article[p], outlet = data.facet.outlet;
    const told = make("dl"), tell = (name, value, ltr) => value && told.append(make("div", {}, make("dt", {}, name), make("dd", {}, make("bdi", ltr ? { dir: "ltr" } : {}, ...plain(value)))));
    tell(t("article"), titles[a] || ids[a]);
    tell(t("outlet"), named(outlet.labels[outlet.article[a]]));
    tell(t("day"), data.day[a] === data.NO_DAY ? t("undated") : isoDay(data.day[a]), true);
    tell(t("place"), `${firstOf[p]} ${t("of")} ${ofArticle.get(a)}`);
    tell(t("characters"), `${number.format(data.start[p])}–${number.format(data.end[p])}`, true);
    tell("URL", urls[a], true);
    const near = make("button", { type: "button", class: "more" }, t("similar"));
    near.addEventListener("click", () => change("like", `#${p}`));
    const body = text === null ? [make("span", { class: "note" }, t("noText"))] : marked(text, tests);
    return make("article", { class: "passage" }, make("p", { class: "text", dir: "rtl" }, ...body), told, near);
  }
  function marked(text, tests) {
    const nodes = [];
    let at = 0;
    for (const [word, start, end] of tests.length ? data.folding.words(text) : []) {
      if (!tests.some((test) => test(word))) continue;
      nodes.push(...plain(text.slice(at, start)), make("mark", {}, ...plain(text.slice(start, end))));
      at = end;
    }
    return [...nodes, ...plain(text.slice(at))];
  }
  async function more(current = () => true) {
    const next = listed.slice(shownNow, shownNow + PAGE), wanted = state[find("shown").value];
    const tests = (wanted.words ?? "").split(/\s+/u).filter(Boolean).flatMap((word) => data.folding.compile(word, false));
    const cards = await Promise.all(next.map((p) => card(p, tests)));
    if (!current()) return;
    shownNow += next.length;
    find("list").append(...cards);
    find("more").hidden = shownNow >= listed.length;
  }
  async function drawList(masks, current) {
    const side = find("shown").value === "b" ? 1 : 0, mask = masks[side], like = state[side ? "b" : "a"].like;
    listed = [];
    shownNow = 0;
    if (mask) for (let p = 0; p < data.n; p++) if (mask[p]) listed.push(p);
    if (like && listed.length) { const near = await data.likeness(like); listed.sort((a, b) => near[b] - near[a] || a - b); }
    if (!current()) return;
    find("list").replaceChildren();
    find("found").textContent = listed.length ? `${t("passages")}: ${number.format(listed.length)}` : t("empty");
    await more(current);
  }
  find("more").addEventListener("click", () => more());

  // ---- a file of the selection
  /* A cell that a program of tables would take for a formula begins with an apostrophe. */
  const cell = (value) => `"${String(value ?? "").replace(/^(?=[=+\-@\t\r])/u, "'").replaceAll('"', '""')}"`;
  async function csv(rows) {
    const { ids, titles, urls, passages } = await data.names(), { outlet, status, topic, theme } = data.facet;
    const head = ["passage_id", "article_id", "outlet", "date", "date_status", "title", "url", "start", "end", "topic", "themes", ...(data.hasText ? ["text"] : [])];
    const lines = [head.join(",")];
    for (const p of rows) {
      const a = data.article[p], themes = theme.columns.flatMap((column, k) => (column[p] ? [named(theme.labels[k])] : []));
      const values = [passages[p], ids[a], named(outlet.labels[outlet.article[a]]), data.day[a] === data.NO_DAY ? "" : isoDay(data.day[a]), named(status.labels[status.article[a]]),
        titles[a], urls[a], data.start[p], data.end[p], named(topic.labels[topic.passage[p]]), themes.join("; ")];
      if (data.hasText) values.push(await data.text(p));
      lines.push(values.map(cell).join(","));
    }
    return `\ufeff${lines.join("\r\n")}\r\n`;
  }
  find("save").addEventListener("click", async () => {
    const url = URL.createObjectURL(new Blob([await csv(listed)], { type: "text/csv" })), link = make("a", { href: url, download: "selection.csv" });
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 10000);
  });

  // ---- all of it
  async function masksOf() {
    const first = await data.select(state.a);
    if (state.against === "none") return [first];
    return [first, state.against === "rest" ? first.map((held) => 1 - held) : await data.select(state.b)];
  }
  let turn = 0, took = 0;
  async function update() {
    const mine = ++turn, current = () => mine === turn, began = performance.now();
    writeAddress();
    drawForm();
    const masks = await masksOf();
    if (!current()) return;
    kindsOf ??= kinds();
    drawMap(masks);
    drawTime(masks);
    drawKey();
    const sizes = masks.map(data.size);
    find("state").textContent = sizes.map(({ passages, articles }, at) => `${t(at ? "two" : "one")}: ${t("passages")} ${number.format(passages)}${t("and")}${t("articles")} ${number.format(articles)}`).join(" · ");
    drawShares(masks);
    took = performance.now() - began;
    await Promise.all([drawApart(masks, current), drawList(masks, current)]);
  }
  function speak() {
    Object.assign(document.documentElement, { lang: state.lang, dir: rightToLeft() ? "rtl" : "ltr" });
    document.querySelectorAll("[data-t]").forEach((node) => { node.textContent = t(node.dataset.t); });
    document.querySelectorAll("[data-t-label]").forEach((node) => node.setAttribute("aria-label", t(node.dataset.tLabel)));
    Object.assign(find("language"), { textContent: rightToLeft() ? "English" : "العربية", lang: rightToLeft() ? "en" : "ar" });
    const choices = ["topic", "theme", "outlet", "time"].map((name) => make("option", { value: name }, name === "time" ? t("day") : named(data.facet[name].said)));
    find("colour").replaceChildren(...choices);
    find("colour").value = state.colour;
    kindsOf = null;
  }
  find("language").addEventListener("click", () => { state.lang = rightToLeft() ? "en" : "ar"; speak(); update(); });
  find("clear").addEventListener("click", () => { Object.assign(state, { a: {}, b: {}, against: "none", edit: "a" }); update(); });
  find("colour").addEventListener("change", () => { state.colour = find("colour").value; kindsOf = null; update(); });
  find("against").addEventListener("change", () => { state.against = find("against").value; update(); });
  find("shown").addEventListener("change", update);
  find("unbox").addEventListener("click", () => change("box", undefined));
  document.querySelectorAll("input[name=edit]").forEach((input) => input.addEventListener("change", () => { state.edit = input.value; if (input.value === "b") state.against = "own"; update(); }));
  for (const name of ["words", "like"]) {
    const done = () => { if (waiting.has(name)) { clearTimeout(waiting.get(name)); waiting.delete(name); change(name, find(name).value.trim()); } };
    find(name).addEventListener("input", () => { clearTimeout(waiting.get(name)); waiting.set(name, setTimeout(done, 250)); });
    find(name).addEventListener("change", done);
  }
  for (const name of ["from", "to"]) find(name).addEventListener("change", () => change(name, find(name).value ? Math.round(Date.parse(find(name).value) / 864e5) : undefined));
  find("form").addEventListener("submit", (event) => event.preventDefault());
  addEventListener("hashchange", () => { readAddress(); speak(); update(); });
  let resize = 0;
  addEventListener("resize", () => { clearTimeout(resize); resize = setTimeout(update, 200); });
  readAddress();
  speak();
  await update();
  window.explorer = Object.freeze({ data, csv, change, state, update, took: () => took });
  document.documentElement.dataset.ready = "";
})();
