/** The same object, each call of it noted as `name.method`. */
export function counted<T extends object>(name: string, port: T, calls: string[]): T {
  const entries = Object.entries(port).map(([method, call]) => {
    if (typeof call !== 'function') return [method, call];
    const noted = (...args: unknown[]) => {
      calls.push(`${name}.${method}`);
      return call(...args);
    };
    return [method, noted];
  });
  return Object.fromEntries(entries) as T;
}
