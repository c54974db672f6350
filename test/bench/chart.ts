import type { JsonObject } from '../../src/json.ts';

export interface Chart {
  /** Without folder. */
  readonly file: string;
  readonly title: string;
  readonly unit: string;
  readonly bars: readonly Bar[];
}

export interface Bar {
  readonly label: string;
  readonly value: number;
  readonly ours: boolean;
}

/** A template of ours, as a user would write one. */
export const CHART_TEMPLATE = `<svg xmlns="http://www.w3.org/2000/svg" width="760" height="{{ 78 + bars | length * 30 }}"
  viewBox="0 0 760 {{ 78 + bars | length * 30 }}" font-family="system-ui, sans-serif">
  <rect width="760" height="{{ 78 + bars | length * 30 }}" rx="12" fill="#0f172a"/>
  <text x="24" y="34" font-size="16" font-weight="600" fill="#e2e8f0">{{ title }}</text>
  <text x="736" y="34" font-size="12" text-anchor="end" fill="#94a3b8">{{ unit }}</text>
  {%- for bar in bars %}
  <g font-size="13" fill="{{ '#e2e8f0' if bar.ours else '#94a3b8' }}">
    <text x="290" y="{{ 72 + loop.index0 * 30 }}" text-anchor="end">{{ bar.label }}</text>
    <rect x="302" y="{{ 57 + loop.index0 * 30 }}" width="{{ bar.width }}" height="20" rx="3"
      fill="{{ '#38bdf8' if bar.ours else '#475569' }}"/>
    <text x="{{ 310 + bar.width }}" y="{{ 72 + loop.index0 * 30 }}">{{ bar.figure }}</text>
  </g>
  {%- endfor %}
</svg>
`;

const LONGEST_BAR = 360;

export function chartArgs({ title, unit, bars }: Chart, figure: (value: number) => string): JsonObject {
  const largest = Math.max(...bars.map(({ value }) => value));
  return {
    title,
    unit,
    bars: bars.map(({ label, value, ours }) => ({
      label,
      ours,
      width: Math.max(1, Math.round((value / largest) * LONGEST_BAR)),
      figure: figure(value),
    })),
  };
}
