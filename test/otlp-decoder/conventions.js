// Writes the attributes of the OpenTelemetry semantic conventions as a JSON object: each name with its well-known values.
'use strict';

const constants = require('@opentelemetry/semantic-conventions/incubating');
const attributes = Object.entries(constants).filter(([constant]) => constant.startsWith('ATTR_'));
const valuesOf = (constant) =>
  Object.entries(constants)
    .filter(([name]) => name.startsWith(constant.replace('ATTR_', '') + '_VALUE_'))
    .map(([, value]) => value);
const texts = attributes.filter(([, name]) => typeof name === 'string');
process.stdout.write(JSON.stringify(Object.fromEntries(texts.map(([constant, name]) => [name, valuesOf(constant)]))));
