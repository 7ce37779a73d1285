import { Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { DISTROLESS_NODE_MAJORS, DISTROLESS_PLATFORMS } from './private/image/distroless';
import { isDigest, isImageReference } from './private/image/image-reference';
import { misuse } from './private/misuse';

/** Options for `BaseImage.distroless`. */
export interface DistrolessOptions {
  /**
   * Use the variant with a busybox shell (`/busybox/sh`), for looking around in a container.
   *
   * @default false
   */
  readonly debug?: boolean;

  /**
   * Digest of the image index that the tag is pinned to: `sha256:` and 64 hexadecimal digits.
   *
   * A moving tag doesn't change the asset hash, so a newer base image reaches production only with a new digest.
   *
   * @default - not pinned: whatever the tag points to where the image is built
   */
  readonly digest?: string;
}

/** Options for `BaseImage.fromRegistry`. */
export interface RegistryBaseImageOptions {
  /**
   * Major version of the Node.js in the image, such as 24. The bundle is compiled for it.
   */
  readonly nodeMajor: number;

  /**
   * Absolute path of the Node.js binary in the image.
   *
   * @default /nodejs/bin/node
   */
  readonly nodePath?: string;

  /**
   * User that the container runs as: `uid`, `uid:gid`, or names that the image knows.
   *
   * @default 65532
   */
  readonly user?: string;

  /**
   * Platforms that the image is published for, such as `linux/arm64`. An image for another one fails at synth.
   *
   * @default - not checked
   */
  readonly platforms?: string[];
}

/** What an image needs to know of its base image. */
export interface BaseImageConfig {
  /** Image reference for `FROM`: `registry/repository:tag@digest`. */
  readonly reference: string;

  /** Major version of the Node.js in the image. */
  readonly nodeMajor: number;

  /** Absolute path of the Node.js binary in the image. */
  readonly nodePath: string;

  /** User that the container runs as. */
  readonly user: string;

  /**
   * Platforms that the image is published for, such as `linux/arm64`.
   *
   * @default - not checked
   */
  readonly platforms?: string[];
}

/**
 * The image that the layers of an app are put on.
 *
 * Extend it for a base image with rules of its own.
 */
export abstract class BaseImage {
  /**
   * The distroless Node.js image, nonroot: `gcr.io/distroless/nodejs24-debian13:nonroot` for 24.
   *
   * It holds Node.js, glibc, OpenSSL, CA certificates and time zones; no shell and no package manager.
   * An unpublished major fails when the image is made.
   *
   * Source: https://github.com/GoogleContainerTools/distroless
   *
   * @param nodeMajor 22, 24 or 26
   */
  public static distroless(nodeMajor: number, options: DistrolessOptions = {}): BaseImage {
    return new DistrolessBaseImage(nodeMajor, options);
  }

  /**
   * Any other image with Node.js in it: Chainguard's, Alpine, or one of your own in ECR.
   *
   * The Dockerfile sets the entrypoint itself, so that of the image does not matter.
   *
   * @param reference `registry/repository:tag@digest`; tag and digest are optional. Fails at synth when it is malformed.
   */
  public static fromRegistry(reference: string, options: RegistryBaseImageOptions): BaseImage {
    return new RegistryBaseImage(reference, options);
  }

  /**
   * Describes the base image for one image; called once, before anything is bundled.
   *
   * @param scope the image, for the path in error messages
   */
  public abstract bind(scope: Construct): BaseImageConfig;
}

class DistrolessBaseImage extends BaseImage {
  constructor(private readonly nodeMajor: number, private readonly options: DistrolessOptions) {
    super();
  }

  public bind(scope: Construct): BaseImageConfig {
    const { debug, digest } = this.options;
    if (!DISTROLESS_NODE_MAJORS.includes(this.nodeMajor)) {
      throw misuse(scope, `distroless does not publish Node.js ${this.nodeMajor}; `
        + `use one of ${DISTROLESS_NODE_MAJORS.join(', ')}, or another base image with BaseImage.fromRegistry()`);
    }
    if (digest !== undefined && !isDigest(digest)) {
      throw misuse(scope, `base image digest ${JSON.stringify(digest)} is malformed; expected 'sha256:' and 64 hexadecimal digits in lower case`);
    }
    return {
      reference: `gcr.io/distroless/nodejs${this.nodeMajor}-debian13:${debug ? 'debug-nonroot' : 'nonroot'}${digest ? `@${digest}` : ''}`,
      nodeMajor: this.nodeMajor,
      nodePath: '/nodejs/bin/node',
      user: '65532',
      platforms: [...DISTROLESS_PLATFORMS],
    };
  }
}

class RegistryBaseImage extends BaseImage {
  constructor(private readonly reference: string, private readonly options: RegistryBaseImageOptions) {
    super();
  }

  public bind(scope: Construct): BaseImageConfig {
    const { nodeMajor, nodePath = '/nodejs/bin/node', user = '65532', platforms } = this.options;
    if (Token.isUnresolved(this.reference)) {
      throw misuse(scope, "base image reference is a token, which has no value until deployment; write it out, as in '111122223333.dkr.ecr.eu-west-1.amazonaws.com/node:24'");
    }
    if (!isImageReference(this.reference)) {
      throw misuse(scope, `base image reference ${JSON.stringify(this.reference)} is malformed; expected 'registry/repository:tag@sha256:digest', where tag and digest are optional`);
    }
    if (!Number.isInteger(nodeMajor) || nodeMajor < 18) {
      throw misuse(scope, `'nodeMajor' of base image ${this.reference} is ${nodeMajor}; expected the major version of its Node.js, 18 or later, such as 24`);
    }
    if (!/^\/[^\s]*[^\s/]$/.test(nodePath)) {
      throw misuse(scope, `'nodePath' of base image ${this.reference} is ${JSON.stringify(nodePath)}; expected the absolute path of its Node.js binary, such as /usr/local/bin/node`);
    }
    if (!/^[a-zA-Z0-9_][a-zA-Z0-9_.-]*(?::[a-zA-Z0-9_][a-zA-Z0-9_.-]*)?$/.test(user)) {
      throw misuse(scope, `'user' of base image ${this.reference} is ${JSON.stringify(user)}; expected uid, uid:gid or names that the image knows, such as 65532`);
    }
    return { reference: this.reference, nodeMajor, nodePath, user, platforms };
  }
}
