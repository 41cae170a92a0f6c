// ---- The page -----------------------------------------------------------------------------------------------------------------------

const GROUPS = [
  ["Groups", ["by"]],
  ["What changed", ["changes", "new-errors", "ended-support", "slowest", "answer"]],
  ["Failures", ["failures", "failure-trends", "retries"]],
  ["Trends", ["trends", "over-time"]],
  ["Images", ["base-images", "transfers", "families", "runtimes", "publish-modes", "image-size"]],
  ["Speed", ["duration"]],
  ["Surroundings", ["sdk-versions", "ci", "hosts", "systems", "agents"]],
  ["Use", ["features", "invocation", "adoption", "sdk-adoption", "users"]],
];
const OTHERS = "Of your own";
const tableOf = id => report.tables.find(table => table.id === id);
const spoken = element("p", { className: "skip", role: "status" });
const say = text => { spoken.textContent = text; };

/** Chooses all of these values, or removes them if all were chosen already. */
function toggle(choices) {
  const usable = choices.filter(canChoose);
  if (usable.length === 0) {
    return;
  }
  const on = !usable.every(([id, value]) => isChosen(id, value));
  usable.forEach(([id, value]) => setFilter(id, value, on));
  filtersChanged();
}

function filtersChanged() {
  location.hash = filterAddress();
  draw();
}

// ---- The answer: the success rate now and before, and the findings --------------------------------------------------------------------

const share = rate => rate === null ? "–" : format("percent", rate);
const rateOf = ([succeeded, failed]) => ratio(succeeded, succeeded + failed);

/** Figures of the filtered publishes, now and before. A page without the publishes takes them from its tables. */
function figures() {
  if (publishes !== null) {
    const now = outcomesOf(selection.report);
    return { now, rate: rateOf(now), trend: rateOf(outcomesOf(selection.trend)), previous: rateOf(outcomesOf(selection.previous)) };
  }
  const all = tableOf("success-rate")?.rows[0];
  const trends = tableOf("trends")?.rows ?? [];
  return all ? {
    now: OUTCOMES.map(outcome => all[outcome.column]), rate: all.SuccessRate, trend: trends[0]?.SuccessRate ?? null, previous: trends[1]?.SuccessRate ?? null,
  } : null;
}

function drawHeadline() {
  const made = figures();
  byId("headline").hidden = made === null;
  if (made === null) {
    return;
  }
  byId("rate").textContent = share(made.rate);
  byId("of").textContent = NOUNS[1];
  const points = made.trend !== null && made.previous !== null ? made.trend - made.previous : null;
  const direction = points === null ? "" : Math.abs(points) < .0005 ? "unchanged" : `${points > 0 ? "▲" : "▼"} ${format("points", Math.abs(points))}`;
  const isWhole = report.query.since !== null;
  byId("before").textContent = points === null ? ""
    : isWhole ? `${direction}: ${share(made.previous)} in the period before`
    : `${direction}: ${share(made.trend)} in the last 30 days, ${share(made.previous)} in the 30 days before`;
  byId("before").dataset.change = points === null || Math.abs(points) < .0005 ? "" : points > 0 ? "better" : "worse";
  const whole = tableOf("success-rate");
  const row = whole ? rowsOf(whole)[0] : null;
  byId("tiles").replaceChildren(...(whole ? whole.columns.filter(column => column.id !== "SuccessRate" && row[column.id] !== null) : []).map(column => {
    const outcome = OUTCOMES.find(one => one.column === column.id);
    const content = [element("strong", {}, format(column.kind, row[column.id])), element("span", {}, column.title)];
    const tile = outcome && canFilter("Outcome") ? filterButton([["Outcome", outcome.value]], ...content) : element("div", {}, ...content);
    tile.classList.add("tile", outcome?.label ?? "plain");
    tile.dataset.column = column.id;
    return tile;
  }));
}

const MOST_LINES = 3;

/** Parses the place of a finding, which has the form of --where, into filters of the page. */
const choicesOf = where => where.split(" and ").map(part => part.split("=")).filter(parts => parts.length === 2 && !parts[0].endsWith("!")).map(([name, value]) => [axisNamed(name), value]);

