import * as fs from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import * as os from 'node:os';
import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Plugin, build as esbuildBuild } from 'esbuild';

/**
 * The esbuild plugins that a module of the user's exports: as default, or as `plugins`; an array, or a function that returns one.
 */
export async function loadPlugins(file: string, build: typeof esbuildBuild): Promise<Plugin[]> {
  const loaded = await load(file, build).catch((error: unknown) => {
    throw new Error(`'pluginsModule' ${file} could not be loaded: ${error instanceof Error ? error.message : error}`);
  });
  const exported = exportedPlugins(loaded);
  const plugins: unknown = typeof exported === 'function' ? await exported() : exported;
  if (!Array.isArray(plugins)) {
    throw new Error(`'pluginsModule' ${file} exports no plugins; expected an array of esbuild plugins, or a function that returns one, as default export or as 'plugins'`);
  }
  return plugins;
}

/** A CommonJS module that was compiled from an ES module has its default export one level down. */
function exportedPlugins(module: Record<string, unknown>): unknown {
  const inner = module.default as Record<string, unknown> | undefined;
  return module.plugins ?? inner?.plugins ?? inner?.default ?? inner;
}

async function load(file: string, build: typeof esbuildBuild): Promise<Record<string, unknown>> {
  if (!/\.[mc]?ts$/.test(file)) {
    return import(pathToFileURL(file).href);
  }
  // Node.js 20 can't load TypeScript.
  const directory = await fs.mkdtemp(path.join(os.tmpdir(), 'slim-node-image-plugins-'));
  try {
    const compiled = path.join(directory, 'plugins.mjs');
    await build({
      entryPoints: [file],
      outfile: compiled,
      bundle: true,
      platform: 'node',
      format: 'esm',
      logLevel: 'silent',
      define: { 'import.meta.url': JSON.stringify(pathToFileURL(file).href) },
      plugins: [packagesByUrl],
    });
    return await import(pathToFileURL(compiled).href);
  } finally {
    await fs.rm(directory, { recursive: true, force: true });
  }
}

/** Packages stay outside of the compiled module, which lies in a folder that they can't be found from by name. */
const packagesByUrl: Plugin = {
  name: 'packages-by-url',
  setup(build) {
    build.onResolve({ filter: /^[^./]/ }, async ({ path: name, kind, resolveDir, pluginData }) => {
      if (pluginData === packagesByUrl || kind === 'entry-point' || isBuiltin(name)) {
        return undefined;
      }
      const resolved = await build.resolve(name, { kind, resolveDir, pluginData: packagesByUrl });
      return resolved.errors.length > 0 ? { errors: resolved.errors } : { path: pathToFileURL(resolved.path).href, external: true };
    });
  },
};
