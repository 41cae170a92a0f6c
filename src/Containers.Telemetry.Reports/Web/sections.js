// ---- Filtered tables: the sections of the report, computed again for the rows that pass -------------------------------------------------

const ALL = "(all)";

/** The measures: the value of a column for a group of rows. Some also need all rows of the table. */
const MEASURES = {
  Publishes: ({ rows }) => rows.length,
  Events: ({ rows }) => rows.length,
  Share: ({ rows }, { all }) => ratio(rows.length, all.length),
  Succeeded: ({ outcomes }) => outcomes[SUCCEEDED],
  Failed: ({ outcomes }) => outcomes[FAILED],
  Failures: ({ outcomes }) => outcomes[FAILED],
  Canceled: ({ outcomes }) => outcomes[CANCELED],
  SuccessRate: ({ outcomes }) => ratio(outcomes[SUCCEEDED], outcomes[SUCCEEDED] + outcomes[FAILED]),
  FailureRate: ({ outcomes }) => ratio(outcomes[FAILED], outcomes[SUCCEEDED] + outcomes[FAILED]),
  Unfinished: ({ unfinished = [] }) => unfinished.length,
  Users: ({ rows }) => distinct(rows, publishes.user),
  Projects: ({ rows }) => distinct(rows, publishes.project),
  FirstSeen: ({ rows }) => rows.length === 0 ? null : extreme(rows, Math.min),
  LastSeen: ({ rows }) => rows.length === 0 ? null : extreme(rows, Math.max),
  Support: (group, { before }) => before(group)?.Support ?? null,
  SupportEnds: (group, { before }) => before(group)?.SupportEnds ?? null,
};

/** The number whose percentiles a table shows: its field has the table's id in Pascal case. */
const numberOf = table => table.id.replace(/(^|-)([a-z])/g, (_, _hyphen, letter) => letter.toUpperCase());

/** The function that computes a column; null for an unknown column. */
function measureOf(table, { id }) {
  const percentiles = table.columns.some(column => column.id === "P50") && publishes.numbers.has(numberOf(table)) ? numberOf(table) : null;
  const [, field, percent] = /^(.*?)P(\d+)$/.exec(id) ?? [];
  if (percentiles !== null && id === "Publishes") {
    return ({ rows }) => valuesOf(rows, percentiles).length;
  }
  if (percentiles !== null && id === "Largest") {
    return ({ rows }) => percentile(valuesOf(rows, percentiles), 100);
  }
  const number = field === "" ? percentiles : field;
  if (number !== undefined && publishes.numbers.has(number)) {
    return ({ rows }) => percentile(valuesOf(rows, number), Number(percent));
  }
  if (id === "Share" && table.columns.some(column => column.id === "Failures")) {
    return ({ outcomes }, { allOutcomes }) => ratio(outcomes[FAILED], allOutcomes[FAILED]);
  }
  return MEASURES[id] ?? null;
}

/** The columns by which a table groups publishes. */
function keysOf(table) {
  const end = table.columns.findIndex(column => !canFilter(column.id));
  return table.columns.slice(0, end < 0 ? table.columns.length : end).map(column => column.id);
}

/** Adds the publishes without an outcome to groups, in groups of their own where no other publish has these keys. */
function withUnfinished(groups, unfinished) {
  const all = new Map(groups.map(group => [JSON.stringify(group.keys), { ...group, unfinished: [] }]));
  for (const { keys, rows } of unfinished) {
    const name = JSON.stringify(keys);
    all.set(name, { ...(all.get(name) ?? { keys, rows: [] }), unfinished: rows });
  }
  return [...all.values()];
}

function groupTable(table) {
  const keys = keysOf(table);
  const measures = table.columns.slice(keys.length).map(column => [column.id, measureOf(table, column)]);
  if (measures.some(([, measure]) => measure === null)) {
    return null;
  }
  const known = new Map(table.rows.map(row => [JSON.stringify(keys.map(key => keyOf(row[key]))), row]));
  const context = {
    all: selection.report,
    allOutcomes: outcomesOf(selection.report),
    before: group => known.get(JSON.stringify(group.keys)),
  };
  const cell = (column, text) => text === "" ? null : isNumber(column) ? Number(text) : text;
  const row = group => {
    const counted = { ...group, outcomes: outcomesOf(group.rows) };
    return Object.fromEntries([
      ...keys.map((key, i) => [key, cell(table.columns[i], group.keys[i])]),
      ...measures.map(([id, measure]) => [id, measure(counted, context)]),
    ]);
  };
  const isQuery = table.id === "by";
  if (keys.length === 0) {
    return [row({ keys: [], rows: selection.report, unfinished: selection.unfinished })];
  }
  const groups = withUnfinished(groupsOf(selection.report, keys), measures.some(([id]) => id === "Unfinished") ? groupsOf(selection.unfinished, keys) : [])
    .filter(({ rows }) => !isQuery || rows.length >= report.query.min);
  if (keys.length === 1 && keys[0] === TIME && !isQuery) {
    const byTime = new Map(groups.map(group => [group.keys[0], group]));
    return table.rows.map(old => row(byTime.get(old.Time) ?? { keys: [old.Time], rows: [] }));
  }
  groups.sort((x, y) => (keys.includes(TIME) ? compareTexts(x.keys[keys.indexOf(TIME)], y.keys[keys.indexOf(TIME)]) : 0)
    || y.rows.length - x.rows.length || compareTexts(x.keys.join("\n"), y.keys.join("\n")));
  const condition = table.columns.some(column => column.id === "Failures") ? "Failures" : "Publishes";
  const total = table.rows[0]?.[keys[0]] === ALL ? [row({ keys: keys.map(() => ALL), rows: selection.report })] : [];
  const rows = [...total, ...groups.map(row)].filter(made => !(condition in made) || made[condition] > 0 || made.Unfinished > 0);
  return isQuery ? arranged(rows) : rows;
}

