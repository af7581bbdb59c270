/** A priority queue: the value with the least key comes out first. Adding and taking cost O(log n). */
export interface MinHeap<T> {
  readonly size: number;
  /** The least key; Infinity if the heap is empty. */
  readonly leastKey: number;
  add(key: number, value: T): void;
  take(): T | undefined;
}

interface Entry<T> {
  readonly key: number;
  readonly value: T;
}

export function createMinHeap<T>(): MinHeap<T> {
  const entries: Entry<T>[] = [];

  const siftUp = (entry: Entry<T>): void => {
    let index = entries.length;
    while (index > 0) {
      const parentIndex = (index - 1) >> 1;
      const parent = entries[parentIndex];
      if (parent === undefined || parent.key <= entry.key) break;
      entries[index] = parent;
      index = parentIndex;
    }
    entries[index] = entry;
  };
  const siftDown = (entry: Entry<T>): void => {
    let index = 0;
    for (;;) {
      const left = entries[2 * index + 1];
      const right = entries[2 * index + 2];
      const child = right !== undefined && left !== undefined && right.key < left.key ? right : left;
      if (child === undefined || child.key >= entry.key) break;
      entries[index] = child;
      index = 2 * index + (child === left ? 1 : 2);
    }
    entries[index] = entry;
  };

  return {
    get size() {
      return entries.length;
    },
    get leastKey() {
      return entries[0]?.key ?? Infinity;
    },
    add: (key, value) => {
      siftUp({ key, value });
    },
    take: () => {
      const least = entries[0];
      const last = entries.pop();
      if (last !== undefined && entries.length > 0) siftDown(last);
      return least?.value;
    },
  };
}
