import { docker } from './docker';
import type { Registry } from './registry';

/** One repository for all images, as CDK's bootstrap has it: what one of them brought, the others need not push. */
const repository = 'assets';

/** A blob that a push brought to the registry. */
export interface PushedBlob {
  readonly kind: 'layer' | 'config' | 'manifest';
  readonly digest: string;
  /** What made the layer. */
  readonly instruction?: string;
  /** Bytes. */
  readonly size: number;
}

/** An image as the registry has it. */
export interface PushedImage {
  /** Bytes of its compressed layers. */
  readonly compressed: number;
  /** What was not there before. */
  readonly added: readonly PushedBlob[];
}

export async function push(registry: Registry, image: string, tag: string): Promise<void> {
  const reference = `${registry.host}/${repository}:${tag}`;
  await docker(['tag', image, reference]);
  await docker(['push', reference]);
}

/**
 * Describes an image that was pushed.
 *
 * @param before the blobs that the registry had before the push
 */
export async function inspectPushed(registry: Registry, tag: string, before: ReadonlyMap<string, number>): Promise<PushedImage> {
  const { digest: manifestDigest, config, layers, instructions } = await registry.manifest(repository, tag);
  const added = [...registry.blobs()].filter(([digest]) => !before.has(digest)).map(([digest, size]): PushedBlob => {
    if (digest === config.digest) return { kind: 'config', digest, size };
    if (digest === manifestDigest) return { kind: 'manifest', digest, size };
    const index = layers.findIndex((layer) => layer.digest === digest);
    if (index === -1) throw new Error(`the push of ${repository}:${tag} brought ${digest} to the registry, which is no part of that image`);
    return { kind: 'layer', digest, size, instruction: instructions[index] };
  });
  return { compressed: layers.reduce((sum, { size }) => sum + size, 0), added };
}
