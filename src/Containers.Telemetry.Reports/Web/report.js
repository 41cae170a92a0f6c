(() => {
  "use strict";

  const report = JSON.parse(document.getElementById("report").textContent);
  const cube = JSON.parse(document.getElementById("cube").textContent);
  const byId = id => document.getElementById(id);

  // ---- What to draw -------------------------------------------------------------------------------------------------------------------

  const MOST_BARS = 12;
  const OUTCOMES = { Succeeded: "succeeded", Failed: "failed", Canceled: "canceled" };
  const ENDED = [["Succeeded", "--succeeded"], ["Failed", "--failed"], ["Canceled", "--canceled"]];
  const PERCENTILES = ["P50", "P95", "P99"];
  // A chart of columns has one bar for each; a chart of parts one bar of several parts; a pivot one bar whose parts are the values of a column.
  const CHARTS = {
    "over-time": { parts: ENDED, upright: true, wide: true },
    "failures": { pivot: "Direction", measure: "Failures", category: ["Error"] },
    "failure-trends": { columns: ["Failures", "PreviousFailures"], colours: ["--series-1", "--canceled"] },
    "retries": { columns: ["Series", "Recovered"], without: "(all)" },
    "transfers": { matrix: "PushType" },
    "image-size": { columns: PERCENTILES },
    "duration": { columns: PERCENTILES },
    "adoption": { columns: ["ProjectShare"], category: ["FeaturesUsed"] },
    "sdk-adoption": { columns: ["ProjectShare"], category: ["SdkVersion"] },
    "trends": null,
    "users": null,
    "success-rate": null,
  };
  const WIDE = new Set(["over-time", "trends", "by"]);
  const MEASURES = new Set(["Publishes", "Share", "Succeeded", "Failed", "Canceled", "SuccessRate", "Failures"]);
  // What a filtered table keeps of its rows, and what it leaves out since it cannot be added up: one user can be in several combinations.
  const PROPERTIES = new Set(["Support", "SupportEnds"]);
  const UNKNOWN = new Set(["Users", "Projects", "Unfinished", "FirstSeen", "LastSeen", "DurationP50", "ImageSizeP50"]);

  // ---- Cells as people read them: the same as in the tool's tables ------------------------------------------------------------------

  const NONE = "(none)";
  const grouped = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });

  /** Rounds half away from zero in decimal digits, not in binary ones. */
  function round(value, digits) {
    const decimal = Number(Math.abs(value).toPrecision(15));
    const rounded = Number(Math.round(Number(decimal + "e" + digits)) + "e-" + digits);
    return (value < 0 && rounded !== 0 ? "-" : "") + rounded.toFixed(digits);
  }

  function bytes(size) {
    const units = ["B", "kB", "MB", "GB", "TB", "PB", "EB"];
    let unit = 0;
    while (size >= 999.5 && unit < units.length - 1) {
      size /= 1000;
      unit++;
    }
    return round(size, unit === 0 || size >= 99.5 ? 0 : 1) + " " + units[unit];
  }

  function duration(milliseconds) {
    const seconds = milliseconds / 1000;
    return seconds < 1 ? milliseconds + " ms"
      : seconds < 60 ? round(seconds, 1) + " s"
      : seconds < 3600 ? round(seconds / 60, 1) + " min"
      : seconds < 86400 ? round(seconds / 3600, 1) + " h"
      : round(seconds / 86400, 1) + " d";
  }

  function format(kind, cell) {
    if (cell === null || cell === undefined) {
      return "";
    }
    switch (kind) {
      case "percent": return (Math.abs(cell) >= 10 ? grouped.format(cell * 100) : round(cell * 100, 1)) + " %";
      case "bytes": return bytes(cell);
      case "duration": return duration(cell);
      case "count": return grouped.format(cell);
      case "time": return cell.slice(0, 16).replace("T", " ");
      default: return String(cell);
    }
  }

  const isNumber = column => !["text", "date", "time"].includes(column.kind);
  const keyOf = cell => cell === null ? "" : String(cell);
  const count = (number, one, many) => grouped.format(number) + " " + (number === 1 ? one : many);

  // ---- Filters ------------------------------------------------------------------------------------------------------------------------

  const OUTCOME = "Outcome";
  const axes = new Map((cube ? cube.axes : []).map((axis, position) => [axis.id, { ...axis, position }]));
  const stride = axes.size + 3;
  const titles = new Map(report.tables.flatMap(table => table.columns.map(column => [column.id, column.title])));
  titles.set("Time", titles.get("Time") ?? "Day");
  titles.set("PullType", "From");
  titles.set("PushType", "To");

  /** Axis id to the set of its chosen values. A publish passes with any of the values of an axis, and has to pass all axes. */
  const filters = new Map();
  const canFilter = id => axes.has(id) || (id === OUTCOME && cube !== null);
  const isChosen = (id, value) => filters.get(id)?.has(value) ?? false;
  const isFiltered = () => filters.size > 0;

  function setFilter(id, value, on) {
    const values = filters.get(id) ?? new Set();
    on ? values.add(value) : values.delete(value);
    values.size > 0 ? filters.set(id, values) : filters.delete(id);
  }

  /** Chooses some values together, or if all were chosen already, none of them. */
  function toggle(choices) {
    const usable = choices.filter(([id]) => canFilter(id));
    const on = !usable.every(([id, value]) => isChosen(id, value));
    for (const [id, value] of usable) {
      setFilter(id, value, on);
    }
    if (usable.length > 0) {
      draw();
    }
  }

  /** Calls visit(texts, succeeded, failed, canceled) for each combination that passes; texts(id) are its values on an axis. */
  function forEachCell(visit) {
    const tests = [...filters].filter(([id]) => axes.has(id)).map(([id, chosen]) => {
      const axis = axes.get(id);
      return { position: axis.position, passes: axis.values.map(texts => texts.some(text => chosen.has(text))) };
    });
    const outcomes = filters.get(OUTCOME);
    const counts = outcome => !outcomes || outcomes.has(outcome);
    const [succeeded, failed, canceled] = Object.values(OUTCOMES).map(counts);
    for (let cell = 0; cell < cube.cells.length; cell += stride) {
      if (tests.every(test => test.passes[cube.cells[cell + test.position]])) {
        const end = cell + axes.size;
        visit(
          id => axes.get(id).values[cube.cells[cell + axes.get(id).position]],
          succeeded ? cube.cells[end] : 0,
          failed ? cube.cells[end + 1] : 0,
          canceled ? cube.cells[end + 2] : 0);
      }
    }
  }

  const ratio = (part, whole) => whole === 0 ? null : part / whole;

  /** Sums up what passes by the values of some axes. */
  function tally(ids) {
    const groups = new Map();
    forEachCell((texts, succeeded, failed, canceled) => {
      let keys = [[]];
      for (const id of ids) {
        keys = keys.flatMap(key => texts(id).map(text => [...key, text]));
      }
      for (const key of keys) {
        const name = JSON.stringify(key);
        const group = groups.get(name) ?? { Succeeded: 0, Failed: 0, Canceled: 0 };
        group.Succeeded += succeeded;
        group.Failed += failed;
        group.Canceled += canceled;
        groups.set(name, group);
      }
    });
    const empty = { Succeeded: 0, Failed: 0, Canceled: 0 };
    return key => {
      const group = groups.get(JSON.stringify(key)) ?? empty;
      return {
        ...group,
        Publishes: group.Succeeded + group.Failed + group.Canceled,
        Failures: group.Failed,
        SuccessRate: ratio(group.Succeeded, group.Succeeded + group.Failed),
      };
    };
  }

  /** The columns that name a row; null for a table that cannot be worked out from the cube. */
  function keysOf(table) {
    if (table.id === "transfers") {
      return canFilter("PullType") && canFilter("PushType") ? ["PullType"] : null;
    }
    const keys = table.columns.filter(column => !MEASURES.has(column.id) && !PROPERTIES.has(column.id) && !UNKNOWN.has(column.id)).map(column => column.id);
    return cube && keys.every(canFilter) && table.columns.some(column => MEASURES.has(column.id) && column.id !== "Share") && !keys.includes(OUTCOME) ? keys : null;
  }

  /** The rows of a table under the filters; null where they cannot be known. */
  function rowsOf(table) {
    if (!isFiltered()) {
      return table.rows;
    }
    const keys = keysOf(table);
    return keys === null ? null : table.id === "transfers" ? transferRows(table) : groupRows(table, keys);
  }

  function transferRows(table) {
    const sums = tally(["PullType", "PushType"]);
    const places = table.columns.slice(1, -1);
    return table.rows
      .map(row => {
        const filtered = { PullType: row.PullType };
        places.forEach(place => filtered[place.id] = sums([row.PullType, place.id]).Publishes);
        filtered.All = places.reduce((all, place) => all + filtered[place.id], 0);
        return filtered;
      })
      .filter(row => row.All > 0);
  }

  function groupRows(table, keys) {
    const sums = tally(keys);
    const whole = tally([])([]);
    const measure = measureOf(table);
    const rows = table.rows.map(row => {
      const sum = sums(keys.map(key => keyOf(row[key])));
      sum.Share = ratio(sum[measure], whole[measure]);
      return Object.fromEntries(table.columns.map(({ id }) => [id, MEASURES.has(id) ? sum[id] : UNKNOWN.has(id) ? null : row[id]]));
    });
    return keys.length === 0 || keys.includes("Time") && keys.length === 1 ? rows
      : rows.filter(row => row[measure] > 0).sort((x, y) => keys.includes("Time") ? 0 : y[measure] - x[measure]);
  }

  const measureOf = table => table.columns.some(column => column.id === "Failures") ? "Failures" : "Publishes";

  // ---- Elements -----------------------------------------------------------------------------------------------------------------------

  function element(name, properties = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(properties)) {
      key in made && !key.startsWith("aria") ? made[key] = value : made.setAttribute(key, value);
    }
    made.append(...children);
    return made;
  }

  function filterButton(id, value, ...children) {
    const button = element("button", { type: "button", "aria-pressed": String(isChosen(id, value)) }, ...children);
    button.dataset.axis = id;
    button.dataset.value = value;
    button.addEventListener("click", () => toggle([[id, value]]));
    return button;
  }

  function cellContent(column, cell) {
    const text = format(column.kind, cell);
    return !isNumber(column) && canFilter(column.id) && cell !== null ? filterButton(column.id, keyOf(cell), text) : text;
  }

  function fillTable(head, body, columns, rows) {
    head.replaceChildren(element("tr", {}, ...columns.map(column => element("th", { scope: "col", className: isNumber(column) ? "number" : "" }, column.title))));
    body.replaceChildren(...rows.map(row => element("tr", {}, ...columns.map((column, i) => {
      const cell = i === 0 && !isNumber(column) ? element("th", { scope: "row" }) : element("td", { className: isNumber(column) ? "number" : column.kind });
      cell.append(cellContent(column, row[column.id]));
      return cell;
    }))));
  }

  // ---- Charts -------------------------------------------------------------------------------------------------------------------------

  const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const series = i => colour("--series-" + (i % 9 + 1));

  /** Names a bar; an image as it is written in a reference, without what all images of .NET begin with. */
  function labelOf(keys, values) {
    const isImage = keys.length === 2 && keys[1] === "BaseImageTag";
    return !isImage ? values.join(" · ") : values[1] === NONE ? values[0] : values.join(":").replace(/^mcr\.microsoft\.com\/dotnet\//, "");
  }

  /** What a chart shows: bars with a label and the filters that they stand for, and series of numbers. Null for nothing to draw. */
  function chartData(table, rows) {
    const style = table.id in CHARTS ? CHARTS[table.id] : { parts: [["Other", "--succeeded"], ["Failed", "--failed"]] };
    if (style === null || rows.length === 0) {
      return null;
    }
    const kept = style.without ? rows.filter(row => row[table.columns[0].id] !== style.without) : rows;
    const keys = style.category ?? table.columns.slice(0, Math.max(1, table.columns.findIndex(isNumber))).map(column => column.id);
    const bars = new Map();
    for (const row of kept) {
      const values = keys.map(key => keyOf(row[key]));
      const name = JSON.stringify(values);
      const bar = bars.get(name) ?? { label: labelOf(keys, values), choices: keys.map((key, i) => [key, values[i]]), rows: [] };
      bar.rows.push(row);
      bars.set(name, bar);
    }
    const sum = (bar, column, test = () => true) => bar.rows.filter(test).reduce((all, row) => all + (row[column] ?? 0), 0);
    const all = [...bars.values()];
    if (style.pivot) {
      all.sort((x, y) => sum(y, style.measure) - sum(x, style.measure));
    }
    const shown = style.upright ? all : all.slice(0, MOST_BARS);
    const kind = id => table.columns.find(column => column.id === id)?.kind ?? "count";
    const made = { style, bars: shown, more: all.length - shown.length, stacked: !style.columns, kind: "count" };
    if (style.columns) {
      made.kind = kind(style.columns[0]);
      made.series = style.columns.map((id, i) => (
        { label: table.columns.find(column => column.id === id).title, colour: style.colours ? colour(style.colours[i]) : series(i), choices: [], data: shown.map(bar => sum(bar, id)) }));
    } else if (style.pivot) {
      const values = [...new Set(table.rows.map(row => keyOf(row[style.pivot])))].sort();
      made.series = values.map((value, i) => ({
        label: value === NONE ? "no direction" : value,
        colour: series(i),
        choices: [[style.pivot, value]],
        data: shown.map(bar => sum(bar, style.measure, row => keyOf(row[style.pivot]) === value)),
      }));
    } else if (style.matrix) {
      made.series = table.columns.slice(1, -1).map((column, i) => (
        { label: "to " + column.title, colour: series(i), choices: [[style.matrix, column.id]], data: shown.map(bar => sum(bar, column.id)) }));
    } else {
      const hasEnds = table.columns.some(column => column.id === "Succeeded");
      made.series = (hasEnds ? ENDED : style.parts).map(([id, name]) => ({
        label: id === "Other" ? "not failed" : id.toLowerCase(),
        colour: colour(name),
        choices: OUTCOMES[id] ? [[OUTCOME, OUTCOMES[id]]] : [],
        data: shown.map(bar => id === "Other" ? sum(bar, "Publishes") - sum(bar, "Failed") : sum(bar, id)),
      }));
    }
    made.series = made.series.filter(one => made.stacked ? one.data.some(value => value > 0) : true);
    return made.series.length > 0 && shown.length > 0 ? made : null;
  }

  const shorten = (text, most) => text.length > most ? text.slice(0, most / 2) + "…" + text.slice(1 - most / 2) : text;

  function chartOptions(data, wrapper) {
    const value = data.style.upright ? "y" : "x";
    const category = data.style.upright ? "x" : "y";
    const most = Math.max(12, Math.floor(wrapper.clientWidth / 15));
    const text = colour("--text");
    return {
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      indexAxis: category,
      interaction: { mode: "nearest", axis: category, intersect: false },
      scales: {
        [value]: {
          stacked: data.stacked,
          beginAtZero: true,
          grid: { color: colour("--line") },
          border: { display: false },
          ticks: { color: text, maxTicksLimit: 6, maxRotation: 0, callback: tick => data.kind !== "count" || Number.isInteger(tick) ? format(data.kind, tick) : null },
        },
        [category]: {
          stacked: data.stacked,
          grid: { display: false },
          border: { color: colour("--line") },
          ticks: {
            color: text,
            autoSkip: data.style.upright === true,
            maxRotation: 0,
            callback: index => shorten(data.bars[index].label, most),
          },
        },
      },
      plugins: {
        legend: { display: data.series.length > 1, position: "bottom", labels: { color: text, boxWidth: 14, boxHeight: 14 }, onClick: (_, item) => toggle(data.series[item.datasetIndex].choices) },
        tooltip: {
          callbacks: {
            title: items => data.bars[items[0].dataIndex].label,
            label: item => " " + data.series[item.datasetIndex].label + ": " + format(data.kind, item.raw),
          },
        },
      },
      onHover: (event, found) => { event.native.target.style.cursor = found.length > 0 && data.bars[found[0].index].choices.some(([id]) => canFilter(id)) ? "pointer" : ""; },
      onClick: (event, found) => { if (found.length > 0) { toggle(data.bars[found[0].index].choices); } },
    };
  }

  class ChartView {
    constructor(title) {
      this.title = title;
      this.canvas = element("canvas", { tabIndex: 0, role: "img" });
      this.wrapper = element("div", { className: "chart" }, this.canvas);
      this.active = -1;
      this.canvas.addEventListener("keydown", event => this.onKey(event));
      this.canvas.addEventListener("blur", () => this.activate(-1));
    }

    draw(data) {
      this.data = data;
      this.chart?.destroy();
      this.chart = null;
      this.wrapper.hidden = data === null;
      if (data === null) {
        return;
      }
      const bars = data.bars.length * (data.stacked ? 1 : Math.min(3, data.series.length) * .55);
      this.wrapper.style.height = data.style.upright ? "18rem" : 3.75 + Math.max(2, bars) * 1.75 + (data.series.length > 4 ? 2 : 0) + "rem";
      this.canvas.setAttribute("aria-label",
        `Bar chart: ${this.title}, ${count(data.bars.length, "bar", "bars")}, the first is ${this.describe(0)}. ` +
        "Arrow keys go from bar to bar" + (this.isFilter() ? ", Enter filters by one" : "") + ". A table with the same figures follows.");
      this.chart = new Chart(this.canvas, {
        type: "bar",
        data: {
          labels: data.bars.map(bar => bar.label),
          datasets: data.series.map(one => ({
            label: one.label,
            data: one.data,
            backgroundColor: one.colour,
            maxBarThickness: 40,
            borderColor: colour("--card"),
            borderWidth: data.stacked ? { left: 0, right: data.style.upright ? 0 : 1, top: data.style.upright ? 1 : 0, bottom: 0 } : 0,
          })),
        },
        options: chartOptions(data, this.wrapper),
      });
      if (this.active >= 0) {
        this.activate(Math.min(this.active, data.bars.length - 1));
      }
    }

    isFilter() {
      return this.data.bars[0].choices.some(([id]) => canFilter(id));
    }

    describe(bar) {
      return this.data.bars[bar].label + ": " + this.data.series.map(one => one.label + " " + format(this.data.kind, one.data[bar])).join(", ");
    }

    activate(bar) {
      this.active = bar;
      if (!this.chart) {
        return;
      }
      const points = bar < 0 ? [] : this.data.series.map((_, datasetIndex) => ({ datasetIndex, index: bar }));
      this.chart.setActiveElements(points);
      this.chart.tooltip.setActiveElements(points, { x: 0, y: 0 });
      this.chart.update("none");
      if (bar >= 0) {
        say(this.describe(bar));
      }
    }

    onKey(event) {
      const last = this.data.bars.length - 1;
      const next = {
        ArrowDown: Math.min(last, this.active + 1),
        ArrowRight: Math.min(last, this.active + 1),
        ArrowUp: Math.max(0, this.active - 1),
        ArrowLeft: Math.max(0, this.active - 1),
        Home: 0,
        End: last,
        Escape: -1,
      }[event.key];
      if (next !== undefined) {
        event.preventDefault();
        this.activate(next);
      } else if ((event.key === "Enter" || event.key === " ") && this.active >= 0) {
        event.preventDefault();
        toggle(this.data.bars[this.active].choices);
      }
    }
  }

  // ---- The page -----------------------------------------------------------------------------------------------------------------------

  const spoken = element("p", { className: "skip", role: "status" });
  const say = text => { spoken.textContent = text; };

  const cards = report.tables.filter(table => table.id !== "success-rate" && table.rows.length > 0).map(table => {
    const style = CHARTS[table.id];
    const body = element("tbody");
    const head = element("thead");
    const grid = element("table", { "aria-labelledby": "section-" + table.id }, head, body);
    const view = style === null ? null : new ChartView(table.title);
    const scroll = element("div", { className: "scroll", tabIndex: 0, role: "region", "aria-label": table.title + ", table" }, grid);
    const summary = element("summary");
    const details = view ? element("details", {}, summary, scroll) : scroll;
    const unfiltered = element("p", { className: "unfiltered", hidden: true }, "Not filtered: this speaks of all publishes.");
    const note = element("p");
    const heading = element("h2", { id: "section-" + table.id }, table.title);
    const card = element("section", { className: WIDE.has(table.id) ? "card wide" : "card", id: table.id, "aria-labelledby": heading.id }, heading, unfiltered);
    card.append(...(view ? [view.wrapper] : []), details, note);
    return { table, card, view, head, body, summary, unfiltered, note };
  });

  function drawCard({ table, view, head, body, summary, unfiltered, note }) {
    const filtered = rowsOf(table);
    const rows = filtered ?? table.rows;
    const data = view ? chartData(table, rows) : null;
    view?.draw(data);
    const isExact = !isFiltered() || filtered === null;
    fillTable(head, body, table.columns.filter(column => isExact || !UNKNOWN.has(column.id)), rows);
    unfiltered.hidden = !isFiltered() || filtered !== null;
    summary.textContent = "Table: " + count(rows.length, "row", "rows");
    note.textContent = [
      rows.length === 0 ? "No publish passes the filters." : "",
      data?.more > 0 ? `The chart has the first ${MOST_BARS} of ${data.bars.length + data.more}.` : "",
      table.note ?? "",
    ].filter(text => text).join(" ");
  }

  function drawTiles() {
    const table = report.tables.find(one => one.id === "success-rate");
    if (!table) {
      return;
    }
    const row = rowsOf(table)?.[0] ?? table.rows[0];
    byId("tiles").replaceChildren(...table.columns.filter(column => row[column.id] !== null || !UNKNOWN.has(column.id)).map(column => {
      const content = [element("strong", {}, format(column.kind, row[column.id]) || "–"), element("span", {}, column.title)];
      const outcome = OUTCOMES[column.id];
      const tile = outcome && canFilter(OUTCOME) ? filterButton(OUTCOME, outcome, ...content) : element("div", {}, ...content);
      tile.classList.add("tile");
      tile.dataset.column = column.id;
      return tile;
    }));
  }

  function drawFilters() {
    const passing = isFiltered() ? tally([])([]).Publishes : report.publishes;
    byId("counts").textContent = isFiltered()
      ? `${grouped.format(passing)} of ${count(report.publishes, "publish", "publishes")}`
      : count(report.publishes, "publish", "publishes");
    byId("hint").hidden = isFiltered() || cube === null || report.publishes === 0;
    byId("chosen").replaceChildren(...[...filters].flatMap(([id, values]) => [...values].map(value => {
      const button = element("button", { type: "button", "aria-label": `Remove the filter ${titles.get(id) ?? id}: ${value}` }, `${titles.get(id) ?? id}: ${value} ✕`);
      button.dataset.remove = JSON.stringify([id, value]);
      button.addEventListener("click", () => {
        setFilter(id, value, false);
        draw();
        (byId("chosen").querySelector("button") ?? byId("sections")).focus();
      });
      return element("li", {}, button);
    })));
    byId("clear").hidden = !isFiltered();
  }

  /** Draws everything anew, and leaves the keyboard where it was. */
  function draw() {
    const focused = document.activeElement;
    const place = focused.closest(".card, #tiles");
    const { axis, value } = focused.dataset;
    drawTiles();
    drawFilters();
    cards.forEach(drawCard);
    if (axis !== undefined && !focused.isConnected) {
      const here = document.getElementById(place?.id ?? "")?.querySelector(`[data-axis="${CSS.escape(axis)}"][data-value="${CSS.escape(value)}"]`);
      (here ?? byId("clear")).focus();
    }
  }

  const drawCharts = () => cards.forEach(({ table, view }) => view?.draw(chartData(table, rowsOf(table) ?? table.rows)));

  // On paper all tables are open, colours are those for white, and charts have the width of a page.
  const PAPER_WIDTH = 680;
  let opened = [];
  function toPaper() {
    if ("paper" in document.documentElement.dataset) {
      return;
    }
    document.documentElement.dataset.paper = "";
    opened = [...document.querySelectorAll("details:not([open])")];
    opened.forEach(one => { one.open = true; });
    drawCharts();
    cards.forEach(({ view }) => view?.chart?.resize(PAPER_WIDTH, view.wrapper.clientHeight));
  }

  function fromPaper() {
    delete document.documentElement.dataset.paper;
    opened.forEach(one => { one.open = false; });
    drawCharts();
  }

  const day = moment => moment.slice(0, 10);
  byId("period").textContent = `${day(report.period.from)} to ${day(report.period.to)} (UTC)`;
  byId("question").textContent = report.query.where.length > 0 ? "Only " + report.query.where.join(" and ") : "";
  const unread = report.reading.corrupt + report.reading.otherJson + report.reading.tooLong + report.reading.invalidUtf8;
  byId("reading").textContent = [
    unread > 0 ? `${count(unread, "line", "lines")} could not be read.` : "",
    report.reading.newer > 0 ? `${count(report.reading.newer, "event needs", "events need")} a newer containers-telemetry.` : "",
    report.fromTheFuture > 0 ? `${count(report.fromTheFuture, "publish lies", "publishes lie")} in the future and ${report.fromTheFuture === 1 ? "is" : "are"} left out.` : "",
    cube?.leftOut.length > 0 ? `There are too many combinations to filter by ${cube.leftOut.join(", ")} in this page; report on a shorter period, or use --where.` : "",
  ].filter(text => text).join(" ");
  byId("about").textContent = `Made by containers-telemetry, ${report.generated.slice(0, 16).replace("T", " ")} UTC. Charts by Chart.js ${Chart.version} (MIT License).`;
  byId("clear").addEventListener("click", () => {
    filters.clear();
    draw();
    byId("sections").focus();
  });

  Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
  Chart.defaults.font.size = 13;
  byId("sections").append(...cards.map(one => one.card));
  document.body.append(spoken);
  if (report.publishes === 0) {
    byId("sections").textContent = "There is no such publish.";
  }
  draw();

  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawCharts);
  addEventListener("beforeprint", toPaper);
  addEventListener("afterprint", fromPaper);
})();
