import type { Request } from 'express';
import { z } from 'zod';
import { InvalidRequestError } from './errors.js';
import { id } from '../database/columns.js';

export function parseBody<Schema extends z.ZodType>(schema: Schema, request: Request): z.infer<Schema> {
  return parse(schema, 'body', request.body);
}

export function parseQuery<Schema extends z.ZodType>(schema: Schema, request: Request): z.infer<Schema> {
  return parse(schema, 'query', request.query);
}

/** The UUID in the path of a request. */
export function parseId(request: Request): string {
  return parse(z.object({ id }), 'path', request.params).id;
}

function parse<Schema extends z.ZodType>(schema: Schema, where: 'body' | 'query' | 'path', value: unknown): z.infer<Schema> {
  const result = schema.safeParse(value);
  if (!result.success) throw new InvalidRequestError(where, z.flattenError(result.error));
  return result.data;
}
