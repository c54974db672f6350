/** What one client writes as fast as it can: each the dearest of its kind that the limits allow, found by measuring. */
export interface Attack {
  readonly name: string;
  /** The body of the n-th write. */
  readonly body: (n: number) => { readonly template?: string; readonly args?: object };
}

const OPEN = '<svg xmlns="http://www.w3.org/2000/svg">';
const picture = (inner: string) => `${OPEN}${inner}</svg>`;
const WORDS = 'a b '.repeat(60_000);

export const ATTACKS: readonly Attack[] = [
  {
    name: 'templates that take long to compile',
    body: (n) => ({ template: picture(`<desc>${n}</desc><text>{{ [${'1+1,'.repeat(4800)}1] | length }}</text>`) }),
  },
  {
    name: 'templates that take long to render',
    body: () => ({
      template: picture('<text>{% for i in range(10) %}{{ t | wordcount }}{% endfor %}</text>'),
      args: { t: WORDS },
    }),
  },
  {
    name: 'small templates, a new one each time',
    body: (n) => ({ template: picture(`<text>{{ [${'1+1,'.repeat(900)}${n}] | length }}</text>`) }),
  },
  {
    name: 'pictures of 2 MB',
    body: () => ({ template: picture(`{% for i in range(7000) %}${'<a/>'.repeat(70)}{% endfor %}`) }),
  },
];
