import { SourceMapSegment, decode, encode } from '@jridgewell/sourcemap-codec';
import type { OutputFile } from 'esbuild';

interface SourceMap {
  readonly sources: string[];
  readonly sourcesContent?: string[];
  readonly mappings: string;
}

const INLINE_MAP = /(?<=\n\/\/# sourceMappingURL=data:application\/json;base64,)[A-Za-z0-9+/=]+(?=\s*$)/;

/**
 * Leaves the project's own code in the source map of a file, and takes out that of packages.
 *
 * Node.js parses the whole map at the first stack trace, which loggers take when the app starts: the part of the packages, most of the
 * map, makes that start and every push of the image slower, for lines that nobody can change.
 */
export function trimSourceMap(file: Pick<OutputFile, 'path' | 'contents'>): Uint8Array {
  const text = () => Buffer.from(file.contents).toString();
  if (/\.[cm]js\.map$/.test(file.path)) {
    return Buffer.from(trim(text()));
  }
  const isCode = /\.[cm]js$/.test(file.path);
  return isCode && Buffer.from(file.contents).includes('sourceMappingURL=data:')
    ? Buffer.from(text().replace(INLINE_MAP, (map) => Buffer.from(trim(Buffer.from(map, 'base64').toString())).toString('base64')))
    : file.contents;
}

function trim(json: string): string {
  const map = JSON.parse(json) as SourceMap;
  const kept = map.sources.flatMap((source, index) => isPackage(source) ? [] : [index]);
  if (kept.length === map.sources.length) {
    return json;
  }
  const newIndex = new Map(kept.map((index, position) => [index, position]));
  // Node.js looks for the nearest mapping before a place, on earlier lines too: the end of the project's own code has to be marked.
  let own = false;
  const lines = decode(map.mappings).map((line) => line.flatMap((segment): SourceMapSegment[] => {
    const [column, source, ...place] = segment;
    const position = source === undefined ? undefined : newIndex.get(source);
    const ended = own && position === undefined;
    own = position !== undefined;
    if (position === undefined) {
      return ended ? [[column]] : [];
    }
    return [[column, position, ...place] as SourceMapSegment];
  }));
  const pick = (list: string[]) => kept.map((index) => list[index]);
  return JSON.stringify({
    ...map,
    sources: pick(map.sources),
    sourcesContent: map.sourcesContent && pick(map.sourcesContent),
    mappings: encode(lines),
  });
}

function isPackage(source: string): boolean {
  return /(^|\/)node_modules\//.test(source);
}
