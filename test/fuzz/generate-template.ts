import { attackingStyle, attackingUrl } from './attacks.ts';
import { burner } from './burners.ts';
import { ARGS } from './generate-args.ts';
import { createExpressions, type Names } from './generate-expression.ts';
import { type Holes, hostilePiece } from './hostile-pieces.ts';
import type { FilterUses, Kind } from './learn-filters.ts';
import { mutated } from './mutate.ts';
import type { Random } from './random.ts';

const TOP: Names = { text: ARGS.text, number: ARGS.number, list: ARGS.list, rows: ARGS.rows, object: ARGS.object };
const MACROS: readonly string[] = [
  '{% macro m1(a, b="x") %}<g><text y="{{ a }}">{{ b }}</text></g>{% endmacro %}',
  '{% macro m2(a) %}{{ a }} 0{% endmacro %}',
  '{% macro m3(a=1) %}<g class="{{ a }}">{{ caller() }}</g>{% endmacro m3 %}',
  '{% macro m4(a, n=0) %}{% if n < 9 %}<g id="{{ a }}">{{ m4(a, n + 1) }}</g>{% endif %}{% endmacro %}',
];
const SHAPES = [
  'rect',
  'circle',
  'g',
  'path',
  'line',
  'ellipse',
  'polygon',
  'text',
  'tspan',
  'marker',
  'linearGradient',
];
const NUMBERS = ['x', 'y', 'width', 'height', 'r', 'cx', 'cy', 'opacity', 'stroke-width', 'font-size'];
const COLOURS = ['fill', 'stroke', 'color', 'stop-color'];

