import { Annotations } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { intersects, validRange } from 'semver';
import { PackageJson } from './package-json';
import { misuse } from '../misuse';

/**
 * The Node.js major that an app asks for in `engines.node`: the preferred one where that fits, else the newest that does.
 *
 * @param published the majors that there is a base image for, in ascending order
 */
export function chooseNodeMajor(scope: Construct, packageJson: PackageJson | undefined, preferred: number, published: readonly number[]): number {
  const range = packageJson?.engines?.node;
  if (packageJson === undefined || range === undefined) {
    return preferred;
  }
  if (validRange(range) === null) {
    Annotations.of(scope).addWarningV2('cdk-slim-node-image:engines',
      `engines.node in ${packageJson.file} is ${JSON.stringify(range)}, which is not a version range: using Node.js ${preferred}`);
    return preferred;
  }
  const major = [preferred, ...[...published].reverse()].find((candidate) => intersects(range, `${candidate}.x`));
  if (major === undefined) {
    throw misuse(scope, `engines.node in ${packageJson.file} is ${JSON.stringify(range)}, but distroless publishes Node.js ${published.join(', ')}; `
      + "widen that range, or set 'baseImage'");
  }
  return major;
}
