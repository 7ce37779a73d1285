import { runJest } from './run-jest';

process.exitCode = runJest({ report: 'unit', args: process.argv.slice(2) });