/** Pictures with holes in every context, most of them as a picture may be, some as none may be. */
export function generateTemplate(random: Random, uses: FilterUses): string {
  const { expression, condition } = createExpressions(random, uses);
  let names = TOP;
  let fresh = 0;

  const hole = (kind: Kind = 'text') => `{{ ${expression(kind, names, random.below(4))} }}`;
  const anyHole = () => hole(random.pick(['text', 'text', 'number', 'list']));
  const test = () => condition(names, random.below(3));
  const holes: Holes = {
    hole: anyHole,
    style: () => attackingStyle(random).replaceAll('"', "'"),
    url: () => attackingUrl(random),
    condition: test,
  };
  const either = (make: () => string) => `{% if ${test()} %}${make()}{% else %}${make()}{% endif %}`;

  function colour(): string {
    switch (random.below(6)) {
      case 0:
        return '{{ colour }}';
      case 1:
        return `rgb(${hole('number')}, 0, ${hole('number')})`;
      case 2:
        return 'url(#{{ id }})';
      case 3:
        return either(() => random.pick(['red', '#0f0', '{{ colour }}']));
      case 4:
        return `{{ 'red' if ${test()} else colour }}`;
      default:
        return random.pick(['red', 'none', '#22c55e', 'url(#a)', 'currentColor']);
    }
  }

  const coordinate = () =>
    random.pick([() => hole('number'), () => `${hole('number')}px`, () => '5', () => '{{ n }}%'])();

  function attribute(): readonly [string, string] {
    switch (random.below(9)) {
      case 0:
      case 1:
        return [random.pick(NUMBERS), coordinate()];
      case 2:
      case 3:
        return [random.pick(COLOURS), colour()];
      case 4:
        return [random.pick(['id', 'class', 'data-a', 'aria-label']), random.pick([anyHole(), `a ${anyHole()} b`])];
      case 5:
        return ['transform', `translate(${hole('number')} ${hole('number')}) rotate({{ n }})`];
      case 6:
        return [random.pick(['d', 'points']), '{% for v in values %}{{ loop.index0 }},{{ v }} {% endfor %}'];
      case 7:
        return [
          'style',
          random.pick([`fill:${colour()};stroke-width:{{ n }}px`, `--c:${colour()}`, 'opacity:{{ n }}']),
        ];
      default:
        return ['d', 'M0 {{ m2(n) }}L{{ values|join(" ") }}'];
    }
  }

  function attributes(): string {
    const byName = new Map(random.several(0, 4, attribute));
    return [...byName]
      .map(([name, value]) => {
        const quote = random.pick(['"', "'"]);
        const safe = quote === '"' ? value : value.replaceAll("'red'", '"red"');
        const written = `${name}=${quote}${safe}${quote}`;
        return random.chance(8) ? `{% if ${test()} %}${written}{% endif %}` : written;
      })
      .map((written) => ` ${written}`)
      .join('');
  }

  function linked(): string {
    const image = random.pick([
      '#a',
      '#{{ id }}',
      '{{ image }}',
      'data:image/png;base64,{{ image }}',
      'data:image/png;base64,AA',
    ]);
    const link = random.pick(['{{ link }}', 'https://example.org/{{ name|urlencode }}', '#{{ id }}', '#a']);
    return random.pick([
      `<use href="#${random.pick(['a', '{{ id }}'])}"${attributes().replace(/ id=/, ' data-id=')}/>`,
      `<image href="${image}" width="9" height="9"/>`,
      `<image xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="${image}"/>`,
      `<a href="${link}"><text y="9">${hole()}</text></a>`,
      `<linearGradient id="{{ id }}"><stop offset="{{ n }}" stop-color="${colour()}"/></linearGradient>`,
      `<animate attributeName="${random.pick(['x', 'fill', 'opacity'])}" values="${hole('number')};9" dur="{{ n }}s"/>`,
    ]);
  }

  /** What is declared inside is gone after it. */
  function within<T>(kind: Kind, name: string, make: () => T): T {
    const outside = names;
    names = { ...names, [kind]: [...names[kind], name, name] };
    const made = make();
    names = outside;
    return made;
  }

  function statement(depth: number): string {
    switch (random.below(11)) {
      case 0:
        return `{% if ${test()} %}${content(depth)}{% elif ${test()} %}${content(depth)}{% endif %}`;
      case 1:
        return within('text', 'v', () => `{% for v in ${expression('list', names, 2)} %}${content(depth)}{% endfor %}`);
      case 2:
        return within(
          'object',
          'row',
          () => `{% for row in rows %}<g>{{ row.name }}</g>${content(depth)}{% else %}-{% endfor %}`,
        );
      case 3:
        return within(
          'text',
          'k',
          () => `{% for k, v in box %}<g class="{{ k }}">{{ v }}</g>${content(depth)}{% endfor %}`,
        );
      case 4: {
        fresh += 1;
        const kind = random.pick(['text', 'number', 'list'] as const);
        const set = `{% ${random.pick(['set', 'set', 'set_global'])} s${fresh} = ${expression(kind, names)} %}`;
        return set + within(kind, `s${fresh}`, () => content(depth));
      }
      case 5:
        return `{% set s %}${content(0)}{% endset %}<text y="9" class="{{ s }}">{{ s }}</text>`;
      case 6:
        return `{% filter ${random.pick(['upper', 'trim', 'replace("a", "b")', 'title', 'indent(2)'])} %}a ${hole()}{% endfilter %}`;
      case 7:
        return `{{ m1(${expression('number', names, 1)}, ${expression('text', names, 1)}) }}{{ self::m1(a=1) }}`;
      case 8:
        return `{% call m3(${expression('text', names, 1)}) %}${content(depth)}{% endcall %}`;
      case 9:
        return `{% switch n %}{% case 1 %}${content(0)}{% case ${expression('number', names, 1)} %}x{% default %}<g/>{% endswitch %}`;
      default:
        return random.chance(30) ? burner(random) : '{{ m4(name) }}';
    }
  }

  function styled(): string {
    const rules = random.several(1, 3, () => `.a{fill:${colour()};stroke-width:{{ n }}px;--v:${coordinate()}}`);
    return `<style>${random.chance(20) ? '/* rules */' : ''}${rules.join('\n')}</style>`;
  }

  function piece(depth: number): string {
    switch (random.below(10)) {
      case 0:
      case 1:
        return anyHole();
      case 2:
        return random.pick([
          'plain &amp; text',
          '\n  ',
          '<!-- a comment -->',
          '<title>{{ name }}</title>',
          '{# not seen #}',
          'é',
        ]);
      case 3:
        return linked();
      case 4:
        return styled();
      case 5:
      case 6:
        return depth > 0 ? statement(depth - 1) : hole();
      default: {
        const name = random.pick(SHAPES);
        const inside = depth > 0 ? content(depth - 1) : anyHole();
        return random.chance(40) ? `<${name}${attributes()}/>` : `<${name}${attributes()}>${inside}</${name}>`;
      }
    }
  }

  const content = (depth: number): string =>
    random.several(1, 4, () => piece(depth)).join(random.pick(['', ' ', '\n']));

  const parts = random.several(1, 5, () => piece(2));
  if (random.chance(25)) parts.splice(random.below(parts.length + 1), 0, hostilePiece(holes, random));
  const prolog = random.chance(4)
    ? random.pick(['<?xml version="1.0"?>', '\ufeff', '\n', '<!-- a -->', hole(), 'x'])
    : '';
  const namespace = random.chance(80)
    ? ' xmlns="http://www.w3.org/2000/svg"'
    : random.pick(['', '', ' xmlns:svg="http://www.w3.org/2000/svg"']);
  const size = random.pick(['', ' viewBox="0 0 {{ width }} 90"', ' width="{{ width }}" height="60"']);
  const body = parts.join('');
  const macros = MACROS.filter((macro) => body.includes(macro.slice(9, 12))).join('');
  const root = random.chance(97) ? 'svg' : random.pick(['svg:svg', 'SVG', 'g', 'html', '{{ name }}']);
  const before = random.chance(50) ? macros : '';
  const template = `${prolog}${before}<${root}${namespace}${size}>${before === '' ? macros : ''}${body}</${root}>`;
  return random.chance(6) ? mutated(template, random) : template;
}
