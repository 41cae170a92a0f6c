// A proxy in front of a ClickHouse of 2018. That version lacks features that the official client requests: the format with names and types,
// gzip, and newer settings. Usage: node old-clickhouse-front.mjs PORT. Prints its own port.
import { createServer } from 'node:http';
import { gunzipSync } from 'node:zlib';

const target = `http://127.0.0.1:${process.argv[2]}/`;
const known = new Set(['database', 'skip_unavailable_shards', 'insert_distributed_sync']);

const server = createServer(async (request, response) => {
  const url = new URL(request.url, 'http://localhost');
  if (url.pathname === '/ping') {
    response.end('Ok.\n');
    return;
  }

  const body = await read(request);
  const settings = new URLSearchParams([...url.searchParams].filter(([name]) => known.has(name)));
  const answer = await run(url.searchParams.get('query'), body, settings);
  response.statusCode = answer.status;
  if (answer.status !== 200) {
    response.setHeader('X-ClickHouse-Exception-Code', /Code: (\d+)/.exec(answer.bytes.toString())?.[1] ?? '1002');
  }

  response.end(answer.bytes);
});

server.listen(0, '127.0.0.1', () => console.log(server.address().port));
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));

async function run(inUrl, body, settings) {
  const newLine = body.indexOf(10);
  const firstLine = body.subarray(0, Math.max(0, newLine)).toString();
  if (!inUrl && /^INSERT INTO.*FORMAT \w+\s*$/i.test(firstLine)) {
    return run(firstLine, body.subarray(newLine + 1), settings);
  }

  if (inUrl && body.length > 0) {
    settings.set('query', inUrl);
    return send(settings, body);
  }

  const query = inUrl ?? body.toString();
  if (!/^\s*SELECT\b/i.test(query)) {
    return send(settings, Buffer.from(query));
  }

  const named = await send(settings, Buffer.from(`${query} FORMAT TabSeparatedWithNamesAndTypes`));
  if (named.status !== 200) {
    return named;
  }

  const [names, types] = named.bytes.toString().split('\n', 2).map((line) => line.split('\t').map(unescape));
  const rows = await send(settings, Buffer.from(`${query} FORMAT RowBinary`));
  return rows.status !== 200 ? rows : { status: 200, bytes: Buffer.concat([varint(names.length), ...[...names, ...types].flatMap(text), rows.bytes]) };
}

async function send(settings, body) {
  const answer = await fetch(`${target}?${settings}`, { method: 'POST', body });
  return { status: answer.status, bytes: Buffer.from(await answer.arrayBuffer()) };
}

async function read(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  return request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body;
}

function text(value) {
  const bytes = Buffer.from(value);
  return [varint(bytes.length), bytes];
}

function varint(number) {
  const bytes = [];
  for (; number > 127; number >>>= 7) bytes.push((number & 127) | 128);
  return Buffer.from([...bytes, number]);
}

function unescape(cell) {
  return cell.replace(/\\(.)/g, (_, c) => ({ n: '\n', t: '\t' })[c] ?? c);
}
