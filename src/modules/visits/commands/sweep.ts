/** One that fails does not keep the others waiting; the sweep fails in the end, so that it is tried again. */
export async function sweep<One>(list: readonly One[], work: (one: One) => Promise<boolean>): Promise<number> {
  let count = 0;
  const faults: unknown[] = [];
  for (const one of list) {
    try {
      if (await work(one)) count += 1;
    } catch (fault) {
      faults.push(fault);
    }
  }
  if (faults.length > 0) throw faults[0];
  return count;
}
