/** Code that stands at the beginning of the files of a bundle, and the names that are replaced by what it declares. */
export interface ModuleGlobals {
  readonly banner: string;
  readonly define: { readonly [name: string]: string };
}

/**
 * What makes packages of the one module format run in a bundle of the other.
 *
 * esbuild does not rename what a banner declares, so its names are unlikely ones, and they stand in only where the app has no such name of
 * its own. The exception is `require`: esbuild's own helper looks for it, and keeps it free.
 */
export function moduleGlobals(format: 'esm' | 'cjs'): ModuleGlobals {
  return format === 'esm' ? COMMONJS_IN_ES_MODULE : ES_MODULE_IN_COMMONJS;
}

/** Whether a file of a bundle uses what the banner declares. */
export function usesBanner({ banner, define }: ModuleGlobals, text: string): boolean {
  return Object.values(define).some((name) => banner.includes(name) && text.includes(name));
}

const COMMONJS_IN_ES_MODULE: ModuleGlobals = {
  banner: [
    "import { createRequire as __slimCreateRequire } from 'node:module';",
    'const require = __slimCreateRequire(import.meta.url);',
    "const __slimFilename = require('node:url').fileURLToPath(import.meta.url), __slimDirname = require('node:path').dirname(__slimFilename);",
  ].join(' '),
  define: { __filename: '__slimFilename', __dirname: '__slimDirname' },
};

const ES_MODULE_IN_COMMONJS: ModuleGlobals = {
  banner: "const __slimUrl = require('node:url').pathToFileURL(module.filename).href;",
  define: { 'import.meta.url': '__slimUrl', 'import.meta.filename': '__filename', 'import.meta.dirname': '__dirname' },
};
