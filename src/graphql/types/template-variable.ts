import type { Variable } from '../../rendering/variables/variables.ts';
import { builder } from '../builder.ts';

const VariableType = builder.enumType('VariableType', {
  description: 'What a variable seems to be, by what the template does with it.',
  values: {
    NUMBER: { value: 'number', description: 'It is calculated or compared with numbers, or is a length or position.' },
    TEXT: { value: 'text', description: 'It is printed, compared with texts, or given to a filter of texts.' },
    BOOLEAN: { value: 'boolean', description: 'It is only asked whether it is true.' },
    LIST: { value: 'list', description: 'It is gone through; what is done with each element stands in `items`.' },
    OBJECT: {
      value: 'object',
      description: 'It has members: those read by name are `fields`; gone through by key and value, `items`.',
    },
    COLOR: { value: 'color', description: 'It stands as a fill, a stroke or another colour.' },
    UNKNOWN: { value: 'unknown', description: 'The template does nothing with it that tells.' },
  },
});

export const TemplateVariable = builder.objectRef<Variable>('TemplateVariable');

TemplateVariable.implement({
  description: [
    'A variable that a template reads from its args, or a part of one, as a form needs to know it. Its type is a guess:',
    'what is only printed may be a number as well as a text.',
  ].join('\n'),
  fields: (t) => ({
    name: t.exposeString('name', {
      description: 'Its key; of the elements of a list, what a loop calls one of them, or nothing.',
    }),
    path: t.exposeString('path', {
      description: 'The way to it: `host.load`; `prices[]` is each element of a list, `prices[].value` its member.',
    }),
    type: t.expose('type', { type: VariableType, description: 'What it seems to be.' }),
    default: t.expose('default', {
      type: 'JSON',
      nullable: true,
      description: 'What the template takes where it is missing, written there as a literal; null: nothing.',
    }),
    line: t.exposeInt('line', { description: 'Line of the template in which it is first read, from 1.' }),
    column: t.exposeInt('column', { description: 'Column in that line, in UTF-16 code units from 1.' }),
    fields: t.field({
      type: [TemplateVariable],
      description: 'The members of an object that are read by name; empty when none are.',
      resolve: ({ fields }) => [...fields],
    }),
    items: t.expose('items', {
      type: TemplateVariable,
      nullable: true,
      description:
        'What each element of a list is, or each member of an object that is gone through; null: none is read.',
    }),
  }),
});
