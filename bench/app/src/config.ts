import { z } from 'zod';

const schema = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
  PORT: z.coerce.number().int().min(1).max(65535).default(8080),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
  DATABASE_URL: z.string().default('postgres://shop@localhost:5432/shop'),
  DATABASE_POOL_SIZE: z.coerce.number().int().min(1).max(100).default(10),
  PAGE_SIZE: z.coerce.number().int().min(1).max(500).default(50),
  VAT_PERCENT: z.coerce.number().min(0).max(100).default(20),
});

export type Config = Readonly<z.infer<typeof schema>>;

export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const result = schema.safeParse(environment);
  if (!result.success) throw new Error(`invalid environment:\n${z.prettifyError(result.error)}`);
  return result.data;
}
