import { awscdk, Component, github } from 'projen';

const registry = 'NPM_REGISTRY';

/** Makes GitHub check what `.ci/run` checks, and lets the publisher find npm's registry, as no file here names a registry's host. */
export function configureWorkflows(project: awscdk.AwsCdkConstructLibrary): void {
  for (const task of ['test:floor', 'test:node', 'package:code', 'docs:check']) {
    project.buildWorkflow?.addPostBuildSteps({ name: task, run: `npx projen ${task}` });
  }
  new DefaultRegistry(project);
}

/** Takes the registry's host out of the release workflow: the publisher has the same default. */
class DefaultRegistry extends Component {
  // projen adds the publishing jobs in its own preSynthesize, which comes first.
  preSynthesize(): void {
    const release = github.GitHub.of(this.project)?.tryFindWorkflow('release');
    const jobs = Object.entries(release?.jobs ?? {}).filter(([, job]) => namesRegistry(job));
    if (release === undefined || jobs.length === 0) {
      throw new Error(`found no job with ${registry} in the workflow 'release'; remove what takes it out from projenrc/workflows.ts`);
    }
    for (const [name, job] of jobs) release.updateJob(name, withoutRegistry(job));
  }
}

type AnyJob = github.workflows.Job | github.workflows.JobCallingReusableWorkflow;

function namesRegistry(job: AnyJob): boolean {
  return 'steps' in job && job.steps.some(({ env }) => env !== undefined && registry in env);
}

function withoutRegistry(job: AnyJob): AnyJob {
  if (!('steps' in job)) return job;
  return { ...job, steps: job.steps.map((step) => ({ ...step, env: step.env && omitRegistry(step.env) })) };
}

function omitRegistry({ [registry]: _host, ...environment }: Record<string, string>): Record<string, string> {
  return environment;
}
