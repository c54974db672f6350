/** JSON for people: short lists on one line, longer ones with a line for each element. */
export function jsonText(value: unknown): string {
  const line = JSON.stringify(value);
  return line.length <= 60 ? line : JSON.stringify(value, null, 2);
}
