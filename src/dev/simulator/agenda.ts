/** What is due first comes out first; equal times in the order in which they were put in. */
export interface Agenda<Item> {
  put: (time: number, item: Item) => void;
  take: () => { readonly time: number; readonly item: Item } | undefined;
}

interface Due<Item> {
  readonly time: number;
  readonly turn: number;
  readonly item: Item;
}

export function createAgenda<Item>(): Agenda<Item> {
  const heap: Due<Item>[] = [];
  let turn = 0;
  const before = (a: Due<Item>, b: Due<Item>) => a.time < b.time || (a.time === b.time && a.turn < b.turn);
  return {
    put: (time, item) => {
      const due = { time, turn: turn++, item };
      let at = heap.push(due) - 1;
      while (at > 0) {
        const parent = (at - 1) >> 1;
        if (!before(due, heap[parent]!)) break;
        heap[at] = heap[parent]!;
        at = parent;
      }
      heap[at] = due;
    },
    take: () => {
      const first = heap[0];
      const last = heap.pop();
      if (!first || !last || heap.length === 0) return first;
      let at = 0;
      for (;;) {
        let child = 2 * at + 1;
        if (child >= heap.length) break;
        if (child + 1 < heap.length && before(heap[child + 1]!, heap[child]!)) child++;
        if (!before(heap[child]!, last)) break;
        heap[at] = heap[child]!;
        at = child;
      }
      heap[at] = last;
      return first;
    },
  };
}
