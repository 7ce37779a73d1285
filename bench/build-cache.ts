import { docker } from './docker';

/** The IDs of the records in BuildKit's cache; none with the classic builder. */
export async function buildCacheRecords(): Promise<Set<string>> {
  const records = JSON.parse(await docker(['system', 'df', '--verbose', '--format', '{{json .BuildCache}}'])) as { readonly ID: string }[] | null;
  return new Set((records ?? []).map(({ ID }) => ID));
}

/** Removes the records that came since: each clean build leaves hundreds of megabytes. */
export async function pruneBuildCache(before: ReadonlySet<string>): Promise<void> {
  const added = [...await buildCacheRecords()].filter((id) => !before.has(id));
  if (added.length > 0) await docker(['builder', 'prune', '--force', '--all', '--filter', `id=^(${added.join('|')})$`]);
}