/** Rows in the order that the query asks for, those without a value last, and no more than it asks for. */
function arranged(rows) {
  const { sort, limit } = report.query;
  const [, column, direction] = /^(.*):(asc|desc)$/.exec(sort ?? "") ?? [];
  const compare = (x, y) => (typeof x === "number" ? x - y : compareTexts(x, y)) * (direction === "desc" ? -1 : 1);
  const inOrder = column === undefined ? rows : [...rows].sort(({ [column]: x }, { [column]: y }) =>
    x === null || y === null ? (x === null) - (y === null) : compare(x, y));
  return inOrder.slice(0, limit ?? undefined);
}

function transfersTable(table) {
  const counts = new Map(groupsOf(selection.report, ["PullType", "PushType"]).map(({ keys, rows }) => [keys.join("\n"), rows.length]));
  const places = table.columns.slice(1, -1).map(column => column.id);
  return table.rows
    .map(({ PullType }) => {
      const cells = places.map(place => [place, counts.get(PullType + "\n" + place) ?? 0]);
      return { PullType, ...Object.fromEntries(cells), All: cells.reduce((sum, [, cell]) => sum + cell, 0) };
    })
    .filter(row => row.All > 0)
    .sort((x, y) => y.All - x.All || compareTexts(x.PullType, y.PullType));
}

function trendsTable(table) {
  const row = (period, rows) => {
    const group = { rows, outcomes: outcomesOf(rows) };
    return Object.fromEntries(table.columns.map(column => [column.id, column.id === "Period" ? period : measureOf(table, column)?.(group)]));
  };
  return [row("this", selection.trend), row("previous", selection.previous)];
}

function failureTrendsTable() {
  const failures = rows => new Map(groupsOf(rows, ["Error"]).map(group => [group.keys[0], outcomesOf(group.rows)[FAILED]]).filter(([, failed]) => failed > 0));
  const now = failures(selection.trend);
  const before = failures(selection.previous);
  return [...new Set([...now.keys(), ...before.keys()])]
    .map(Error => {
      const [Failures, PreviousFailures] = [now.get(Error) ?? 0, before.get(Error) ?? 0];
      const [Rate, PreviousRate] = [ratio(Failures, selection.trend.length), ratio(PreviousFailures, selection.previous.length)];
      return { Error, Failures, PreviousFailures, Rate, PreviousRate, RateChange: Rate === null || PreviousRate === null ? null : Rate - PreviousRate };
    })
    .sort((x, y) => (y.RateChange ?? -Infinity) - (x.RateChange ?? -Infinity) || compareTexts(x.Error, y.Error));
}

/** The series of failures: the failures of one project without a success between them. Rows must be ordered by project, then by time. */
function failureSeries() {
  const series = [];
  let current = null;
  let project = 0;
  const close = () => {
    if (current !== null) {
      series.push(current);
      current = null;
    }
  };
  const error = publishes.axes.get("Error");
  for (const row of selection.report) {
    if (publishes.project[row] !== project) {
      close();
      project = publishes.project[row];
    }
    if (project !== 0 && publishes.outcome[row] === FAILED) {
      current ??= { error: error.texts[error.members[error.positions[row]][0]], start: publishes.time[row], failures: 0, time: null };
      current.failures++;
    } else if (current !== null && publishes.outcome[row] === SUCCEEDED) {
      current.time = publishes.time[row] - current.start;
      close();
    }
  }
  close();
  return series;
}

function retriesTable() {
  const row = (Error, series) => {
    const recovered = series.filter(one => one.time !== null);
    const failures = sorted(recovered.map(one => one.failures));
    const times = sorted(recovered.map(one => one.time));
    return {
      Error,
      Series: series.length,
      Recovered: recovered.length,
      Share: ratio(recovered.length, series.length),
      FailuresP50: percentile(failures, 50),
      FailuresP95: percentile(failures, 95),
      TimeP50: percentile(times, 50),
      TimeP95: percentile(times, 95),
    };
  };
  const all = failureSeries();
  const byError = new Map(all.map(one => [one.error, []]));
  all.forEach(one => byError.get(one.error).push(one));
  return [row(ALL, all), ...[...byError].map(([error, series]) => row(error, series)).sort((x, y) => y.Series - x.Series || compareTexts(x.Error, y.Error))];
}

