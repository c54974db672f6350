import type { JsonObject } from '../../../src/json.ts';

export type Language = 'nunjucks' | 'liquid' | 'eta' | 'handlebars';

/** One picture, written in each language as its documentation would have it. */
export interface Picture {
  readonly name: string;
  readonly sources: Readonly<Record<Language, string>>;
  /** Of one update after the other, so that nobody can keep the last answer. */
  readonly args: readonly JsonObject[];
}

/** Engines differ in what they do with lines that hold a tag only. */
function oneLine(source: string): string {
  return source.replace(/\n\s*/g, '');
}

const UPDATES = 16;

const badge: Picture = {
  name: 'badge',
  args: Array.from({ length: UPDATES }, (_, update) => ({
    label: 'build & test',
    value: `passing ${90 + (update % 10)} %`,
    color: '#22c55e',
  })),
  sources: {
    nunjucks: badgeOf('{{ label }}', '{{ value }}', '{{ color }}'),
    liquid: badgeOf('{{ label }}', '{{ value }}', '{{ color }}'),
    eta: badgeOf('<%= it.label %>', '<%= it.value %>', '<%= it.color %>'),
    handlebars: badgeOf('{{label}}', '{{value}}', '{{color}}'),
  },
};

function badgeOf(label: string, value: string, color: string): string {
  return oneLine(`
    <svg xmlns="http://www.w3.org/2000/svg" width="180" height="20" role="img">
      <rect width="90" height="20" fill="#555"/>
      <rect x="90" width="90" height="20" fill="${color}"/>
      <g fill="#fff" text-anchor="middle" font-family="Verdana,sans-serif" font-size="11">
        <text x="45" y="14">${label}</text>
        <text x="135" y="14">${value}</text>
      </g>
    </svg>`);
}

interface Words {
  readonly arg: (name: string) => string;
  readonly point: (name: string) => string;
  readonly upper: string;
  readonly left: string;
  readonly top: string;
  readonly height: string;
  readonly each: string;
  readonly endEach: string;
  readonly ifHot: string;
  readonly otherwise: string;
  readonly endIf: string;
}

/** Thirty bars with their labels, and a head: ten args, 1.3 KB of template, 6.5 KB of picture. */
function dashboardOf({ arg, point, upper, left, top, height, each, endEach, ifHot, otherwise, endIf }: Words): string {
  return oneLine(`
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 360" font-family="${arg('font')}">
      <rect width="640" height="360" rx="12" fill="${arg('background')}"/>
      <text x="20" y="36" font-size="20" fill="${arg('ink')}">${arg('title')}</text>
      <text x="20" y="58" font-size="12" fill="${arg('ink')}" opacity="0.6">${arg('subtitle')}</text>
      <text x="620" y="36" font-size="14" text-anchor="end" fill="${arg('ink')}">${upper}</text>
      <g stroke="${arg('ink')}" stroke-width="1" opacity="0.3">
        <line x1="20" y1="320" x2="620" y2="320"/>
        <line x1="20" y1="220" x2="620" y2="220" stroke-dasharray="2 4"/>
        <line x1="20" y1="120" x2="620" y2="120" stroke-dasharray="2 4"/>
      </g>
      <g font-size="10" fill="${arg('ink')}" opacity="0.6" text-anchor="end">
        <text x="16" y="324">0</text>
        <text x="16" y="224">50</text>
        <text x="16" y="124">100</text>
      </g>
      ${each}
        <g transform="translate(${left} 0)">
          <title>${point('label')}: ${point('value')} ${arg('unit')}</title>
          <rect y="${top}" width="14" height="${height}" rx="2" fill="${ifHot}${arg('hot')}${otherwise}${arg('cool')}${endIf}"/>
          <text x="7" y="338" font-size="8" fill="${arg('ink')}">${point('label')}</text>
        </g>
      ${endEach}
    </svg>`);
}

const dashboard: Picture = {
  name: 'dashboard',
  args: Array.from({ length: UPDATES }, (_, update) => ({
    font: 'Inter, sans-serif',
    title: 'R&D < production',
    subtitle: 'requests of the last 30 seconds',
    status: 'degraded',
    unit: 'req/s',
    background: '#0f172a',
    ink: '#e2e8f0',
    hot: '#ef4444',
    cool: '#22c55e',
    points: Array.from({ length: 30 }, (_, at) => ({ label: `${at} s`, value: (at * 37 + update * 11) % 120 })),
  })),
  sources: {
    nunjucks: dashboardOf({
      arg: (name) => `{{ ${name} }}`,
      point: (name) => `{{ point.${name} }}`,
      upper: '{{ status | upper }}',
      left: '{{ 20 + loop.index0 * 20 }}',
      top: '{{ 320 - point.value * 2 }}',
      height: '{{ point.value * 2 }}',
      each: '{% for point in points %}',
      endEach: '{% endfor %}',
      ifHot: '{% if point.value > 90 %}',
      otherwise: '{% else %}',
      endIf: '{% endif %}',
    }),
    liquid: dashboardOf({
      arg: (name) => `{{ ${name} }}`,
      point: (name) => `{{ point.${name} }}`,
      upper: '{{ status | upcase }}',
      left: '{{ forloop.index0 | times: 20 | plus: 20 }}',
      top: '{{ point.value | times: -2 | plus: 320 }}',
      height: '{{ point.value | times: 2 }}',
      each: '{% for point in points %}',
      endEach: '{% endfor %}',
      ifHot: '{% if point.value > 90 %}',
      otherwise: '{% else %}',
      endIf: '{% endif %}',
    }),
    eta: dashboardOf({
      arg: (name) => `<%= it.${name} %>`,
      point: (name) => `<%= point.${name} %>`,
      upper: '<%= it.status.toUpperCase() %>',
      left: '<%= 20 + at * 20 %>',
      top: '<%= 320 - point.value * 2 %>',
      height: '<%= point.value * 2 %>',
      each: '<% it.points.forEach((point, at) => { %>',
      endEach: '<% }) %>',
      ifHot: '<% if (point.value > 90) { %>',
      otherwise: '<% } else { %>',
      endIf: '<% } %>',
    }),
    handlebars: dashboardOf({
      arg: (name) => `{{@root.${name}}}`,
      point: (name) => `{{${name}}}`,
      upper: '{{upper status}}',
      left: '{{linear @index 20 20}}',
      top: '{{linear value -2 320}}',
      height: '{{linear value 2 0}}',
      each: '{{#each points}}',
      endEach: '{{/each}}',
      ifHot: '{{#if (above value 90)}}',
      otherwise: '{{else}}',
      endIf: '{{/if}}',
    }),
  },
};

export const pictures: readonly Picture[] = [badge, dashboard];
