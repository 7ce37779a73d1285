import { App } from 'aws-cdk-lib';
import { BackendStack } from './backend-stack.js';

new BackendStack(new App(), 'Backend');
