/** A job: it does its work and ends. Its exit code tells Batch and EventBridge whether it failed. */
export function report(): void {
  console.log(JSON.stringify({ message: 'report', day: new Date().toISOString().slice(0, 10) }));
}
