// The tables of the report. Texts reach the page as text nodes only, never as markup.
"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const [UNIT, FILE, ITEM, NUMBER, PATH, PROBLEM, OUTCOME, CATEGORY, ALSO, CATEGORY_SCORE, STATUS, STATUS_SCORE,
    FLAGS, EVIDENCE, REASONS, TERMS, SPAN] = Array.from({ length: 17 }, (_, i) => i);
  const LONG_TERM = 1, LISTED_OPEN = 2;
  const PAGE = 50, PRINTED = 500, SHORT = 150, LEAD = 40, FRAGMENT = 24;
  const items = data.items, collator = new Intl.Collator("zh-CN");
  const form = document.getElementById("filters"), count = document.getElementById("count");

  // -- building elements -------------------------------------------------------------------------------

  function element(tag, attributes, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (value !== null && value !== undefined && value !== false) made.setAttribute(name, value);
    }
    made.append(...children.filter((child) => child !== null && child !== undefined));
    return made;
  }

  /** `text` from `from` to `to` with `marks` ([start, end, class], not overlapping, in order) highlighted. */
  function marked(text, from, to, marks) {
    const parts = [];
    let at = from;
    for (const [start, end, kind] of marks) {
      if (end <= at || start >= to) continue;
      const first = Math.max(start, at), last = Math.min(end, to);
      parts.push(text.slice(at, first), element("mark", { class: kind }, text.slice(first, last)));
      at = last;
    }
    parts.push(text.slice(at, to));
    return parts.filter((part) => part !== "");
  }

  /** The evidence and the places of the search words, without overlaps. */
  function marksIn(text, evidence, words) {
    const marks = evidence ? [[evidence[0], evidence[1], "evidence"]] : [];
    const lower = words.length ? text.toLowerCase() : "";
    for (const word of words) {
      for (let at = lower.indexOf(word); at >= 0; at = lower.indexOf(word, at + word.length)) {
        const end = at + word.length;
        if (marks.every(([a, b]) => end <= a || at >= b)) marks.push([at, end, "hit"]);
      }
    }
    return marks.sort((a, b) => a[0] - b[0]);
  }

  // -- what is shown -----------------------------------------------------------------------------------

  const sureness = (item) => Math.min(item[CATEGORY_SCORE] ?? 101, item[STATUS_SCORE] ?? 101);
  const score = (value) => value === null || value > 100 ? "" : (value / 100).toFixed(2);
  const rank = (names) => {
    const order = names.map((_, i) => i).sort((a, b) => collator.compare(names[a], names[b]));
    const ranks = [];
    order.forEach((name, place) => { ranks[name] = place; });
    return ranks;
  };
  const unitRank = rank(data.units);
  const haystacks = [];
  const haystack = (i) => haystacks[i] ??= [items[i][PROBLEM], items[i][OUTCOME], data.units[items[i][UNIT]],
    ...data.paths[items[i][PATH]], items[i][NUMBER], items[i][REASONS], items[i][TERMS]].join("\n").toLowerCase();

  let single = null; // one item that a link elsewhere on the page points to
  let words = [];

  function chosen() {
    const value = (name) => form.elements[name].value;
    words = value("q").toLowerCase().split(/\s+/).filter(Boolean);
    const category = value("category"), status = value("status"), unit = value("unit");
    const flag = Number(value("flag")), below = Number(value("below"));
    if (single !== null) return [single];
    const found = [];
    for (let i = 0; i < items.length; i += 1) {
      const item = items[i];
      if (category !== "" && item[CATEGORY] !== Number(category)) continue;
      if (status !== "" && item[STATUS] !== Number(status)) continue;
      if (unit !== "" && item[UNIT] !== Number(unit)) continue;
      if (flag && !(item[FLAGS] & flag)) continue;
      if (below && sureness(item) >= below) continue;
      if (words.length && !words.every((word) => haystack(i).includes(word))) continue;
      found.push(i);
    }
    return found;
  }

  function sourceOf(item) {
    const [name, link] = data.files[item[FILE]];
    const title = `${name}，原文第 ${item[SPAN][0]}–${item[SPAN][1]} 字`;
    if (!link) return element("span", { class: "path", title }, "原文");
    const fragment = /\.(txt|html?)$/i.test(link) ? `#:~:text=${encodeURIComponent(item[PROBLEM].slice(0, FRAGMENT))}` : "";
    return element("a", { href: link + fragment, title, target: "_blank", rel: "noopener" }, "原文");
  }

  /** Parts of a long text to show, [from, to] in order: about the evidence, and about the first search word. */
  function excerpts(text, evidence, marks) {
    const from = evidence && evidence[0] > SHORT - LEAD ? evidence[0] - LEAD : 0;
    const parts = [[from, Math.max(from + SHORT, evidence ? evidence[1] : 0)]];
    const hit = marks.find(([, , kind]) => kind === "hit");
    if (hit && (hit[0] < parts[0][0] || hit[1] > parts[0][1])) parts.push([Math.max(hit[0] - LEAD, 0), hit[1] + LEAD]);
    parts.sort((a, b) => a[0] - b[0]);
    if (parts.length === 2 && parts[0][1] >= parts[1][0]) parts.splice(0, 2, [parts[0][0], Math.max(parts[0][1], parts[1][1])]);
    return parts.map(([a, b]) => [a, Math.min(b, text.length)]);
  }

  function outcomeOf(item) {
    const text = item[OUTCOME], evidence = item[EVIDENCE], marks = marksIn(text, evidence, words);
    const box = element("div", { class: "outcome" });
    const whole = () => box.replaceChildren(...marked(text, 0, text.length, marks));
    if (text.length <= SHORT + 30 || printing) { whole(); return box; }
    const more = element("button", { type: "button", class: "link more", "aria-expanded": "false" }, "展开全文");
    const parts = excerpts(text, evidence, marks);
    const short = () => box.replaceChildren(parts[0][0] ? "……" : "",
      ...parts.flatMap(([from, to]) => [...marked(text, from, to, marks), to < text.length ? "……" : ""]), more);
    more.addEventListener("click", () => {
      const open = more.getAttribute("aria-expanded") === "false";
      more.setAttribute("aria-expanded", String(open));
      more.textContent = open ? "收起" : "展开全文";
      if (open) { whole(); box.append(more); } else short();
    });
    short();
    return box;
  }

  const tag = (text, kind) => element("span", { class: `tag ${kind || ""}` }, text);

  function row(i) {
    const item = items[i], path = data.paths[item[PATH]].join(" › ");
    const evidenceInPath = item[EVIDENCE] === null;
    const also = item[ALSO].map((c) => tag(data.categories[c]));
    const problem = element("td", { class: "c-problem", "data-label": "问题" },
      path && element("div", { class: "path" }, path), `${item[NUMBER]} `, ...marked(item[PROBLEM], 0, item[PROBLEM].length, marksIn(item[PROBLEM], null, words)));
    const below = element("div", {});
    if (item[FLAGS] & LISTED_OPEN) below.append(tag("列入未完成清单", "warn"));
    if (item[FLAGS] & LONG_TERM) below.append(tag("长期坚持"));
    if (item[TERMS]) below.append(tag(item[TERMS]));
    if (item[REASONS]) below.append(tag(`复核：${item[REASONS]}`, "warn"));
    const scoreCell = (value) => element("div", { class: value !== null && value < 60 ? "low" : "path" }, score(value));
    return element("tr", { "data-index": i },
      element("td", { class: "c-unit", "data-label": "单位" }, data.units[item[UNIT]], element("div", { class: "path" }, `第 ${item[ITEM]} 条 `, sourceOf(item))),
      problem,
      element("td", { class: "c-outcome", "data-label": "整改情况" }, outcomeOf(item), below),
      element("td", { class: "c-category", "data-label": "类别", title: data.themes[item[CATEGORY]] }, data.categories[item[CATEGORY]], scoreCell(item[CATEGORY_SCORE]), ...also),
      element("td", { class: "c-status", "data-label": "状态", title: evidenceInPath ? "依据见上级标题或未见明文" : null },
        element("span", { class: `pill st-${Math.min(item[STATUS], 5)}` }, data.statuses[item[STATUS]]), scoreCell(item[STATUS_SCORE])),
      element("td", { class: "c-sure num", "data-label": "置信度（两项中较低的）" }, score(sureness(item))));
  }

  // -- a table with sorting and pages ------------------------------------------------------------------

  let printing = false;

  /** columns: [head, class, key(index) or null]; `select()` gives the indices, `draw(index)` a row. */
  function pagedTable(place, columns, select, draw, report) {
    let order = null, direction = 1, page = 0, shown = [];
    const heads = columns.map(([head, kind, key], number) => {
      const cell = element("th", { scope: "col", class: kind });
      if (!key) { cell.append(head); return cell; }
      const button = element("button", { type: "button" }, head);
      button.addEventListener("click", () => {
        direction = order === number ? -direction : 1;
        order = number;
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        cell.setAttribute("aria-sort", direction > 0 ? "ascending" : "descending");
        update();
      });
      cell.append(button);
      return cell;
    });
    const body = element("tbody", {});
    const earlier = element("button", { type: "button", class: "action" }, "上一页");
    const later = element("button", { type: "button", class: "action" }, "下一页");
    const where = element("span", {}), cut = element("p", { class: "printed" });
    const turn = (step) => { page += step; paint(); place.scrollIntoView(); };
    earlier.addEventListener("click", () => turn(-1));
    later.addEventListener("click", () => turn(1));
    const pager = element("div", { class: "pager" }, earlier, where, later);
    place.append(element("table", { class: "grid" }, element("thead", {}, element("tr", {}, ...heads)), body), pager, cut);

    function paint() {
      const pages = Math.max(1, Math.ceil(shown.length / PAGE));
      page = Math.min(Math.max(page, 0), pages - 1);
      const part = printing ? shown.slice(0, PRINTED) : shown.slice(page * PAGE, (page + 1) * PAGE);
      body.replaceChildren(...part.map(draw));
      cut.textContent = shown.length > PRINTED ? `打印只含前 ${PRINTED} 条，共 ${shown.length} 条。` : "";
      where.textContent = `第 ${page + 1} / ${pages} 页`;
      earlier.disabled = page === 0;
      later.disabled = page === pages - 1;
      pager.hidden = pages === 1;
    }

    function update() {
      shown = select();
      if (order !== null) {
        const key = columns[order][2], keys = new Map(shown.map((i) => [i, key(i)]));
        const compare = (a, b) => typeof a === "string" ? collator.compare(a, b) : a - b;
        shown.sort((a, b) => direction * compare(keys.get(a), keys.get(b)) || a - b);
      }
      page = 0;
      paint();
      if (report) report(shown.length);
    }
    return { update, paint };
  }

  // -- the page ----------------------------------------------------------------------------------------

  function fill(name, names, order) {
    const select = form.elements[name];
    select.append(element("option", { value: "" }, "全部"), ...order.map((i) => element("option", { value: i }, names[i])));
  }
  const inOrder = (names) => names.map((_, i) => i);
  fill("category", data.categories, inOrder(data.categories));
  fill("status", data.statuses, inOrder(data.statuses));
  fill("unit", data.units, inOrder(data.units).sort((a, b) => unitRank[a] - unitRank[b]));

  const table = pagedTable(document.getElementById("items-table"), [
    ["单位", "c-unit", (i) => unitRank[items[i][UNIT]]],
    ["问题", "c-problem", (i) => items[i][PROBLEM]],
    ["整改情况", "c-outcome", (i) => items[i][OUTCOME].length],
    ["类别", "c-category", (i) => items[i][CATEGORY]],
    ["状态", "c-status", (i) => items[i][STATUS]],
    ["置信度", "c-sure num", (i) => sureness(items[i])],
  ], chosen, row, (found) => {
    count.textContent = single === null ? `共 ${items.length} 条，符合条件 ${found} 条` : "只显示所选的一条；清除筛选可看全部";
  });

  function noticeRow(i) {
    const [file, unit, title, published, total, statuses, agrees, differences] = data.notices[i];
    const stack = element("span", { class: "stack" });
    data.statuses.forEach((name, s) => {
      const part = statuses[name] || 0;
      if (part) stack.append(element("span", { class: `seg st-${Math.min(s, 5)}`, style: `width:${100 * part / total}%`, title: `${name}：${part} 条` }));
    });
    const verdict = agrees === null ? "未自述" : agrees ? "相符" : differences || "不符";
    const link = data.files[file][1], name = title || data.files[file][0];
    return element("tr", {},
      element("td", { "data-label": "单位" }, unit),
      element("td", { "data-label": "通报" }, link ? element("a", { href: link, target: "_blank", rel: "noopener" }, name) : name),
      element("td", { "data-label": "发布日期" }, published),
      element("td", { class: "num", "data-label": "问题" }, total),
      element("td", { class: "mini", "data-label": "完成状态" }, stack),
      element("td", { class: "num", "data-label": "完成率" }, total ? `${Math.round(100 * doneShare(i))}%` : ""),
      element("td", { "data-label": "与自述" }, verdict));
  }
  const doneShare = (i) => data.notices[i][4] ? (data.notices[i][5][data.statuses[0]] || 0) / data.notices[i][4] : -1;
  const comparison = pagedTable(document.getElementById("notices-table"), [
    ["单位", "", (i) => data.notices[i][1]],
    ["通报", "", (i) => data.notices[i][2]],
    ["发布日期", "", (i) => data.notices[i][3]],
    ["问题", "num", (i) => data.notices[i][4]],
    ["完成状态", "mini", null],
    ["完成率", "num", doneShare],
    ["与自述", "", null],
  ], () => inOrder(data.notices), noticeRow, null);

  let timer = 0;
  const refresh = () => { single = null; table.update(); };
  form.addEventListener("input", (event) => {
    clearTimeout(timer);
    timer = setTimeout(refresh, event.target.name === "q" ? 150 : 0);
  });
  form.addEventListener("reset", () => setTimeout(refresh, 0));
  form.addEventListener("submit", (event) => event.preventDefault());

  const names = { category: data.categories, status: data.statuses, unit: data.units };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-filter], [data-item]");
    if (!button) return;
    event.preventDefault();
    form.reset();
    const { filter, value, item } = button.dataset;
    if (filter) form.elements[filter].value = names[filter] ? names[filter].indexOf(value) : value;
    setTimeout(() => { // after the form's own refresh
      single = item === undefined ? null : Number(item);
      table.update();
      document.getElementById("items").scrollIntoView();
    });
  });
  const print = (on) => { printing = on; table.paint(); comparison.paint(); };
  window.addEventListener("beforeprint", () => print(true));
  window.addEventListener("afterprint", () => print(false));

  table.update();
  comparison.update();
})();