/** The findings of the report's answer: a title, lines with the filters that a click sets, and the id of the table with the details. */
function findings() {
  const rows = id => { const table = tableOf(id); return rowsOf(table) ?? table.rows; };
  const changes = verdict => rows("changes").filter(row => row.Verdict === verdict).map(row => ({
    name: row.Where,
    text: `${grouped.format(row.Failures)} of ${count(row.Publishes, "publish", "publishes")} failed this way, ${grouped.format(row.Expected)} expected`
      + (row.From === null ? "" : row.From === row.To ? `, most on ${row.From}` : `, most ${row.From} to ${row.To}`),
    choices: choicesOf(row.Where),
  }));
  const orNothing = (lines, text) => lines.length > 0 ? lines : [{ name: "", text, choices: [] }];
  const hasBefore = rows("answer")[1].Publishes > 0;
  return [
    ["What got worse", orNothing(changes("worse"), hasBefore ? "nothing beyond chance" : "there is no earlier period to compare with"), "changes"],
    ["What got better", changes("better"), "changes"],
    [tableOf("new-errors").title, rows("new-errors").map(row => ({ name: row.Error, text: count(row.Failures, "failure", "failures"), choices: [["Error", row.Error]] })), "new-errors"],
    ["Base images past support", rows("ended-support").map(row => ({
      name: labelOf(["BaseImage", "BaseImageTag"], [row.BaseImage, row.BaseImageTag]),
      text: `${count(row.Projects, "project", "projects")}, support ended ${row.SupportEnds}`,
      choices: [["BaseImage", row.BaseImage], ["BaseImageTag", row.BaseImageTag]],
    })), "ended-support"],
    ["Slowest destinations", rows("slowest").map(row => ({
      name: row.PushType,
      text: `${duration(row.DurationP95)} at p95` + (row.PreviousDurationP95 === null ? "" : `, ${duration(row.PreviousDurationP95)} before`),
      choices: [["PushType", row.PushType]],
    })), "slowest"],
  ];
}

function drawFindings() {
  const made = tableOf("changes") ? findings() : [];
  byId("findings").replaceChildren(...made.filter(([, lines]) => lines.length > 0).map(([title, lines, id]) => element("div", { className: "finding" },
    element("h2", {}, title),
    element("ul", {}, ...lines.slice(0, MOST_LINES).map(({ name, text, choices }) => element("li", {},
      choices.length > 0 && choices.every(canChoose) ? filterButton(choices, ...breakable(name)) : element("b", {}, ...breakable(name)), " ", element("span", {}, text)))),
    ...(lines.length > MOST_LINES ? [element("p", { className: "note" }, `and ${lines.length - MOST_LINES} more`)] : []),
    ...(isFiltered() && tableOf(id) && rowsOf(tableOf(id)) === null ? [element("p", { className: "note" }, "of all publishes, not filtered")] : []))));
}

const timeView = new ChartView("Success rate over time");
const MOST_SQUARES = 60;

/** Draws the publishes over time. If there are few, each is a square. */
function drawTime() {
  const isFew = publishes !== null && selection.report.length <= MOST_SQUARES;
  timeView.draw(isFew ? null : timeData());
  const rows = isFew ? [...selection.report].sort((x, y) => publishes.time[x] - publishes.time[y]) : [];
  byId("squares").replaceChildren(...rows.map(row => {
    const { label } = OUTCOMES[publishes.outcome[row]];
    const text = `${new Date(publishes.time[row]).toISOString().slice(0, 16).replace("T", " ")} ${label}`;
    return element("li", { className: label, title: text }, element("span", { className: "hidden" }, text));
  }));
  byId("squares").hidden = rows.length === 0;
  byId("one-by-one").textContent = rows.length === 0 ? "" : rows.length === 1 ? `One ${NOUNS[0]}` : `${counted(rows.length)}, the oldest first`;
}

// ---- Cards --------------------------------------------------------------------------------------------------------------------------

let cards = [];
let lazily = null;

/** Whether all publishes have the same value in a table, so that a line replaces the card. */
const isUniform = table => table.rows.length === 1 && firstKeys(table).length === 1 && canFilter(table.columns[0].id) && table.id !== "by" && table.columns.some(column => column.id === "SuccessRate");

