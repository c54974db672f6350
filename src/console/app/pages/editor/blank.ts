import type { Args } from '../../args/args-editor.tsx';

/** The smallest template that shows what there is to know. */
export const BLANK: { readonly template: string; readonly args: Args } = {
  template: `<svg viewBox="0 0 400 200">
  <rect width="400" height="200" rx="20" fill="{{ background }}"/>
  <text x="200" y="114" text-anchor="middle" font-size="40"
        font-family="sans-serif" fill="{{ color }}">{{ text }}</text>
</svg>
`,
  args: { text: 'Hello', color: '#38bdf8', background: '#0f172a' },
};
