import { Duration } from 'aws-cdk-lib';
import { HealthCheck as EcsHealthCheck } from 'aws-cdk-lib/aws-ecs';
import { Construct } from 'constructs';
import { checkTiming } from './private/ecs/health-check-timing';
import { httpProbe, tcpProbe } from './private/ecs/probe-script';
import { misuse } from './private/misuse';

/** When ECS runs a health check, and what it makes of the result. */
export interface HealthCheckOptions {
  /**
   * Time between two checks, 5 to 300 s.
   *
   * @default Duration.seconds(5)
   */
  readonly interval?: Duration;

  /**
   * Time after which a check that did not answer has failed, 2 to 60 s.
   *
   * @default Duration.seconds(3)
   */
  readonly timeout?: Duration;

  /**
   * How many checks in a row have to fail before the container is unhealthy, 1 to 10.
   *
   * @default 3
   */
  readonly retries?: number;

  /**
   * Time after the start of the container in which failed checks don't count, 0 to 300 s. A successful one ends it early.
   *
   * @default Duration.seconds(30)
   */
  readonly startPeriod?: Duration;
}

/** Options for `HealthCheck.http`. */
export interface HttpHealthCheckOptions extends HealthCheckOptions {
  /**
   * Port that is asked, 1 to 65535.
   *
   * @default - the port of the image
   */
  readonly port?: number;
}

/** Options for `HealthCheck.tcp`. */
export interface TcpHealthCheckOptions extends HealthCheckOptions {
  /**
   * Port that is connected to, 1 to 65535.
   *
   * @default - the port of the image
   */
  readonly port?: number;
}

/** What a health check needs to know of the image that it checks. */
export interface HealthCheckTarget {
  /** Absolute path of the Node.js binary in the image. */
  readonly nodePath: string;

  /**
   * Port that the app listens on.
   *
   * @default - none
   */
  readonly port?: number;
}

/**
 * How ECS finds out whether a container works.
 *
 * An image without a shell can't run the usual `curl` in `CMD-SHELL`: these checks run the image's own Node.js, in exec form.
 */
export abstract class HealthCheck {
  /**
   * Asks the app over HTTP, on the loopback address: a status below 400 is healthy.
   *
   * @param path absolute path, such as `/healthz`; fails when it does not begin with `/`
   */
  public static http(path: string, options: HttpHealthCheckOptions = {}): HealthCheck {
    return new ProbeHealthCheck(options, options.port, (port, scope) => {
      if (!/^\/[^\s]*$/.test(path)) {
        throw misuse(scope, `health check path is ${JSON.stringify(path)}; expected an absolute path, such as '/healthz'`);
      }
      return httpProbe(port, path);
    });
  }

  /** Connects to the app's port on the loopback address: a connection is healthy. */
  public static tcp(options: TcpHealthCheckOptions = {}): HealthCheck {
    return new ProbeHealthCheck(options, options.port, tcpProbe);
  }

  /**
   * Runs a program of the image: exit code 0 is healthy.
   *
   * @param command the program and its arguments, which no shell sees
   */
  public static command(command: string[], options: HealthCheckOptions = {}): HealthCheck {
    return new CommandHealthCheck(command, options);
  }

  /**
   * Renders the health check of a container definition.
   *
   * @param scope the construct that is checked, for the path in error messages
   */
  public abstract bind(scope: Construct, target: HealthCheckTarget): EcsHealthCheck;
}

class CommandHealthCheck extends HealthCheck {
  constructor(private readonly command: readonly string[], private readonly options: HealthCheckOptions) {
    super();
  }

  public bind(scope: Construct): EcsHealthCheck {
    if (this.command.length === 0 || ['CMD', 'CMD-SHELL', 'NONE'].includes(this.command[0])) {
      throw misuse(scope, `health check command is ${JSON.stringify(this.command)}; expected a program and its arguments, such as ['/nodejs/bin/node', '/app/check.mjs']`);
    }
    return { command: ['CMD', ...this.command], ...checkTiming(scope, this.options) };
  }
}

class ProbeHealthCheck extends HealthCheck {
  constructor(
    private readonly options: HealthCheckOptions,
    private readonly port: number | undefined,
    private readonly script: (port: number, scope: Construct) => string,
  ) {
    super();
  }

  public bind(scope: Construct, target: HealthCheckTarget): EcsHealthCheck {
    const port = this.port ?? target.port;
    if (port === undefined) {
      throw misuse(scope, "the health check has no port to ask; set 'port' of the image or of the health check");
    }
    return { command: ['CMD', target.nodePath, '-e', this.script(port, scope)], ...checkTiming(scope, this.options) };
  }
}
