// JSON exports against the schema, by ajv. Usage: node schema.js SCHEMA.json EXPORT.json…
const fs = require('fs'), path = require('path'), Ajv = require('ajv/dist/2020');
const { Report } = require('./record.js');

const read = file => JSON.parse(fs.readFileSync(file, 'utf8'));
const [, , schema, ...files] = process.argv;
const ajv = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true });
const fits = ajv.compile(read(schema)), report = new Report('ajv');
const entry = ajv.compile({ $ref: `${read(schema).$id}#/$defs/entry` });
for (const file of files) {
  report.check(fits(read(file)), `${path.basename(file)}: ${ajv.errorsText(fits.errors).slice(0, 500)}`);
  const lines = fs.readFileSync(file + 'l', 'utf8').trim().split('\n');
  for (const line of lines) report.check(entry(JSON.parse(line)), `${path.basename(file)}l: ${ajv.errorsText(entry.errors).slice(0, 500)}`);
}
report.end();
