// ---- Elements, tables and cards -----------------------------------------------------------------------------------------------------

const isPaper = () => "paper" in document.documentElement.dataset;
const byId = id => document.getElementById(id);

function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    key in made && !key.startsWith("aria") ? made[key] = value : made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

/** A text with line breaks allowed only after the separators of an image, a version or a kind of error, and between the words of a name. */
const breakable = text => text.split(/(?<=[/:._·-])|(?<=[a-z])(?=[A-Z])/).flatMap((part, i) => i === 0 ? [part] : [element("wbr"), part]);

function filterButton(choices, ...children) {
  const button = element("button", { type: "button", "aria-pressed": String(choices.every(([id, value]) => isChosen(id, value))) }, ...children);
  [button.dataset.axis, button.dataset.value] = choices[0];
  button.addEventListener("click", () => toggle(choices));
  return button;
}

function cellContent(column, cell, isKey) {
  const text = isKey ? exact(column.kind, cell) : format(column.kind, cell);
  const content = column.kind === "text" ? breakable(text) : [text];
  return !isNumber(column) && canChoose([column.id, keyOf(cell)]) ? [filterButton([[column.id, keyOf(cell)]], ...content)] : content;
}

/** Saves a text as a file. */
function download(name, text) {
  const link = element("a", { href: URL.createObjectURL(new Blob([text], { type: "text/csv" })), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

/** The most blocks that a table shows at once; see report.css. */
const MOST_BLOCKS = 10;

/** Shows a table of a report. A click on a heading sorts it, and a button saves it as CSV. */
class TableView {
  constructor(table) {
    this.table = table;
    this.order = null;
    this.rows = [];
    this.head = element("tr");
    this.body = element("tbody");
    this.grid = element("table", { "aria-labelledby": "title-" + table.id }, element("thead", {}, this.head), this.body);
    this.more = element("button", { type: "button", className: "more" });
    this.more.addEventListener("click", () => {
      this.grid.classList.add("all");
      this.more.hidden = true;
      this.body.rows[MOST_BLOCKS].querySelector("button")?.focus();
    });
    this.scroll = element("div", { className: "scroll", tabIndex: 0, role: "region", "aria-label": table.title + ", table" }, this.grid, this.more);
    new ResizeObserver(() => { if (this.scroll.clientWidth !== this.width) { this.fit(); } }).observe(this.scroll);
    this.head.append(...table.columns.map(column => {
      const button = element("button", { type: "button", className: "sort" }, column.title);
      button.addEventListener("click", () => this.sortBy(column));
      return element("th", { scope: "col", className: isNumber(column) ? "number" : "" }, button);
    }));
  }

  /** Shows each row as a block of lines if the table is wider than its container: the first of them, since blocks do not scroll in their card. */
  fit() {
    this.grid.classList.remove("stacked");
    this.grid.classList.toggle("stacked", !isPaper() && this.grid.scrollWidth > this.scroll.clientWidth);
    this.width = this.scroll.clientWidth;
    this.more.hidden = this.rows.length <= MOST_BLOCKS || !this.grid.matches(".stacked:not(.all)");
    this.more.textContent = `All ${count(this.rows.length, "row", "rows")}`;
  }

  sortBy(column) {
    const first = isNumber(column) ? "descending" : "ascending";
    const second = isNumber(column) ? "ascending" : "descending";
    this.order = this.order?.column !== column ? { column, direction: first } : this.order.direction === first ? { column, direction: second } : null;
    this.fill(this.rows);
    say(this.order ? `Sorted by ${column.title}, ${this.order.direction}.` : "In the order of the report.");
  }

  /** The rows in the chosen order. Rows about all publishes come first, and rows without a value last. */
  inOrder() {
    if (this.order === null) {
      return this.rows;
    }
    const { column, direction } = this.order;
    const sign = direction === "ascending" ? 1 : -1;
    const rank = row => row[this.table.columns[0].id] === ALL ? 0 : row[column.id] === null ? 2 : 1;
    const compare = isNumber(column) ? (x, y) => x - y : compareTexts;
    return [...this.rows].sort((x, y) => rank(x) - rank(y) || rank(x) === 1 && sign * compare(x[column.id], y[column.id]) || 0);
  }

  fill(rows) {
    this.rows = rows;
    const columns = this.table.columns;
    [...this.head.cells].forEach((cell, i) => {
      const isSorted = this.order?.column === columns[i];
      isSorted ? cell.setAttribute("aria-sort", this.order.direction) : cell.removeAttribute("aria-sort");
    });
    const keys = this.table.id === "by" ? report.query.by.length : 0;
    this.body.replaceChildren(...this.inOrder().map(row => element("tr", {}, ...columns.map((column, i) => {
      const cell = i === 0 && !isNumber(column) ? element("th", { scope: "row" }) : element("td", { className: isNumber(column) ? "number" : column.kind });
      cell.dataset.title = column.title;
      cell.append(...cellContent(column, row[column.id], i < keys));
      return cell;
    }))));
    this.fit();
  }

  saveButton() {
    const button = element("button", { type: "button", className: "save", "aria-label": `Save ${this.table.title} as CSV` }, "CSV");
    button.addEventListener("click", () => download(this.table.id + ".csv", csv(this.table.columns, this.inOrder())));
    return button;
  }
}

/** A section of the report: a heading, the table, and a chart if there is one. */
class Card {
  constructor(table) {
    this.table = table;
    this.view = new TableView(table);
    this.chart = chartData(table, table.rows, 2) === null ? null : new ChartView(table.title);
    this.unfiltered = element("p", { className: "unfiltered", hidden: true }, `Not filtered: these figures are those of all ${NOUNS[1]}.`);
    this.note = element("p", { className: "note" });
    this.summary = element("summary");
    const heading = element("h3", { id: "title-" + table.id }, table.title);
    this.root = element("section", { className: "card", id: table.id, tabIndex: -1, "aria-labelledby": heading.id },
      element("div", { className: "heading" }, heading, this.view.saveButton()), this.unfiltered);
    this.root.append(...(this.chart ? [this.chart.wrapper, element("details", {}, this.summary, this.view.scroll)] : [this.view.scroll]), this.note);
  }

  /** Whether the card needs the full width of the page. */
  get isWide() {
    return this.table.columns.length > 6 || ["transfers", "ended-support"].includes(this.table.id) && this.table.columns.length > 5;
  }

  draw() {
    this.isDrawn = true;
    const filtered = rowsOf(this.table);
    const rows = filtered ?? this.table.rows;
    const data = this.chart ? chartData(this.table, rows) : null;
    this.chart?.draw(data);
    this.view.fill(rows);
    this.unfiltered.hidden = filtered !== null;
    this.summary.textContent = "Table: " + count(rows.length, "row", "rows");
    this.note.textContent = [
      rows.length === 0 ? `No ${NOUNS[0]} matches the filters.` : "",
      data?.more > 0 ? `The chart has the first ${data.bars.length} of ${data.bars.length + data.more}.` : "",
      this.table.note ?? "",
    ].filter(text => text).join(" ");
  }
}
