"use strict";
/* The page in the hand of its reader: numbers open passages, words are found, passages sifted.
   Text of articles only ever becomes text nodes. */
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const folding = makeFolding(data.fold);
  const find = (id) => document.getElementById(id);
  const PAGE = 20, CARDS = 6, LINES = 60, REACH = 42;
  const [ARTICLE, NAME, START, END, PERIOD, THEMES, TEXT] = [0, 1, 2, 3, 4, 5, 6];
  const control = /[\u202a-\u202e\u2066-\u2069]/u;

  function make(tag, attributes = {}, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    node.append(...children);
    return node;
  }

  /* Text as nodes; controls that would turn its direction are shown instead of obeyed. */
  function plain(text) {
    const nodes = [];
    for (const piece of text.split(/([\u202a-\u202e\u2066-\u2069])/u)) {
      if (control.test(piece)) {
        const code = piece.codePointAt(0).toString(16).toUpperCase();
        nodes.push(make("span", { class: "control", dir: "ltr" }, `U+${code}`));
      } else if (piece) {
        nodes.push(document.createTextNode(piece));
      }
    }
    return nodes;
  }

  function marked(text, spans) {
    const nodes = [];
    let position = 0;
    for (let n = 0; n < spans.length; n += 2) {
      nodes.push(...plain(text.slice(position, spans[n])));
      nodes.push(make("mark", {}, ...plain(text.slice(spans[n], spans[n + 1]))));
      position = spans[n + 1];
    }
    return [...nodes, ...plain(text.slice(position))];
  }

  const number = new Intl.NumberFormat("en");
  function counted(n, one, two, few, many, hundred) {
    if (n === 1) return one;
    if (n === 2) return two;
    const rest = n % 100;
    return `${number.format(n)} ${rest >= 3 && rest <= 10 ? few : rest >= 11 ? many : hundred}`;
  }
  const passagesIn = (n) => counted(n, "فقرة واحدة", "فقرتان", "فقرات", "فقرة", "فقرة");
  const placesIn = (n) => counted(n, "موضع واحد", "موضعان", "مواضع", "موضعا", "موضع");

  /* One passage with where it comes from. */
  function card(row, spans) {
    const passage = data.passages[row], article = data.articles[passage[ARTICLE]];
    const told = make("dl");
    const tell = (name, value, ltr) => {
      if (!value) return;
      const shown = make("bdi", ltr ? { dir: "ltr" } : {}, value);
      told.append(make("div", {}, make("dt", {}, name), make("dd", {}, shown)));
    };
    tell("المقال", article.title || "بلا عنوان");
    tell("الناشر", data.outlets[article.outlet]);
    tell("كُتب", article.dated);
    tell("مصدر النص", article.from);
    tell("عن", article.origin);
    tell("الكاتب", article.author);
    tell("المترجم", article.translator);
    tell("الموضع في الملف", `${number.format(passage[START])}–${number.format(passage[END])}`, true);
    tell("الفقرة", passage[NAME], true);
    tell("الرابط", article.url, true);
    return make("article", { class: "passage" },
      make("p", { class: "text", dir: "rtl" }, ...marked(passage[TEXT], spans || [])), told);
  }

  /* A list that grows by pages, so that a thousand passages do not stand in the page at once. */
  function pager(list, button, size, draw) {
    let items = [], shown = 0;
    function more() {
      const first = shown;
      shown = Math.min(items.length, shown + size);
      draw(items.slice(first, shown), first === 0);
      button.hidden = shown >= items.length;
    }
    button.addEventListener("click", more);
    return (next) => { items = next; shown = 0; list.replaceChildren(); more(); };
  }

  // ---- passages behind a number
  const panel = find("panel"), panelList = find("panel-list");
  const showBehind = pager(panelList, find("panel-more"), PAGE, (items) => {
    panelList.append(...items.map(([row, spans]) => card(row, spans)));
  });

  function open(title, said, items) {
    find("panel-title").textContent = title;
    find("panel-found").textContent = said;
    showBehind(items);
    if (!panel.open) panel.showModal();
    panel.scrollTop = 0;
    find("close").focus({ preventScroll: true });
  }

  function openNumber(button) {
    const [label, total, rows, marks] = data.numbers[Number(button.dataset.n)];
    const listed = rows.length < total ? ` تظهر هنا ${number.format(rows.length)} منها.` : "";
    open(label, `خلف هذا الرقم ${passagesIn(total)}.${listed}`, rows.map((row, n) => [row, marks[n]]));
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-n]");
    if (button) openNumber(button);
    else if (event.target === panel) panel.close();
  });
  find("close").addEventListener("click", () => panel.close());

  // ---- search and filters
  const results = find("results"), found = find("found");
  const inputs = ["query", "outlet", "theme", "from", "to", "exact"].map(find);
  const [query, outlet, theme, from, to, exact] = inputs;

  function fill(select, first, names) {
    select.replaceChildren(make("option", { value: "" }, first),
      ...names.map((name, n) => make("option", { value: n }, name)));
  }
  fill(outlet, "كل الناشرين", data.outlets);
  fill(theme, "كل المحاور", data.themes);
  fill(from, "البداية", data.periods);
  fill(to, "النهاية", data.periods);

  const chosen = (select) => (select.value === "" ? null : Number(select.value));
  function sifted() {
    const [o, t, first, last] = [outlet, theme, from, to].map(chosen), rows = [];
    data.passages.forEach((passage, row) => {
      if (o !== null && data.articles[passage[ARTICLE]].outlet !== o) return;
      if (t !== null && Math.floor(passage[THEMES] / 2 ** t) % 2 === 0) return;
      if ((first !== null || last !== null) && passage[PERIOD] < 0) return;
      if (first !== null && passage[PERIOD] < first) return;
      if (last !== null && passage[PERIOD] > last) return;
      rows.push(row);
    });
    return rows;
  }

  const memo = [];
  const wordsOf = (row) => (memo[row] ??= folding.words(data.passages[row][TEXT]));

  function places(tests, rows) {
    const hits = [];
    for (const row of rows) {
      const words = wordsOf(row);
      for (let n = 0; n + tests.length <= words.length; n++) {
        if (tests.every((test, k) => test(words[n + k][0]))) {
          hits.push([row, words[n][1], words[n + tests.length - 1][2]]);
        }
      }
    }
    return hits;
  }

  /* The text before and behind a place, cut between words. */
  function before(text, start) {
    const cut = Math.max(0, start - REACH), part = text.slice(cut, start);
    return cut ? "…" + part.slice(Math.max(0, part.search(/\s/u))) : part;
  }
  function behind(text, end) {
    const part = text.slice(end, end + REACH);
    return end + REACH < text.length ? part.slice(0, Math.max(0, part.lastIndexOf(" "))) + " …" : part;
  }

  function line([row, start, end], all) {
    const passage = data.passages[row], text = passage[TEXT], article = data.articles[passage[ARTICLE]];
    const button = make("button", { type: "button", class: "hit", "aria-haspopup": "dialog" },
      ...plain(text.slice(start, end)));
    button.addEventListener("click", () => {
      const spans = all.filter((hit) => hit[0] === row).flatMap((hit) => [hit[1], hit[2]]);
      open(article.title || "بلا عنوان", "", [[row, spans]]);
    });
    return make("tr", {}, make("td", { class: "before" }, ...plain(before(text, start))),
      make("td", { class: "middle" }, button), make("td", { class: "behind" }, ...plain(behind(text, end))),
      make("td", { class: "source" }, make("bdi", {}, data.outlets[article.outlet])));
  }

  let body = null, hits = [];
  const showLines = pager(results, find("more"), LINES, (items, first) => {
    if (first) {
      const names = ["ما قبلها", "الكلمة", "ما بعدها", "الناشر"];
      body = make("tbody");
      results.append(make("table", { class: "kwic" }, make("caption", { class: "hidden" }, "مواضع الكلمة في سياقها"),
        make("thead", {}, make("tr", {}, ...names.map((name) => make("th", { scope: "col" }, name)))), body));
    }
    body.append(...items.map((hit) => line(hit, hits)));
  });
  const moreCards = make("button", { type: "button", class: "more", hidden: "" }, "المزيد");
  find("more").after(moreCards);
  const showCards = pager(results, moreCards, CARDS, (items) => {
    results.append(...items.map((row) => card(row, [])));
  });

  function update() {
    const rows = sifted(), tests = folding.compile(query.value, exact.checked);
    if (tests.length) {
      hits = places(tests, rows);
      const inside = new Set(hits.map((hit) => hit[0])).size;
      found.textContent = hits.length
        ? `${placesIn(hits.length)}، في ${passagesIn(inside)} من ${number.format(rows.length)}`
        : `لا شيء في ${passagesIn(rows.length)}`;
      showCards([]);
      if (hits.length) showLines(hits); else { results.replaceChildren(); find("more").hidden = true; }
    } else {
      found.textContent = rows.length === data.passages.length ? passagesIn(rows.length)
        : `${passagesIn(rows.length)} من ${number.format(data.passages.length)}`;
      find("more").hidden = true;
      showCards(rows);
    }
  }
  let timer = 0;
  query.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(update, 150); });
  inputs.slice(1).forEach((input) => input.addEventListener("change", update));
  find("form").addEventListener("submit", (event) => { event.preventDefault(); clearTimeout(timer); update(); });

  // ---- paper shows what the screen folds away
  addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((d) => { d.open = true; }));
  update();
  window.report = Object.freeze({ folding, data });
})();
