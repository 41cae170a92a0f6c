// A proxy in front of the first server of a cluster. The engine of the tests has neither the queue of ON CLUSTER nor active replicas. So the proxy sends
// a statement with ON CLUSTER, without that clause, to one server after another, and creates tables that are not replicated.
// Usage: node cluster-front.mjs PORT PORT… Prints its own port.
import { createServer, request as ask } from 'node:http';
import { gunzipSync } from 'node:zlib';

const ports = process.argv.slice(2);
const onCluster = /^(\s*(?:CREATE|DROP|ALTER)\b[^(]*?) ON CLUSTER `?\w+`?/i;
const replicated = /ReplicatedReplacingMergeTree\('[^']*', '[^']*'(?:, )?/;

const server = createServer(async (request, response) => {
  const body = await read(request);
  const { host, 'content-length': length, 'transfer-encoding': encoding, ...headers } = request.headers;
  const text = (headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString();
  if (!onCluster.test(text)) {
    pass(await send(ports[0], request, headers, body), response);
    return;
  }

  delete headers['content-encoding'];
  let answer;
  for (const port of ports) {
    answer = await send(port, request, headers, Buffer.from(text.replace(onCluster, '$1').replace(replicated, 'ReplacingMergeTree(')));
    if (answer.statusCode !== 200) break;
  }

  pass(answer, response);
});

server.listen(0, '127.0.0.1', () => console.log(server.address().port));
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));

function send(port, { method, url }, headers, body) {
  return new Promise((resolve) => {
    ask({ host: '127.0.0.1', port, path: url, method, headers: { ...headers, 'content-length': body.length } }, resolve)
      .on('error', () => resolve({ statusCode: 500, headers: { 'x-clickhouse-exception-code': '159' } }))
      .end(body);
  });
}

function pass(answer, response) {
  response.writeHead(answer.statusCode, answer.headers);
  answer.pipe ? answer.pipe(response) : response.end();
}

async function read(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}
