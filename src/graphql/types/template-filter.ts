import { FILTERS } from '../../rendering/filters/filters.ts';
import { builder } from '../builder.ts';

interface TemplateFilterView {
  readonly name: string;
  readonly parameters: readonly string[];
}

const LIST: readonly TemplateFilterView[] = [...FILTERS]
  .map(([name, { parameters, byKeyword }]) => ({ name, parameters: parameters ?? byKeyword?.parameters ?? [] }))
  .sort((a, b) => (a.name < b.name ? -1 : 1));

const TemplateFilter = builder.objectRef<TemplateFilterView>('TemplateFilter').implement({
  description: 'A filter of templates: `{{ value | name(argument) }}`.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'As it is called, for example `sparkline`.' }),
    parameters: t.stringList({
      description:
        'The names by which its arguments may be given, in their order; empty: it has none, or they have no names.',
      resolve: ({ parameters }) => [...parameters],
    }),
  }),
});

builder.queryField('filters', (t) =>
  t.field({
    type: [TemplateFilter],
    complexity: { field: 1, multiplier: LIST.length },
    description: 'Every filter that templates have, by name, for editors that complete. No token is needed.',
    resolve: () => [...LIST],
  }),
);
