/** Configuration of an image, in the words of the OCI image specification. */
export interface ImageConfig {
  /** `NAME=value`, in the order they are set. */
  readonly Env: readonly string[];
  readonly Labels: { readonly [key: string]: string };
  /** `8080/tcp`. */
  readonly ExposedPorts: readonly string[];
  readonly User: string;
  /** Folders whose owner and mode a volume takes over that is mounted there. */
  readonly Volumes: readonly string[];
  readonly WorkingDir: string;
  readonly Entrypoint: readonly string[];
  readonly Cmd: readonly string[];
}

/** A layer: an uncompressed tar file in the build context. */
export interface Layer {
  /** Name of the file. */
  readonly file: string;
  /** Hash of the uncompressed tar: `sha256:` and 64 hexadecimal digits. Docker packs the tar anew, so that its image has another one. */
  readonly diffId: string;
  /** Bytes of the uncompressed tar. */
  readonly size: number;
}

/**
 * An image, described for every builder alike: the Dockerfile is one rendering of it.
 */
export interface ImagePlan {
  readonly schemaVersion: 1;
  /** `linux/amd64`. */
  readonly platform: string;
  /** Reference of the base image. */
  readonly base: string;
  readonly config: ImageConfig;
  /** On top of those of the base image, lowest first: what changes least often comes first. */
  readonly layers: readonly Layer[];
}

/** The folder of the image that holds the bundle. */
export const APP_DIRECTORY = '/app';

/** The folder that an app may write to, even where the root file system is read-only. */
export const TEMPORARY_DIRECTORY = '/tmp';
