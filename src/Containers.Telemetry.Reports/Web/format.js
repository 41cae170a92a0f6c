"use strict";

// ---- Formatted cells: the same texts as in the tool's tables ------------------------------------------------------------------------

const NONE = "(none)";
const grouped = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });

/** Moves the decimal point to the right. JavaScript writes very small and very large numbers with an exponent. */
function movePoint(number, digits) {
  const [significand, exponent] = String(number).split("e");
  return Number(significand + "e" + (Number(exponent ?? 0) + digits));
}

/** Rounds half away from zero in decimal digits, not in binary digits. */
function round(value, digits) {
  const decimal = Number(Math.abs(value).toPrecision(15));
  const rounded = movePoint(Math.round(movePoint(decimal, digits)), -digits);
  return (value < 0 && rounded !== 0 ? "-" : "") + rounded.toFixed(digits);
}

function percent(fraction) {
  const [whole, digit] = round(fraction * 100, 1).split(".");
  return (whole.startsWith("-") ? "-" : "") + grouped.format(Math.abs(Number(whole))) + "." + digit;
}

/** Formats a share. A share above 0 % is never rounded to 0 %, nor one below 100 % to 100 %. */
function part(fraction) {
  const rounded = percent(fraction);
  return rounded === "0.0" && fraction > 0 ? "<0.1" : rounded === "100.0" && fraction < 1 ? ">99.9" : rounded;
}

function bytes(size) {
  const units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];
  let unit = 0;
  while (size >= 1023.5 && unit < units.length - 1) {
    size /= 1024;
    unit++;
  }
  return round(size, unit === 0 || size >= 99.95 ? 0 : 1) + " " + units[unit];
}

/** Formats a duration. A number that is rounded to a whole unit has that unit: 59.96 s are 1.0 min. */
function duration(milliseconds) {
  const seconds = milliseconds / 1000;
  return seconds < 1 ? milliseconds + " ms"
    : seconds < 59.95 ? round(seconds, 1) + " s"
    : seconds < 59.95 * 60 ? round(seconds / 60, 1) + " min"
    : seconds < 23.95 * 3600 ? round(seconds / 3600, 1) + " h"
    : round(seconds / 86400, 1) + " d";
}

/** Formats a cell of a column of this kind; an empty text if it has no value. */
function format(kind, cell) {
  if (cell === null || cell === undefined) {
    return "";
  }
  switch (kind) {
    case "percent": return part(cell) + " %";
    case "points": return percent(cell) + " pp";
    case "bytes": return bytes(cell);
    case "duration": return duration(cell);
    case "count": return grouped.format(cell);
    case "time": return cell.slice(0, 16).replace("T", " ");
    default: return String(cell);
  }
}

/** Formats the name of a row. It is not rounded, so that no two rows have one name. */
function exact(kind, cell) {
  const mebibytes = cell / 1024 ** 2;
  return cell === null ? NONE
    : kind === "bytes" ? Number.isInteger(mebibytes) ? grouped.format(mebibytes) + " MiB" : grouped.format(cell) + " B"
    : kind === "duration" ? grouped.format(cell) + " ms"
    : format(kind, cell);
}

const isNumber = column => !["text", "date", "time"].includes(column.kind);
const keyOf = cell => cell === null ? "" : String(cell);
const count = (number, one, many) => grouped.format(number) + " " + (number === 1 ? one : many);
const ratio = (part, whole) => whole === 0 ? null : part / whole;

/** Compares texts by code units, which is the order of the report's tables. */
const compareTexts = (x, y) => x < y ? -1 : x > y ? 1 : 0;

/** Marks formulas as text for spreadsheets, also after a separator of cells that another locale uses. */
const spreadsheetCell = text => text.replace(/(^|[,;|])([\s"]*)(?=[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])/g, "$1$2'");

/** Writes rows in the form of the tool's CSV: the ids of columns as names, and numbers without units. */
function csv(columns, rows) {
  const raw = cell => cell === null || cell === undefined ? ""
    : typeof cell === "number" ? (Number.isInteger(cell) ? String(cell) : String(Number(round(cell, 6))))
    : spreadsheetCell(cell);
  const quote = text => /[",\r\n]/.test(text) ? '"' + text.replaceAll('"', '""') + '"' : text;
  return [columns.map(column => spreadsheetCell(column.id)), ...rows.map(row => columns.map(column => raw(row[column.id])))]
    .map(cells => cells.map(quote).join(",") + "\n")
    .join("");
}
