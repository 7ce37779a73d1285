import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';

/** Takes messages from the queue until the container is stopped; the message in hand is finished first. */
export async function work(): Promise<void> {
  const sqs = new SQSClient();
  const QueueUrl = process.env.QUEUE_URL;
  const stopping = new AbortController();
  process.once('SIGTERM', () => stopping.abort());

  while (!stopping.signal.aborted) {
    const poll = new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20, MaxNumberOfMessages: 1 });
    const answer = await sqs.send(poll, { abortSignal: stopping.signal }).catch((error: unknown) => {
      if (!stopping.signal.aborted) throw error;
    });
    for (const { Body, ReceiptHandle } of answer?.Messages ?? []) {
      console.log(JSON.stringify({ message: 'working', body: Body }));
      // Deleted only now: what fails, or is killed, comes back after the visibility timeout.
      await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    }
  }
}
