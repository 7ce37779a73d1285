import type { BuildOptions, Plugin } from 'esbuild';

const MODULE = 'module-globals';
const NAMESPACE = 'cdk-slim-node-image';

/** What CommonJS code expects and an ES module lacks; taken into the bundle only where it is used. */
const COMMONJS_GLOBALS = `
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
export const __filename = fileURLToPath(import.meta.url);
export const __dirname = dirname(__filename);
`;

/** What an ES module expects and CommonJS code lacks. */
const IMPORT_META = `
import { pathToFileURL } from 'node:url';
export const __importMetaUrl = pathToFileURL(__filename).href;
`;

/**
 * Makes packages of the one module format run in a bundle of the other.
 *
 * `require` comes by a banner, as esbuild's own helper looks for it as a global; its other names are unlikely ones,
 * because a banner is not renamed when the app has the same name at its top level. The rest is injected, so that it is.
 */
export function moduleGlobals(format: 'esm' | 'cjs'): Pick<BuildOptions, 'inject' | 'define' | 'plugins'> & { readonly banner: string } {
  if (format === 'esm') {
    return {
      banner: "import { createRequire as __slimCreateRequire } from 'node:module'; const require = __slimCreateRequire(import.meta.url);",
      inject: [MODULE],
      plugins: [virtualModule(COMMONJS_GLOBALS)],
    };
  }
  return {
    banner: '',
    inject: [MODULE],
    define: { 'import.meta.url': '__importMetaUrl', 'import.meta.filename': '__filename', 'import.meta.dirname': '__dirname' },
    plugins: [virtualModule(IMPORT_META)],
  };
}

/** A module with no file: the path of one would differ from machine to machine, and esbuild writes paths into the bundle. */
function virtualModule(contents: string): Plugin {
  return {
    name: 'slim-node-image-module-globals',
    setup(build) {
      build.onResolve({ filter: new RegExp(`^${MODULE}$`) }, () => ({ path: MODULE, namespace: NAMESPACE, sideEffects: false }));
      build.onLoad({ filter: /.*/, namespace: NAMESPACE }, () => ({ contents, loader: 'js', resolveDir: '/' }));
    },
  };
}