function makeCards() {
  const isEmpty = table => table.rows.every(row => row[table.columns[0].id] === ALL && !row[table.columns[1].id]);
  const shown = report.tables.filter(table => table.id !== "success-rate" && !isEmpty(table));
  const uniform = shown.filter(isUniform);
  const grouped = new Set(GROUPS.flatMap(([, ids]) => ids));
  const groups = [...GROUPS, [OTHERS, shown.map(table => table.id).filter(id => !grouped.has(id))]]
    .map(([title, ids]) => [title, ids.map(tableOf).filter(table => shown.includes(table) && !uniform.includes(table)).map(table => new Card(table))])
    .filter(([, made]) => made.length > 0);
  cards = groups.flatMap(([, made]) => made);
  byId("sections").append(...groups.map(([title, made]) => groupElement(title, made)));
  if (uniform.length > 0) {
    byId("sections").append(element("div", { className: "group", id: "group-same" },
      element("h2", {}, `The same for all ${NOUNS[1]}`),
      element("dl", { className: "card same" }, ...uniform.map(table => element("div", {}, element("dt", {}, table.title), element("dd", {}, keyOf(table.rows[0][table.columns[0].id])))))));
    groups.push([`The same for all ${NOUNS[1]}`, [], "same"]);
  }
  byId("contents").append(...groups.map(([title, made, id]) => element("li", {},
    link(title, "group-" + (id ?? slug(title))), element("ul", {}, ...made.map(card => element("li", {}, link(card.table.title, card.table.id)))))));
  lazily = new IntersectionObserver(seen => seen.filter(one => one.isIntersecting).forEach(one => drawIfNeeded(cards.find(card => card.root === one.target))), { rootMargin: "400px" });
  cards.forEach(card => lazily.observe(card.root));
}

const slug = title => title.toLowerCase().replaceAll(" ", "-");

function groupElement(title, made) {
  const columns = [element("div", { className: "column" }), element("div", { className: "column" })];
  const narrow = made.filter(card => !card.isWide);
  const heights = [0, 0];
  for (const card of narrow) {
    const shorter = heights[1] < heights[0] ? 1 : 0;
    columns[shorter].append(card.root);
    heights[shorter] += 4 + Math.min(card.table.rows.length, MOST_BARS);
  }
  return element("div", { className: "group", id: "group-" + slug(title) },
    element("h2", {}, title),
    ...made.filter(card => card.isWide).map(card => card.root),
    ...(narrow.length === 1 ? [narrow[0].root] : narrow.length > 1 ? [element("div", { className: "columns" }, ...columns)] : []));
}

/** Makes a link within the page that keeps the filters in the address. */
function link(title, id) {
  const made = element("a", { href: "#" + id }, title);
  made.addEventListener("click", event => {
    event.preventDefault();
    const target = byId(id);
    target.tabIndex = -1;
    target.scrollIntoView();
    target.focus({ preventScroll: true });
  });
  return made;
}

function drawIfNeeded(card) {
  if (!card.isDrawn) {
    card.draw();
  }
}

/** Draws the cards near the viewport now, and the others when the browser is idle. */
function drawCards() {
  for (const card of cards) {
    card.isDrawn = false;
    const place = card.root.getBoundingClientRect();
    if (place.bottom > -200 && place.top < innerHeight + 200) {
      card.draw();
    }
  }
  scheduleRest();
}

const whenIdle = window.requestIdleCallback ?? (work => setTimeout(work, 50));
let isScheduled = false;

function scheduleRest() {
  if (!isScheduled && cards.some(card => !card.isDrawn)) {
    isScheduled = true;
    whenIdle(() => {
      isScheduled = false;
      const next = cards.find(card => !card.isDrawn);
      next?.draw();
      scheduleRest();
    });
  }
}

/** Draws the cards that are not drawn yet. */
const drawRest = () => cards.forEach(drawIfNeeded);

// ---- Filters ------------------------------------------------------------------------------------------------------------------------

function drawFilters() {
  const passing = publishes !== null ? selection.report.length : report.publishes;
  byId("counts").textContent = isFiltered()
    ? `${grouped.format(passing)} of ${counted(report.publishes)}`
    : counted(report.publishes);
  byId("hint").textContent = publishes === null || report.publishes === 0 ? ""
    : isFiltered() ? "Values of one field are alternatives (or); all fields have to match (and), as with --where."
    : "Click a bar or a name to filter everything by it.";
  byId("chosen").replaceChildren(...[...filters].flatMap(([id, values]) => [...values].map(value => {
    const button = element("button", { type: "button", "aria-label": `Remove the filter ${nameOf(id)} = ${value}` }, `${nameOf(id)} = ${value} ✕`);
    button.addEventListener("click", () => {
      setFilter(id, value, false);
      filtersChanged();
      (byId("chosen").querySelector("button") ?? byId("sections")).focus();
    });
    return element("li", {}, button);
  })));
  byId("clear").hidden = !isFiltered();
}

