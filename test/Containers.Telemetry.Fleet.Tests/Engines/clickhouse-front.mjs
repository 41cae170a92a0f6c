// Serves the part of ClickHouse's HTTP interface that its official client uses, on top of chdb, the engine in this process.
// Usage: node clickhouse-front.mjs FOLDER. Prints its port. The environment contains the accepted user and password.
import { createServer } from 'node:http';
import { gunzipSync, gzipSync } from 'node:zlib';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRequire } from 'node:module';

const folder = process.argv[2];
mkdirSync(folder, { recursive: true });
const { Session } = createRequire(process.env.CHDB_MODULES + '/')('chdb');
const session = new Session(join(folder, 'data'));
const user = process.env.CLICKHOUSE_FRONT_USER ?? 'default';
const password = process.env.CLICKHOUSE_FRONT_PASSWORD ?? '';
const settingNames = new Set((await session.queryAsync("SELECT name FROM system.settings WHERE name NOT LIKE '%http%'", { format: 'TabSeparated' })).text().trim().split('\n'));
let uploads = 0;

const server = createServer(async (request, response) => {
  try {
    const body = await read(request);
    const url = new URL(request.url, 'http://localhost');
    if (url.pathname === '/ping') {
      response.end('Ok.\n');
      return;
    }

    if (!isAuthenticated(request, url)) {
      fail(response, 403, 516, `Code: 516. DB::Exception: ${user}: Authentication failed: password is incorrect, or there is no user with such name. (AUTHENTICATION_FAILED)`);
      return;
    }

    const result = await run(url, body, request.headers);
    const bytes = Buffer.from(result.bytes());
    response.setHeader('X-ClickHouse-Summary', JSON.stringify({ read_rows: String(result.rowsRead), read_bytes: String(result.bytesRead) }));
    if (/\bgzip\b/.test(request.headers['accept-encoding'] ?? '') && url.searchParams.get('enable_http_compression') !== 'false') {
      response.setHeader('Content-Encoding', 'gzip');
      response.end(gzipSync(bytes, { level: 1 }));
    } else {
      response.end(bytes);
    }
  } catch (error) {
    const text = String(error.message ?? error);
    const code = error.clickhouseCode ?? /Code: (\d+)/.exec(text)?.[1] ?? 1002;
    fail(response, [60, 81].includes(Number(code)) ? 404 : 500, code, text);
  }
});

server.listen(0, '127.0.0.1', () => console.log(server.address().port));
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));

async function read(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  return request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body;
}

function isAuthenticated(request, url) {
  const basic = /^Basic (.*)$/.exec(request.headers.authorization ?? '')?.[1];
  const [name, secret] = basic ? Buffer.from(basic, 'base64').toString().split(/:(.*)/s)
    : [request.headers['x-clickhouse-user'] ?? url.searchParams.get('user') ?? 'default', request.headers['x-clickhouse-key'] ?? url.searchParams.get('password') ?? ''];
  return name === user && (secret ?? '') === password;
}

async function run(url, body, headers) {
  const format = url.searchParams.get('default_format') ?? headers['x-clickhouse-format'] ?? 'TabSeparated';
  const inUrl = url.searchParams.get('query');
  const parameters = {};
  for (const [name, value] of url.searchParams) {
    if (name.startsWith('param_')) parameters[name.slice(6)] = value;
  }

  const settings = settingsIn(url);
  if (inUrl && body.length > 0) return insert(inUrl, body, format, settings);
  const newLine = body.indexOf(10);
  const firstLine = (newLine < 0 ? body : body.subarray(0, newLine)).toString();
  if (!inUrl && newLine >= 0 && /^INSERT INTO[^]*FORMAT \w+\s*$/i.test(firstLine)) return insert(firstLine, body.subarray(newLine + 1), format, settings);
  const query = withSettings(inUrl ?? body.toString(), settings);
  return Object.keys(parameters).length > 0
    ? session.queryBindAsync(query, parameters, { format })
    : session.queryAsync(query, { format });
}

// A server takes settings from the address; the engine in this process takes them in the statement.
function settingsIn(url) {
  return [...url.searchParams].filter(([name]) => settingNames.has(name)).map(([name, value]) => `${name} = ${/^\d+$/.test(value) ? value : `'${value.replace(/[\\']/g, '\\$&')}'`}`).join(', ');
}

function withSettings(query, settings) {
  if (!settings || !/^\s*(SELECT|WITH|INSERT)\b/i.test(query) || /^\s*INSERT\b[^]*\bVALUES\b/i.test(query)) return query;
  const [, statement, format = ''] = /^([^]*?)(\s+FORMAT\s+\w+)?\s*;?\s*$/i.exec(query);
  return `${statement}${/\bSETTINGS\b/.test(statement) ? ', ' : ' SETTINGS '}${settings}${format}`;
}

// The engine in this process reads the rows of an insert from a file.
async function insert(query, rows, format, settings) {
  const file = join(folder, `upload-${uploads++}`);
  writeFileSync(file, rows);
  try {
    return await session.queryAsync(query.replace(/FORMAT (\w+)\s*$/i, `FROM INFILE '${file}' COMPRESSION 'none'${settings && ` SETTINGS ${settings}`} FORMAT $1`), { format });
  } finally {
    rmSync(file, { force: true });
  }
}

function fail(response, status, code, text) {
  response.statusCode = status;
  response.setHeader('X-ClickHouse-Exception-Code', String(code));
  response.end(text);
}
