import * as path from 'node:path';
import { OutputFormat } from '../../esbuild-options';
import { ancestors, readPackageJson } from '../app/package-json';

/**
 * The module format that Node.js would take a file for.
 *
 * Source: "Determining module system", Node.js documentation.
 */
export function moduleFormat(entry: string): OutputFormat {
  switch (path.extname(entry)) {
    case '.mts':
    case '.mjs':
      return OutputFormat.ESM;
    case '.cts':
    case '.cjs':
      return OutputFormat.CJS;
    default: {
      const nearest = ancestors(path.dirname(entry)).map(readPackageJson).find((found) => found !== undefined);
      return nearest?.type === 'module' ? OutputFormat.ESM : OutputFormat.CJS;
    }
  }
}