/** Draws everything again and keeps the keyboard focus. */
function draw() {
  const focused = document.activeElement;
  const place = focused.closest("[id]");
  const { axis, value } = focused.dataset;
  select();
  drawFilters();
  drawHeadline();
  drawTime();
  drawFindings();
  drawCards();
  if (!focused.isConnected || !focused.checkVisibility()) {
    const here = axis === undefined ? null : place?.querySelector(`[data-axis="${CSS.escape(axis)}"][data-value="${CSS.escape(value)}"]`);
    (here ?? byId("clear")).focus();
  }
}

// ---- Print: all tables are open, colours suit white paper, and charts have the width of a page ------------------------------------------

const PAPER_WIDTH = 680;
let opened = [];

function toPaper() {
  if (isPaper()) {
    return;
  }
  document.documentElement.dataset.paper = "";
  opened = [...document.querySelectorAll("details:not([open])")];
  opened.forEach(one => { one.open = true; });
  drawTime();
  cards.forEach(card => card.draw());
  [timeView, ...cards.map(card => card.chart)].forEach(view => view?.chart?.resize(PAPER_WIDTH, view.wrapper.clientHeight));
}

function fromPaper() {
  delete document.documentElement.dataset.paper;
  opened.forEach(one => { one.open = false; });
  drawTime();
  drawCards();
}

// ---- Begin --------------------------------------------------------------------------------------------------------------------------

const minute = moment => moment.slice(0, 16).replace("T", " ");

/** Joins filters that all have to match. */
const hasOr = filter => filter.replace(/'[^']*'/g, "").includes(" or ");
const allOf = where => where.map(filter => where.length > 1 && hasOr(filter) ? `(${filter})` : filter).join(" and ");

function drawFrame() {
  const unread = report.reading.corrupt + report.reading.otherJson + report.reading.tooLong + report.reading.invalidUtf8;
  byId("period").textContent = `${report.period.from.slice(0, 10)} to ${report.period.to.slice(0, 10)} (UTC)`;
  byId("source").textContent = `Made ${minute(report.generated)} UTC by containers-telemetry from ${count(report.reading.files, "file", "files")} (${bytes(report.reading.bytes)})`;
  byId("question").textContent = report.query.where.length > 0 ? "Only " + allOf(report.query.where) : "";
  byId("reading").textContent = [
    unread > 0 ? `${count(unread, "line", "lines")} could not be read.` : "",
    report.reading.unreadableFiles.length > 0 ? `${count(report.reading.unreadableFiles.length, "file", "files")} could not be read.` : "",
    report.reading.incomplete > 0 ? `${count(report.reading.incomplete, "event", "events")} had no id or no time, and could not be counted.` : "",
    report.reading.overLimit > 0 ? `There was no room for ${count(report.reading.overLimit, "event", "events")}.` : "",
    report.reading.newer > 0 ? `${count(report.reading.newer, "event needs", "events need")} a newer containers-telemetry.` : "",
    report.fromTheFuture > 0 ? `${count(report.fromTheFuture, "publish is", "publishes are")} in the future and ${report.fromTheFuture === 1 ? "is" : "are"} left out.` : "",
    publishes === null ? "There are too many publishes to filter in this page: report on a shorter period, or use --where." : "",
  ].filter(text => text).join(" ");
  byId("about").textContent = `Charts by Chart.js ${Chart.version} (MIT License). This page loads nothing and sends nothing.`;
}

async function begin() {
  await loadPublishes();
  Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
  Chart.defaults.font.size = 13;
  document.body.append(spoken);
  byId("time").prepend(timeView.wrapper);
  drawFrame();
  readAddress();
  makeCards();
  if (report.publishes === 0) {
    byId("sections").textContent = `There is no ${NOUNS[0]} in this period.`;
  }
  draw();
  document.documentElement.dataset.ready = "";
  byId("clear").addEventListener("click", () => {
    filters.clear();
    filtersChanged();
    byId("sections").focus();
  });
  addEventListener("hashchange", () => {
    if (location.hash.startsWith("#?") || location.hash === "" || location.hash === "#") {
      if (location.hash !== filterAddress() && (location.hash.length > 1 || isFiltered())) {
        readAddress();
        draw();
      }
    }
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    drawTime();
    drawCards();
  });
  addEventListener("beforeprint", toPaper);
  addEventListener("afterprint", fromPaper);
}

begin();
