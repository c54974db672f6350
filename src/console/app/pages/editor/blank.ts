const args = { text: 'Hello', color: '#38bdf8', background: '#0f172a' };

/** The smallest template that shows what there is to know. */
export const BLANK: { readonly template: string; readonly args: Readonly<Record<string, string>> } = {
  template: `<svg viewBox="0 0 400 200">
  <rect width="400" height="200" rx="20" fill="{{ background }}"/>
  <text x="200" y="114" text-anchor="middle" font-size="40"
        font-family="sans-serif" fill="{{ color }}">{{ text }}</text>
</svg>
`,
  args,
};

/** What the server draws of it: it prints its args and does nothing else. */
export const BLANK_PICTURE: string = Object.entries(args)
  .reduce((svg, [name, value]) => svg.replaceAll(`{{ ${name} }}`, value), BLANK.template)
  .replace('<svg', '<svg xmlns="http://www.w3.org/2000/svg"')
  .trim();
