import { App } from 'aws-cdk-lib';
import { AppRunnerStack } from './app-runner-stack.js';
import { Arm64Stack } from './arm64-stack.js';
import { BatchStack } from './batch-stack.js';
import { ExpressStack } from './express-stack.js';
import { LoadBalancedStack } from './load-balanced-stack.js';
import { QueueWorkerStack } from './queue-worker-stack.js';
import { ScheduledTaskStack } from './scheduled-task-stack.js';
import { SharedImageStack } from './shared-image-stack.js';
import { WebStack } from './web-stack.js';

const app = new App();

// Each stands alone: take the one that you need. All but Arm64 name the same image, which is bundled, built and pushed once.
new AppRunnerStack(app, 'AppRunner');
new Arm64Stack(app, 'Arm64');
new BatchStack(app, 'Batch');
new ExpressStack(app, 'Express');
new LoadBalancedStack(app, 'LoadBalanced');
new QueueWorkerStack(app, 'QueueWorker');
new ScheduledTaskStack(app, 'ScheduledTask');
new SharedImageStack(app, 'SharedImage');
new WebStack(app, 'Web');
