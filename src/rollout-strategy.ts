/** How requests move from the old version of a service to the new one. */
export enum RolloutStrategy {
  /** Old tasks are replaced by new ones, some at a time. */
  ROLLING = 'ROLLING',

  /** Both versions run side by side, and all requests move at once. */
  BLUE_GREEN = 'BLUE_GREEN',

  /** Both versions run side by side; a few requests move first, and the rest after a while. */
  CANARY = 'CANARY',

  /** Both versions run side by side, and requests move in equal steps. */
  LINEAR = 'LINEAR',
}
