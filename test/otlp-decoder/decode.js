// Reads OTLP/JSON requests from standard input, one per line, and writes each as the official protobuf definitions understand it:
// JSON -> message -> protobuf -> message -> JSON. The output lacks whatever the definitions do not know, and shows a misread value as they read it.
// With the argument protobuf the lines are requests in binary form, in base64.
// Usage: node decode.js logs|traces|metrics [protobuf]
'use strict';

// Version 0.214.0 is the last one that contains generated protobuf code for logs, traces and metrics.
const { opentelemetry } = require('@opentelemetry/otlp-transformer/build/src/generated/root.js');
const { collector } = opentelemetry.proto;
const requests = {
  logs: collector.logs.v1.ExportLogsServiceRequest,
  traces: collector.trace.v1.ExportTraceServiceRequest,
  metrics: collector.metrics.v1.ExportMetricsServiceRequest,
};
const ids = new Set(['traceId', 'spanId', 'parentSpanId']);

// OTLP writes these as hexadecimal digits; the JSON form of protobuf writes base64.
const fromHex = (key, value) => (ids.has(key) && typeof value === 'string' ? Buffer.from(value, 'hex') : value);
const toHex = (value, key) => {
  if (ids.has(key)) {
    return Buffer.from(value).toString('hex');
  }

  if (Array.isArray(value)) {
    return value.map((element) => toHex(element));
  }

  return value !== null && typeof value === 'object' ? Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, toHex(inner, name)])) : value;
};

function decode(Request, line) {
  const bytes = isProtobuf ? Buffer.from(line, 'base64') : Request.encode(Request.fromObject(JSON.parse(line, fromHex))).finish();
  return JSON.stringify(toHex(Request.toObject(Request.decode(bytes), { longs: String, oneofs: false })));
}

const isProtobuf = process.argv[3] === 'protobuf';
const Request = requests[process.argv[2]];
if (!Request) {
  process.stderr.write('Usage: node decode.js logs|traces|metrics [protobuf]\n');
  process.exit(2);
}

const lines = require('fs').readFileSync(0, 'utf8').split('\n').filter((line) => line !== '');
process.stdout.write(lines.map((line) => decode(Request, line) + '\n').join(''));
