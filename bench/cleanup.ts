type Action = () => unknown;

/** What has to be undone at the end, whether the benchmark succeeds, fails or is interrupted: the last first. */
export class Cleanup {
  private readonly actions: Action[] = [];
  private done?: Promise<void>;

  add(action: Action): void {
    this.actions.push(action);
  }

  /** Undoes everything, once. What fails is told and does not keep the rest from being undone. */
  run(): Promise<void> {
    this.done ??= this.undo();
    return this.done;
  }

  private async undo(): Promise<void> {
    for (let action = this.actions.pop(); action !== undefined; action = this.actions.pop()) {
      try {
        await action();
      } catch (error) {
        process.stderr.write(`cleaning up: ${error instanceof Error ? error.message : error}\n`);
      }
    }
  }
}
