/** Where the value of one setting comes from. */
export interface Choice<T> {
  /** Given to the rollout: wins. */
  readonly option?: T;

  /** On the resource. */
  readonly current?: T;

  /** What CDK or ECS puts on the resource when nobody says anything. There it can't be told from a value of the user. */
  readonly untouched?: T;

  readonly preset?: T;
}

export function choose<T>({ option, current, untouched, preset }: Choice<T>): T | undefined {
  if (option !== undefined) {
    return option;
  }
  const isUntouched = current === undefined || current === null || current === untouched;
  return isUntouched ? preset ?? current : current;
}
