import { awscdk } from 'projen';

/** The commands that README and CONTRIBUTING name. */
export function configureTasks(_project: awscdk.AwsCdkConstructLibrary): void {
}
