// ---- The publishes and the filters --------------------------------------------------------------------------------------------------

const report = JSON.parse(document.getElementById("report").textContent);
const NOUNS = report.query.ownEvents ? ["event", "events"] : ["publish", "publishes"];
const counted = number => count(number, ...NOUNS);
const PERIODS = { report: 1, trend: 2, previous: 4 };
const SUCCEEDED = 0;
const FAILED = 1;
const CANCELED = 2;
const UNFINISHED = 3;
const DAY = 86_400_000;
const TIME = "Time";

/** The publishes as columns of numbers, one row each; null if the page has none because they are too many. */
let publishes = null;

async function unzip(zipped) {
  const stream = new Blob([zipped]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** Reads the format that RowsBuilder writes. */
async function loadPublishes() {
  const packed = JSON.parse(document.getElementById("rows").textContent);
  if (packed === null) {
    return;
  }
  const zipped = Uint8Array.from(atob(packed.columns), letter => letter.charCodeAt(0));
  const bytes = zipped.length === 0 ? zipped : await unzip(zipped);
  let at = 0;
  const next = () => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = bytes[at++];
      value += (byte & 127) * scale;
      if (byte < 128) {
        return value;
      }
    }
  };
  const column = (array, read = next) => {
    for (let row = 0; row < packed.count; row++) {
      array[row] = read();
    }
    return array;
  };
  let last = 0;
  const time = column(new Float64Array(packed.count), () => {
    const zigzag = next();
    last += zigzag % 2 === 0 ? zigzag / 2 : -(zigzag + 1) / 2;
    return last;
  });
  publishes = {
    time,
    periods: column(new Uint8Array(packed.count)),
    outcome: column(new Uint8Array(packed.count)),
    user: column(new Uint32Array(packed.count)),
    project: column(new Uint32Array(packed.count)),
    axes: new Map(packed.axes.map(axis => [axis.id, axisOf(axis, column(new Uint32Array(packed.count)))])),
    numbers: new Map(packed.numbers.map(id => [id, column(new Float64Array(packed.count), () => next() - 1)])),
  };
}

/** An axis: each of its texts once, and the texts of each position. */
function axisOf({ values }, positions) {
  const texts = [...new Set(values.flat())];
  const numbers = new Map(texts.map((text, number) => [text, number]));
  return { texts, numbers, members: values.map(all => all.map(text => numbers.get(text))), positions };
}

/** Maps the id of an axis to its chosen values. A publish has to match one value of each axis. */
const filters = new Map();
const canFilter = id => publishes?.axes.has(id) ?? false;
const canChoose = ([id, value]) => publishes?.axes.get(id)?.numbers.has(value) ?? false;
const isChosen = (id, value) => filters.get(id)?.has(value) ?? false;
const isFiltered = () => filters.size > 0;

function setFilter(id, value, on) {
  const values = filters.get(id) ?? new Set();
  on ? values.add(value) : values.delete(value);
  values.size > 0 ? filters.set(id, values) : filters.delete(id);
}

const DIMENSION = "dimension.";

/** The name of an axis, as it is typed: a dimension's has no prefix, unless a field has the same name. */
const nameOf = id => id.startsWith(DIMENSION) && ![...publishes.axes.keys()].some(one => one.toLowerCase() === id.slice(DIMENSION.length)) ? id.slice(DIMENSION.length) : id;

/** The id of the axis with a name. */
const axisNamed = name => canFilter(name) ? name : DIMENSION + name;

/** The fragment of the page's address with the filters, in the words of --where. */
const filterAddress = () => "#" + (isFiltered() ? "?" : "") + new URLSearchParams([...filters].flatMap(([id, values]) => [...values].map(value => [nameOf(id), value])));

/** Reads the filters from the address and ignores unknown ones. */
function readAddress() {
  filters.clear();
  for (const [name, value] of new URLSearchParams(location.hash.startsWith("#?") ? location.hash.slice(2) : "")) {
    const id = axisNamed(name);
    if (canChoose([id, value])) {
      setFilter(id, value, true);
    }
  }
}

/** The rows of each period that pass the filters, and those without an outcome, which nothing else counts. The rows of the trends ignore a filter by time, because they compare two periods. */
let selection = { report: [], trend: [], previous: [], unfinished: [] };

function select() {
  selection = { report: [], trend: [], previous: [], unfinished: [] };
  if (publishes === null) {
    return;
  }
  const tests = [...filters].map(([id, chosen]) => {
    const axis = publishes.axes.get(id);
    const wanted = axis.texts.map(text => chosen.has(text));
    return { isTime: id === TIME, positions: axis.positions, passes: axis.members.map(members => members.some(member => wanted[member])) };
  });
  const others = tests.filter(test => !test.isTime);
  for (let row = 0; row < publishes.time.length; row++) {
    if (!others.every(test => test.passes[test.positions[row]])) {
      continue;
    }
    const periods = publishes.periods[row];
    if ((periods & PERIODS.report) !== 0 && (others.length === tests.length || tests.every(test => test.passes[test.positions[row]]))) {
      (publishes.outcome[row] === UNFINISHED ? selection.unfinished : selection.report).push(row);
    }
    if (publishes.outcome[row] === UNFINISHED) {
      continue;
    }
    if ((periods & PERIODS.trend) !== 0) {
      selection.trend.push(row);
    }
    if ((periods & PERIODS.previous) !== 0) {
      selection.previous.push(row);
    }
  }
}

/** Groups rows by axes: the texts of each group, and its rows. A publish with several values is in several groups. */
function groupsOf(rows, ids) {
  const axes = ids.map(id => publishes.axes.get(id));
  const groups = new Map();
  const add = (row, level, key, members) => {
    if (level < axes.length) {
      const axis = axes[level];
      for (const member of axis.members[axis.positions[row]]) {
        members[level] = member;
        add(row, level + 1, key * axis.texts.length + member, members);
      }
      return;
    }
    const group = groups.get(key);
    if (group) {
      group.rows.push(row);
    } else {
      groups.set(key, { keys: members.map((member, i) => axes[i].texts[member]), rows: [row] });
    }
  };
  const members = [];
  for (const row of rows) {
    add(row, 0, 0, members);
  }
  return [...groups.values()];
}

// ---- Figures of rows ----------------------------------------------------------------------------------------------------------------

function outcomesOf(rows) {
  const outcomes = [0, 0, 0];
  for (const row of rows) {
    outcomes[publishes.outcome[row]]++;
  }
  return outcomes;
}

/** The number of distinct users or projects. Publishes without one are not counted. */
function distinct(rows, column) {
  const all = new Set();
  for (const row of rows) {
    all.add(column[row]);
  }
  all.delete(0);
  return all.size;
}

/** The values of a number in ascending order. Publishes without the number are left out. */
const sorted = values => Float64Array.from(values).sort();
const valuesOf = (rows, id) => sorted(rows.map(row => publishes.numbers.get(id)[row]).filter(value => value >= 0));

/** The nearest rank: the smallest value such that at least this percentage of the values are less than or equal to it. */
const percentile = (values, percent) => values.length === 0 ? null : values[Math.floor((values.length * percent + 99) / 100) - 1];

const dayOf = time => new Date(time).toISOString().slice(0, 10);
const extreme = (rows, choose) => dayOf(rows.reduce((all, row) => choose(all, publishes.time[row]), publishes.time[rows[0]]));
