/** Admits a limited number of holders at the same time, in the order of asking. */
export interface Gate {
  /** Settles when there is room, with a function that leaves again. Further calls of that function do nothing. */
  enter(): Promise<() => void>;
}

export function createGate(places: number): Gate {
  const waiting: (() => void)[] = [];
  let free = places;
  const leave = (): void => {
    const next = waiting.shift();
    if (next === undefined) free += 1;
    else next();
  };
  const leaveOnce = (): (() => void) => {
    let isIn = true;
    return () => {
      if (isIn) leave();
      isIn = false;
    };
  };
  return {
    enter: () =>
      new Promise((resolve) => {
        const enter = (): void => {
          resolve(leaveOnce());
        };
        if (free === 0) waiting.push(enter);
        else {
          free -= 1;
          enter();
        }
      }),
  };
}