function adoptionTable(id) {
  const first = new Map();
  const axis = publishes.axes.get(id);
  const projects = new Set();
  for (const row of selection.report) {
    const project = publishes.project[row];
    if (project !== 0) {
      projects.add(project);
      for (const member of axis.members[axis.positions[row]]) {
        const uses = first.get(member) ?? new Map();
        uses.set(project, Math.min(uses.get(project) ?? Infinity, publishes.time[row]));
        first.set(member, uses);
      }
    }
  }
  const shares = rows => new Map(groupsOf(rows, [id]).map(group => [group.keys[0], group.rows.length / rows.length]));
  const now = shares(selection.trend);
  const before = shares(selection.previous);
  const share = (map, rows, value) => rows.length === 0 ? null : map.get(value) ?? 0;
  return [...first]
    .filter(([member]) => axis.texts[member] !== NONE)
    .map(([member, uses]) => {
      const value = axis.texts[member];
      const times = sorted(uses.values());
      const delays = times.map(time => time - times[0]);
      return {
        [id]: value,
        FirstSeen: dayOf(times[0]),
        Projects: times.length,
        ProjectShare: ratio(times.length, projects.size),
        TimeP50: percentile(delays, 50),
        TimeP95: percentile(delays, 95),
        Share: share(now, selection.trend, value),
        PreviousShare: share(before, selection.previous, value),
      };
    })
    .sort((x, y) => compareTexts(x.FirstSeen, y.FirstSeen) || y.Projects - x.Projects || compareTexts(x[id], y[id]));
}

function usersTable() {
  const row = (Identity, column) => {
    const counts = new Map();
    for (const one of selection.report) {
      counts.set(column[one], (counts.get(column[one]) ?? 0) + 1);
    }
    counts.delete(0);
    const values = sorted(counts.values());
    return {
      Identity,
      Distinct: values.length,
      Publishes: values.reduce((sum, value) => sum + value, 0),
      P50: percentile(values, 50),
      P95: percentile(values, 95),
      Largest: percentile(values, 100),
    };
  };
  return [row("Users", publishes.user), row("Projects", publishes.project)];
}

/** Base images past support, as listed in the unfiltered table of the report. */
function endedSupportTable(table) {
  const ends = new Map(table.rows.map(row => [row.BaseImage + "\n" + row.BaseImageTag, row.SupportEnds]));
  return groupsOf(selection.trend, ["BaseImage", "BaseImageTag"])
    .filter(({ keys }) => ends.has(keys.join("\n")))
    .sort((x, y) => y.rows.length - x.rows.length || compareTexts(x.keys.join("\n"), y.keys.join("\n")))
    .map(({ keys, rows }) => ({
      BaseImage: keys[0],
      BaseImageTag: keys[1],
      SupportEnds: ends.get(keys.join("\n")),
      Publishes: rows.length,
      Projects: distinct(rows, publishes.project),
      Users: distinct(rows, publishes.user),
    }));
}

const FEWEST_PUBLISHES = 20;

function slowestTable() {
  const places = rows => groupsOf(rows, ["PushType"]).filter(group => group.rows.length >= FEWEST_PUBLISHES);
  const before = new Map(places(selection.previous).map(({ keys, rows }) => [keys[0], percentile(valuesOf(rows, "Duration"), 95)]));
  return places(selection.trend)
    .map(({ keys, rows }) => {
      const durations = valuesOf(rows, "Duration");
      return {
        PushType: keys[0],
        Publishes: rows.length,
        DurationP50: percentile(durations, 50),
        DurationP95: percentile(durations, 95),
        PreviousDurationP95: before.get(keys[0]) ?? null,
      };
    })
    .sort((x, y) => (y.DurationP95 ?? -1) - (x.DurationP95 ?? -1) || y.Publishes - x.Publishes || compareTexts(x.PushType, y.PushType));
}

const notFiltered = () => null;

const TABLES = {
  "answer": notFiltered,
  "changes": notFiltered,
  "new-errors": notFiltered,
  "ended-support": endedSupportTable,
  "slowest": slowestTable,
  "transfers": transfersTable,
  "trends": trendsTable,
  "failure-trends": failureTrendsTable,
  "retries": retriesTable,
  "adoption": () => adoptionTable("FeaturesUsed"),
  "sdk-adoption": () => adoptionTable("SdkVersion"),
  "users": usersTable,
};

/** The filtered rows of a table; null if the page cannot compute them. */
function rowsOf(table) {
  if (!isFiltered()) {
    return table.rows;
  }
  const rows = (TABLES[table.id] ?? groupTable)(table);
  return rows !== null && rows.every(row => table.columns.every(column => row[column.id] !== undefined)) ? rows : null;
}
