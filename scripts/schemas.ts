import { z } from 'zod';
import { DOCUMENTS } from '../main/contract/documents.ts';
import {
  annotationFileSchema,
  eventSchema,
  kitSchema,
  observationSchema,
  planSchema,
  reportSchema,
  stepRecordSchema,
} from '../main/engine/index.ts';

/** Formats that a report holds, by the name of their schema file. */
const FORMATS = {
  annotations: annotationFileSchema,
  report: reportSchema,
  'log-event': eventSchema,
  plan: planSchema,
  'step-record': stepRecordSchema,
  observation: observationSchema,
};

/** Every schema file by name, with its text. */
export function schemaFiles(): Map<string, string> {
  const files = new Map<string, string>();
  const add = (name: string, schema: z.ZodType, io: 'input' | 'output') => {
    const json = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
    files.set(`${name}.schema.json`, `${JSON.stringify(json, null, 2)}\n`);
  };
  for (const [name, schema] of Object.entries(DOCUMENTS)) add(`cli-${name}`, schema, 'output');
  for (const [name, schema] of Object.entries(FORMATS)) add(name, schema, 'output');
  add('kit', kitSchema, 'input');
  return files;
}
