import { report } from './report.js';
import { serve } from './serve.js';
import { work } from './work.js';

// One image has every role of the app; the command of the container names one: ['/app/index.mjs', 'report'].
const roles: Readonly<Record<string, () => void | Promise<void>>> = { serve, work, report };

const role = process.argv[2] ?? 'serve';
const start = roles[role];
if (start === undefined) {
  throw new Error(`the role is '${role}'; expected one of ${Object.keys(roles).join(', ')}`);
}
await start();
