// ---- Charts -------------------------------------------------------------------------------------------------------------------------
// Colour stands for the outcome of a publish. Everything else is grey.

const MOST_BARS = 8;
const LEAST_PUBLISHES = 20;
const OUTCOMES = [
  { column: "Succeeded", label: "succeeded", colour: "--succeeded", value: "success" },
  { column: "Failed", label: "failed", colour: "--failed", value: "error" },
  { column: "Canceled", label: "canceled", colour: "--canceled", value: "canceled" },
];
const PERCENTILES = [["P50", "--grey-1"], ["P95", "--grey-2"], ["P99", "--grey-3"]];

const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const columnOf = (table, id) => table.columns.find(column => column.id === id);
const titleOf = (table, id) => columnOf(table, id).title;
const failureRate = row => row.SuccessRate === null ? null : 1 - row.SuccessRate;

/** The label of a bar. An image has the form of a reference, without the prefix that all .NET images share. */
function labelOf(keys, values) {
  const isImage = keys.length === 2 && keys[1] === "BaseImageTag";
  return !isImage ? values.join(" · ") : values[1] === NONE ? values[0] : values.join(":").replace(/^mcr\.microsoft\.com\/dotnet\//, "");
}

/** Makes a bar for each combination of values in the key columns. */
function barsOf(table, rows, keys) {
  const bars = new Map();
  for (const row of rows) {
    const values = keys.map(key => keyOf(row[key]));
    const name = JSON.stringify(values);
    const labels = keys.map((key, i) => isNumber(columnOf(table, key)) ? exact(columnOf(table, key).kind, row[key]) : values[i]);
    const bar = bars.get(name) ?? { label: labelOf(keys, labels), choices: keys.map((key, i) => [key, values[i]]), rows: [] };
    bar.rows.push(row);
    bars.set(name, bar);
  }
  return [...bars.values()];
}

const series = (label, colourName, bars, value, more = {}) => ({ label, colour: colour(colourName), data: bars.map(value), ...more });
const firstKeys = table => table.columns.slice(0, Math.max(1, table.columns.findIndex(isNumber))).map(column => column.id);

/** Two panels: the number of publishes, and their failure rate. */
function groupPanels(table, bars) {
  return [
    { title: "Publishes", kind: "count", weight: 3, series: [series("Publishes", "--grey-2", bars, bar => bar.rows[0].Publishes)] },
    { title: "Failure rate", kind: "percent", weight: 2, series: [series("Failure rate", "--failed", bars, bar => failureRate(bar.rows[0]))] },
  ];
}

const columnPanel = (table, bars, columns) => [{
  kind: table.columns.find(column => column.id === columns[0][0]).kind,
  series: columns.map(([id, colourName]) => series(titleOf(table, id), colourName, bars, bar => bar.rows[0][id])),
}];

const CHARTS = {
  "failures": {
    keys: () => ["Error"],
    panels: (_, bars) => [{ kind: "count", series: [series("Failures", "--failed", bars, bar => bar.rows.reduce((sum, row) => sum + row.Failures, 0))] }],
  },
  "failure-trends": { panels: (table, bars) => columnPanel(table, bars, [["Rate", "--failed"], ["PreviousRate", "--failed-quiet"]]) },
  "retries": {
    panels: (_, bars) => [{
      kind: "count",
      stacked: true,
      series: [
        series("ended in a success", "--succeeded", bars, bar => bar.rows[0].Recovered),
        series("no success yet", "--failed", bars, bar => bar.rows[0].Series - bar.rows[0].Recovered),
      ],
    }],
  },
  "over-time": null,
  "adoption": { panels: (table, bars) => columnPanel(table, bars, [["ProjectShare", "--grey-2"]]) },
  "sdk-adoption": { panels: (table, bars) => columnPanel(table, bars, [["ProjectShare", "--grey-2"]]) },
};

/** The chart of a table; null if the table alone is clearer. */
function chartOf(table) {
  const has = id => table.columns.some(column => column.id === id);
  if (table.id in CHARTS && CHARTS[table.id] === null) {
    return null;
  }
  const chart = CHARTS[table.id] ?? (has("P50") && has("P99") ? { panels: (_, bars) => columnPanel(table, bars, PERCENTILES) }
    : has("Publishes") && has("SuccessRate") && firstKeys(table).every(canFilter) ? { panels: groupPanels } : null);
  const known = table.id !== "failure-trends" || has("Rate") && has("PreviousRate");
  return known ? chart : null;
}

/** The data of a chart: bars, each with a label and the filters that a click sets, and panels of series side by side. Null if there is too little data. */
function chartData(table, rows, fewestBars = 1) {
  const chart = chartOf(table);
  if (chart === null || report.publishes < LEAST_PUBLISHES) {
    return null;
  }
  const all = barsOf(table, rows.filter(row => row[table.columns[0].id] !== ALL), chart.keys?.(table) ?? firstKeys(table));
  if (chart.keys) {
    all.sort((x, y) => y.rows.reduce((sum, row) => sum + row.Failures, 0) - x.rows.reduce((sum, row) => sum + row.Failures, 0));
  }
  const bars = all.slice(0, MOST_BARS);
  return bars.length < fewestBars ? null : { bars, more: all.length - bars.length, panels: chart.panels(table, bars) };
}

/** Success rate and volume over time: by day if the average day has enough publishes, else by the periods of the report's table. */
function timeData() {
  const table = report.tables.find(one => one.id === "over-time");
  const days = (Date.parse(report.period.to) - Date.parse(report.period.from)) / DAY;
  const rows = publishes !== null && publishes.axes.has(TIME) && selection.report.length / days >= LEAST_PUBLISHES
    ? rowsByDay()
    : (table ? rowsOf(table) : null) ?? [];
  if (rows.length < (isFiltered() ? 1 : 2)) {
    return null;
  }
  const bars = rows.map(row => ({ label: row.Time, choices: [[TIME, row.bucket ?? row.Time]], rows: [row] }));
  const rates = rows.map(row => row.SuccessRate).filter(rate => rate !== null);
  return {
    bars,
    more: 0,
    upright: true,
    panels: [
      {
        title: "Success rate", kind: "percent", weight: 3, max: 1, min: Math.max(0, Math.floor(Math.min(...rates, .9) * 10) / 10),
        series: [series("Success rate", "--succeeded", bars, bar => bar.rows[0].SuccessRate, { line: true })],
      },
      {
        title: "Publishes", kind: "count", weight: 1.4, stacked: true,
        series: OUTCOMES.map(outcome => series(outcome.label, outcome.colour, bars, bar => bar.rows[0][outcome.column])),
      },
    ],
  };
}

/** Makes a row for each day from the first publish to the last. */
function rowsByDay() {
  const axis = publishes.axes.get(TIME);
  const byDay = new Map();
  for (const row of selection.report) {
    const day = Math.floor(publishes.time[row] / DAY);
    byDay.has(day) ? byDay.get(day).push(row) : byDay.set(day, [row]);
  }
  const first = Math.min(...byDay.keys());
  return Array.from({ length: Math.max(...byDay.keys()) - first + 1 }, (_, i) => {
    const rows = byDay.get(first + i) ?? [];
    const [Succeeded, Failed, Canceled] = outcomesOf(rows);
    const bucket = rows.length > 0 ? axis.texts[axis.members[axis.positions[rows[0]]][0]] : undefined;
    // The rate of a few publishes means little, so a quiet day or weekend has none, and the line spans the gap.
    return { Time: dayOf((first + i) * DAY), bucket, Succeeded, Failed, Canceled, SuccessRate: rows.length < LEAST_PUBLISHES ? null : ratio(Succeeded, Succeeded + Failed) };
  });
}

const shorten = (text, most) => text.length > most ? text.slice(0, most / 2) + "…" + text.slice(1 - most / 2) : text;
const axisIdOf = panel => "panel" + panel;

function scalesOf(data, width) {
  const text = colour("--text");
  const most = Math.max(12, Math.floor(width / 18));
  const scales = {
    category: {
      axis: data.upright ? "x" : "y",
      stacked: true,
      grid: { display: false },
      border: { color: colour("--line") },
      ticks: { color: text, autoSkip: data.upright === true, maxTicksLimit: data.upright ? Math.max(3, Math.floor(width / 110)) : undefined, maxRotation: 0, callback: index => shorten(data.bars[index].label, most) },
    },
  };
  [...data.panels.entries()].forEach(([i, panel]) => {
    const kind = panel.kind;
    scales[axisIdOf(i)] = {
      axis: data.upright ? "y" : "x",
      position: data.upright ? "left" : "bottom",
      stack: data.panels.length > 1 ? "panels" : undefined,
      stackWeight: panel.weight,
      offset: data.panels.length > 1,
      stacked: panel.stacked ?? false,
      beginAtZero: panel.min === undefined,
      min: panel.min,
      max: panel.max,
      title: { display: panel.title !== undefined, text: panel.title, color: text },
      grid: { color: colour("--line") },
      border: { display: false },
      ticks: { color: text, maxTicksLimit: 4, maxRotation: 0, callback: tick => kind !== "count" || Number.isInteger(tick) ? format(kind, tick) : null },
    };
  });
  if (data.upright) {
    // Chart.js stacks axes from the bottom.
    const [rate, volume] = [scales[axisIdOf(0)], scales[axisIdOf(1)]];
    delete scales[axisIdOf(0)];
    delete scales[axisIdOf(1)];
    Object.assign(scales, { [axisIdOf(1)]: volume, [axisIdOf(0)]: rate });
  }
  return scales;
}

function datasetOf(data, panel, one) {
  const ground = colour("--card");
  const valueAxis = data.upright ? "yAxisID" : "xAxisID";
  const categoryAxis = data.upright ? "xAxisID" : "yAxisID";
  return {
    type: one.line ? "line" : "bar",
    label: one.label,
    data: one.data,
    [valueAxis]: axisIdOf(panel),
    [categoryAxis]: "category",
    backgroundColor: one.colour,
    borderColor: one.line ? one.colour : ground,
    borderWidth: one.line ? 2 : 0,
    pointRadius: one.line && data.bars.length > 60 ? 0 : 2,
    pointHitRadius: 6,
    spanGaps: true,
    tension: 0,
    maxBarThickness: 26,
    grouped: data.panels[panel].series.length > 1,
    stack: data.panels[panel].stacked ? "outcomes" : one.label,
  };
}

function chartOptions(data, wrapper) {
  const text = colour("--text");
  const all = data.panels.flatMap(panel => panel.series.map(one => ({ ...one, kind: panel.kind })));
  const category = data.upright ? "x" : "y";
  return {
    animation: false,
    responsive: true,
    maintainAspectRatio: false,
    indexAxis: category,
    interaction: { mode: "index", axis: category, intersect: false },
    layout: { padding: { right: 8 } },
    scales: scalesOf(data, wrapper.clientWidth),
    plugins: {
      legend: { display: data.panels.some(panel => panel.series.length > 1), position: "bottom", labels: { color: text, boxWidth: 12, boxHeight: 12, filter: item => !all[item.datasetIndex].line }, onClick: () => {} },
      tooltip: {
        callbacks: {
          title: items => data.bars[items[0].dataIndex].label,
          label: item => " " + all[item.datasetIndex].label + ": " + (format(all[item.datasetIndex].kind, item.raw) || "–"),
        },
      },
    },
    onHover: (event, found) => { event.native.target.style.cursor = found.length > 0 && data.bars[found[0].index].choices.some(([id]) => canFilter(id)) ? "pointer" : ""; },
    // Chart.js draws the chart again after this handler, so a filter must not destroy the chart before that.
    onClick: (_, found) => { if (found.length > 0) { queueMicrotask(() => toggle(data.bars[found[0].index].choices)); } },
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
    const many = Math.max(...data.panels.map(panel => panel.stacked ? 1 : panel.series.length));
    const legend = data.panels.some(panel => panel.series.length > 1) ? 2 : 0;
    this.wrapper.style.height = data.upright ? "18rem" : 3.5 + legend + data.bars.length * (many > 1 ? 2.4 : 1.6) + "rem";
    this.canvas.setAttribute("aria-label",
      `Chart: ${this.title}, ${count(data.bars.length, "place", "places")}, the first is ${this.describe(0)}. ` +
      "Arrow keys go from one to the next" + (this.isFilter() ? ", Enter filters by it" : "") + ". A table with the same figures follows.");
    this.chart = new Chart(this.canvas, {
      type: "bar",
      data: {
        labels: data.bars.map(bar => bar.label),
        datasets: data.panels.flatMap((panel, i) => panel.series.map(one => datasetOf(data, i, one))),
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
    const figures = this.data.panels.flatMap(panel => panel.series.map(one => one.label + " " + (format(panel.kind, one.data[bar]) || "none")));
    return this.data.bars[bar].label + ": " + figures.join(", ");
  }

  activate(bar) {
    this.active = bar;
    if (!this.chart) {
      return;
    }
    const points = bar < 0 ? [] : this.chart.data.datasets.map((_, datasetIndex) => ({ datasetIndex, index: bar }));
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
