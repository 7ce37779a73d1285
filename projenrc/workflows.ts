import { awscdk } from 'projen';

/** Makes the generated GitHub workflows publish to each registry's own default, so that no host is written down. */
export function configureWorkflows(_project: awscdk.AwsCdkConstructLibrary): void {
}
