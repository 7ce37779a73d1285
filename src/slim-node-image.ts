import { Aspects, Stack } from 'aws-cdk-lib';
import { IRepository } from 'aws-cdk-lib/aws-ecr';
import { DockerImageAsset, DockerImageAssetOptions, Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { ContainerDefinition, ContainerImage, TaskDefinition } from 'aws-cdk-lib/aws-ecs';
import { Construct } from 'constructs';
import { BaseImage } from './base-image';
import { Bundler } from './bundler';
import { ContainerOptions } from './container-options';
import { HealthCheckTarget } from './health-check';
import { discoverApp } from './private/app/discover-app';
import { chooseNodeMajor } from './private/app/node-major';
import { containerDefaults } from './private/ecs/container-defaults';
import { CheckedContainerImage, checkCpuArchitecture } from './private/ecs/cpu-architecture';
import { copiedFiles } from './private/image/copied-files';
import { DEFAULT_NODE_MAJOR, DISTROLESS_NODE_MAJORS } from './private/image/distroless';
import { StagedAsset, dockerAsset } from './private/image/docker-asset';
import { imageConfig } from './private/image/image-config';
import { TEMPORARY_DIRECTORY } from './private/image/image-plan';
import { checkPlatform } from './private/image/platform';
import { stageContext, stubContext } from './private/image/stage-context';
import { atOrigin, origin } from './private/misuse';

/** Properties of `SlimNodeImage`. */
export interface SlimNodeImageProps {
  /**
   * Source file that starts the app, TypeScript or JavaScript: absolute, or relative to the working directory.
   *
   * Fails when it does not exist, is a folder, has another extension than .ts, .mts, .cts, .tsx, .js, .mjs, .cjs or .jsx,
   * or lies outside of the project root.
   */
  readonly entry: string;

  /**
   * Folder of the project: absolute, or relative to the working directory. Paths in the
   * bundle and in stack traces are relative to it.
   *
   * Fails when it is not a folder that contains the entry.
   *
   * @default - the nearest folder above the entry with a lockfile or a workspace definition; without one, that of the nearest package.json
   */
  readonly projectRoot?: string;

  /**
   * Image that the layers of the app are put on.
   *
   * Fails when its reference or digest is malformed, or when distroless does not publish that Node.js.
   *
   * @default - BaseImage.distroless() with the Node.js major of `engines.node` in the nearest package.json: 24 where that fits,
   * else the newest that does
   */
  readonly baseImage?: BaseImage;

  /**
   * Platform that the image is built for. The machine that builds it may be of another one: nothing is run in the build.
   *
   * Fails when the base image is not published for it, or when it is not one of Linux.
   *
   * @default - that of the `SlimNodeService` that uses the image first, else Platform.LINUX_AMD64
   */
  readonly platform?: Platform;

  /**
   * What turns the entry into files that Node.js runs. An error in the app fails with its file, line, column and source line.
   *
   * @default Bundler.esbuild()
   */
  readonly bundler?: Bundler;

  /**
   * Files and folders to copy into the image, by their absolute path there: `{ '/app/views': 'services/api/views' }`.
   * Sources are absolute, or relative to the working directory.
   * Folders are copied with all they hold; a file whose target ends with a slash goes into that folder.
   * The files belong to root, so that the app can't change them. Modes are 0644, or 0755 for executables.
   *
   * Fails when a source does not exist, when a target is not a plain absolute path, and when it would replace a part of the
   * base image's system, such as /lib, or a file of the bundle.
   *
   * @default - none
   */
  readonly copyFiles?: { [target: string]: string };

  /**
   * Environment variables of the image. They win over the defaults; those of a task definition win over them.
   *
   * Names consist of letters, digits and `_`. Values are one line of text, which reaches the container unchanged.
   * Fails for other names, for values with a newline or another control character, for those that need a line of over 65,535 bytes, and for tokens.
   * An image is no place for secrets: everyone who can pull it can read them.
   *
   * @default - NODE_ENV is production, and PORT is the port, where one is set
   */
  readonly environment?: { [name: string]: string };

  /**
   * Port that the app listens on, 1 to 65535; fails for another value. The image documents it, and the environment variable
   * PORT has it.
   *
   * @default - none
   */
  readonly port?: number;

  /**
   * Options of Node.js itself, each beginning with `-`, or it fails: `['--max-old-space-size=512']`.
   *
   * @default - only --enable-source-maps, which is always there
   */
  readonly nodeOptions?: string[];

  /**
   * Labels of the image, such as `org.opencontainers.image.source`. Fails for keys and values that are not one line of text.
   *
   * @default - none
   */
  readonly labels?: { [key: string]: string };
}

/**
 * A container image with one Node.js app in it: bundled at synth, nonroot, without a shell, and the same to the byte wherever it is built.
 *
 * Props are checked at once. The app is bundled when the image is first used, or else when everything else is there.
 */
export class SlimNodeImage extends Construct {
  /** The image for every construct that takes one: task definitions, ecs-patterns, Batch. */
  public readonly containerImage: ContainerImage;

  /**
   * Port that the app listens on.
   *
   * @default - none was given
   */
  public readonly port?: number;

  private readonly target: HealthCheckTarget;
  private readonly user: string;
  private readonly stage: (platform: Platform) => StagedAsset;
  private platform?: Platform;
  private staged?: StagedAsset;
  private readonly origin: Error;

  constructor(scope: Construct, id: string, props: SlimNodeImageProps) {
    super(scope, id);
    this.origin = origin(this);

    const app = discoverApp(this, props);
    const base = (props.baseImage ?? BaseImage.distroless(
      chooseNodeMajor(this, app.packageJson, DEFAULT_NODE_MAJOR, DISTROLESS_NODE_MAJORS))).bind(this);
    const config = imageConfig(this, base, props);
    const files = copiedFiles(this, props.copyFiles ?? {});
    this.platform = props.platform && checkPlatform(this, props.platform, base);
    this.user = base.user;
    this.port = props.port;
    this.target = { nodePath: base.nodePath, port: props.port };

    this.stage = (chosen) => {
      const platform = checkPlatform(this, chosen, base);
      return dockerAsset(this, Stack.of(this).bundlingRequired
        ? stageContext(this, { app, base, platform: platform.platform, config, files, bundler: props.bundler ?? Bundler.esbuild() })
        : stubContext(this), platform);
    };
    this.containerImage = new CheckedContainerImage(this, () => ({ platform: this._choosePlatform().platform, asset: this.asset }));
    // An image that nothing uses is published all the same, as every asset is.
    Aspects.of(this).add({ visit: (construct) => void (construct === this && this.use()) });
  }

  /** The asset that the CDK CLI builds and pushes. */
  public get asset(): DockerImageAsset {
    return this.use().asset;
  }

  /** Image reference in the registry, as a token: `111122223333.dkr.ecr.eu-west-1.amazonaws.com/assets:hash`. */
  public get imageUri(): string {
    return this.asset.imageUri;
  }

  /** Repository that the image is pushed to. */
  public get repository(): IRepository {
    return this.asset.repository;
  }

  /** Hash that changes with every byte of the build context, in hexadecimal. It is the tag of the image. */
  public get assetHash(): string {
    return this.asset.assetHash;
  }

  /**
   * Absolute path of the staged build context: a Dockerfile, a tar per layer, and image-plan.json.
   *
   * Where the stack is not selected, nothing is bundled and it holds a stub.
   */
  public get contextDirectory(): string {
    return this.use().contextDirectory;
  }

  /**
   * What a construct that makes a `DockerImageAsset` of its own from `contextDirectory` needs to make this very image: with it, both have the
   * same hash, and the image is built once.
   *
   * For `Source.directory(image.contextDirectory, image.assetOptions)` of cdk-docker-image-deployment, for instance.
   */
  public get assetOptions(): DockerImageAssetOptions {
    return this.use().assetOptions;
  }

  /**
   * Adds a container with this image to a task definition, with the settings that a careful engineer would choose: nonroot, a read-only
   * root file system with a writable /tmp, an init process, no Linux capabilities, a heap that fits the memory, and logs in
   * CloudWatch. Each has an option.
   *
   * Fails when the task runs on another CPU architecture than the image is built for.
   */
  public addToTaskDefinition(taskDefinition: TaskDefinition, options: ContainerOptions = {}): ContainerDefinition {
    const name = options.containerName ?? this.node.id;
    checkCpuArchitecture(this, this._choosePlatform().platform, taskDefinition);
    const container = taskDefinition.addContainer(name, {
      ...containerDefaults(this, taskDefinition, { ...this.target, user: this.user }, name, options),
      image: this.containerImage,
    });
    if (options.readonlyRootFilesystem ?? true) {
      const volume = `${name}-tmp`;
      taskDefinition.addVolume({ name: volume });
      container.addMountPoints({ containerPath: TEMPORARY_DIRECTORY, sourceVolume: volume, readOnly: false });
    }
    return container;
  }

  /**
   * The platform, which from now on does not change.
   *
   * @param preferred what the first user would like, where the props leave it open
   * @internal
   */
  // Fargate defaults to X86_64, whatever machine runs synth.
  public _choosePlatform(preferred: Platform = Platform.LINUX_AMD64): Platform {
    this.platform ??= preferred;
    return this.platform;
  }

  private use(): StagedAsset {
    const platform = this._choosePlatform();
    try {
      this.staged ??= this.stage(platform);
    } catch (error) {
      // Where the image was made says more than where it was first used, which may be at the end of synth.
      throw atOrigin(error, this.origin);
    }
    return this.staged;
  }
}
