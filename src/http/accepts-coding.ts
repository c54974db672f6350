/** Whether `Accept-Encoding` (RFC 9110, 12.5.3) names the coding, or `*`, without refusing it. Absent, it names none. */
export function acceptsCoding(accepted: string | undefined, coding: string): boolean {
  const weights = new Map(
    (accepted ?? '').split(',').map((item) => {
      const [name = '', ...params] = item.split(';').map((part) => part.trim().toLowerCase());
      return [name, params.some((param) => /^q=0(\.0*)?$/.test(param)) ? 0 : 1] as const;
    }),
  );
  return (weights.get(coding) ?? weights.get('*')) === 1;
}
