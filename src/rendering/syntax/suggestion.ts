/** Longer names are not compared: the work grows with the square of the length. */
const MAX_LENGTH = 24;

/** ` Did you mean "upper"?` for the known name that is a slip or two away, else nothing. */
export function didYouMean(written: string, known: Iterable<string>): string {
  if (written.length > MAX_LENGTH) return '';
  const allowed = written.length < 3 ? 0 : written.length < 5 ? 1 : 2;
  let nearest: string | null = null;
  let least = allowed + 1;
  for (const name of known) {
    if (Math.abs(name.length - written.length) >= least) continue;
    const distance = distanceBetween(written.toLowerCase(), name.toLowerCase());
    if (distance >= least) continue;
    nearest = name;
    least = distance;
  }
  return nearest === null ? '' : ` Did you mean "${nearest}"?`;
}

/** Letters to add, drop, change, or swap with their neighbour (optimal string alignment). */
function distanceBetween(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const changed = (last[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let least = Math.min(changed, (last[j] as number) + 1, (row[j - 1] as number) + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        least = Math.min(least, (beforeLast[j - 2] as number) + 1);
      }
      row.push(least);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] as number;
}
