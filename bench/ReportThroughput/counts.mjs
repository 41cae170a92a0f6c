// Counts publishes by outcome and error, by SDK version, and by base image and tag, with DuckDB. Argument: the folder of the store.
import { DuckDBInstance } from '@duckdb/node-api';

const attributes = 'STRUCT(key VARCHAR, "value" STRUCT(stringValue VARCHAR))[]';
const resourceLogs = `STRUCT(
  resource STRUCT(attributes ${attributes}),
  scopeLogs STRUCT(logRecords STRUCT(eventName VARCHAR, attributes ${attributes})[])[])[]`;
const attribute = (list, key) => `coalesce(list_filter(${list}, lambda a: a.key = '${key}')[1]['value'].stringValue, '')`;

const files = `${process.argv[2].replaceAll("'", "''")}/*.jsonl`;
const connection = await (await DuckDBInstance.create(':memory:')).connect();
const reader = await connection.runAndReadAll(`
  WITH events AS (
    SELECT resourceLogs[1].resource.attributes AS resource, resourceLogs[1].scopeLogs[1].logRecords[1] AS record
    FROM read_json('${files}', format = 'newline_delimited', columns = {resourceLogs: '${resourceLogs}'})),
  keys AS (
    SELECT
      CASE WHEN record.eventName = 'containers_telemetry.inference'
        THEN 'image ' || ${attribute('record.attributes', 'containers_telemetry.base_image.name')} || ':' || ${attribute('record.attributes', 'containers_telemetry.base_image.tag')}
        ELSE 'outcome ' || ${attribute('record.attributes', 'cicd.pipeline.task.run.result')} || ' ' || ${attribute('record.attributes', 'error.type')}
      END AS first,
      CASE WHEN record.eventName <> 'containers_telemetry.inference'
        THEN 'sdk ' || ${attribute('resource', 'containers_telemetry.sdk.version')}
      END AS second
    FROM events)
  SELECT key, count(*) FROM (SELECT unnest([first, second]) AS key FROM keys) WHERE key IS NOT NULL GROUP BY key`);
const counts = {};
for (const [key, count] of reader.getRows()) {
  counts[key] = Number(count);
}

console.log(JSON.stringify(counts));
