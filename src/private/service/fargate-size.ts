import { Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { misuse } from '../misuse';

interface Memory {
  readonly least: number;
  readonly most: number;
  readonly step: number;
}

/**
 * MiB of memory for each number of CPU units.
 *
 * Source: "Task CPU and memory", Amazon ECS Developer Guide for Fargate.
 */
const SIZES: { readonly [cpu: number]: Memory } = {
  512: { least: 1024, most: 4096, step: 1024 },
  1024: { least: 2048, most: 8192, step: 1024 },
  2048: { least: 4096, most: 16384, step: 1024 },
  4096: { least: 8192, most: 30720, step: 1024 },
  8192: { least: 16384, most: 61440, step: 4096 },
  16384: { least: 32768, most: 122880, step: 8192 },
};
const SMALLEST = [512, 1024, 2048];

/** Fails for a pair of CPU and memory that Fargate does not have. */
export function checkFargateSize(scope: Construct, cpu: number, memory: number): void {
  if (Token.isUnresolved(cpu) || Token.isUnresolved(memory)) {
    return;
  }
  const fits = cpu === 256 ? SMALLEST.includes(memory) : isIn(SIZES[cpu], memory);
  if (fits) {
    return;
  }
  const cpus = [256, ...Object.keys(SIZES)];
  throw misuse(scope, cpus.map(Number).includes(cpu)
    ? `'memoryLimitMiB' is ${memory}, which Fargate does not have with ${cpu} CPU units; set it to ${choices(cpu)}, or change 'cpu'`
    : `'cpu' is ${cpu}, which Fargate does not have; set it to ${cpus.slice(0, -1).join(', ')} or ${cpus.at(-1)}`);
}

function isIn(range: Memory | undefined, memory: number): boolean {
  return range !== undefined && memory >= range.least && memory <= range.most && memory % range.step === 0;
}

function choices(cpu: number): string {
  if (cpu === 256) {
    return `${SMALLEST.slice(0, -1).join(', ')} or ${SMALLEST.at(-1)}`;
  }
  const { least, most, step } = SIZES[cpu];
  return `${least} to ${most} in steps of ${step}`;
}
