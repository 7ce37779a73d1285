import { App } from 'aws-cdk-lib';
import { Arm64Stack } from './arm64-stack.js';
import { ExistingStack } from './existing-stack.js';
import { NightlyStack } from './nightly-stack.js';
import { WebStack } from './web-stack.js';
import { WorkerStack } from './worker-stack.js';

const app = new App();

// Each stands alone: take the one that you need.
new Arm64Stack(app, 'Arm64');
new ExistingStack(app, 'Existing');
new NightlyStack(app, 'Nightly');
new WebStack(app, 'Web');
new WorkerStack(app, 'Worker');
