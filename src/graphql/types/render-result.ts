import type { Refusal } from '../../errors.ts';
import type { Preview } from '../../sessions/previews.ts';
import { builder } from '../builder.ts';
import { COST } from '../limits.ts';
import { TemplateVariable } from './template-variable.ts';

/** Not the refusal itself: graphql-js takes an Error in an answer for one that was thrown. */
type Problem = Pick<Refusal, 'message' | 'details'>;

const problemOf = ({ message, details }: Refusal): Problem => ({ message, details });

const numberIn = ({ details }: Problem, name: string): number | null => {
  const value = details[name];
  return typeof value === 'number' ? value : null;
};

const TemplateProblem = builder.objectRef<Problem>('TemplateProblem').implement({
  description: 'Why a template is refused. A write of it would be refused as TEMPLATE_ERROR with the same words.',
  fields: (t) => ({
    message: t.exposeString('message', { description: 'What is wrong, where, and how to mend it.' }),
    line: t.int({
      nullable: true,
      description: 'Line of the template, from 1; null when the place is not known.',
      resolve: (problem) => numberIn(problem, 'line'),
    }),
    column: t.int({
      nullable: true,
      description: 'Column in that line, in UTF-16 code units from 1; null when the place is not known.',
      resolve: (problem) => numberIn(problem, 'column'),
    }),
    limit: t.string({
      nullable: true,
      description: 'Which limit was exceeded, for example `steps`; null when it was none.',
      resolve: ({ details: { limit } }) => (typeof limit === 'string' ? limit : null),
    }),
    used: t.float({
      nullable: true,
      description: 'How much of it the template had used, or asked for, when it was stopped.',
      resolve: (problem) => numberIn(problem, 'used'),
    }),
    allowed: t.float({
      nullable: true,
      description: 'How much of it there is.',
      resolve: (problem) => numberIn(problem, 'allowed'),
    }),
  }),
});

const RenderResult = builder.objectRef<Preview>('RenderResult').implement({
  description: 'What came of trying a template.',
  fields: (t) => ({
    svg: t.string({
      nullable: true,
      description: 'The picture: a well-formed SVG document; null when the template is refused.',
      resolve: ({ rendering }) => rendering?.svg ?? null,
    }),
    errors: t.field({
      type: [TemplateProblem],
      description: 'Why the template is refused; empty when it is not.',
      resolve: ({ refusal }) => (refusal === null ? [] : [problemOf(refusal)]),
    }),
    warnings: t.stringList({
      description: 'What the render noticed, such as undefined variables.',
      resolve: ({ rendering }) => [...(rendering?.warnings ?? [])],
    }),
    variables: t.field({
      type: [TemplateVariable],
      description:
        'What the template reads from its args, in the order in which it reads; empty when it does not parse.',
      resolve: async ({ variables }) => [...(await variables())],
    }),
    steps: t.int({
      nullable: true,
      description: 'What the render cost of its 100,000 steps. The same template and args always cost the same.',
      resolve: ({ rendering }) => rendering?.steps ?? null,
    }),
    microseconds: t.int({
      nullable: true,
      description: 'How long the render took, without reading the template.',
      resolve: ({ rendering }) => rendering?.microseconds ?? null,
    }),
  }),
});

builder.queryField('renderTemplate', (t) =>
  t.field({
    type: RenderResult,
    complexity: COST.preview,
    description: [
      'Tries a template, for editors: renders it as a write would, and stores nothing. A template that is refused is an',
      'answer with `errors`. Whoever may create a session may ask, and so often that an editor can at each pause in typing.',
      '',
      '```graphql',
      'query ($template: String!) {',
      '  renderTemplate(template: $template, args: {price: 42}) {',
      '    svg warnings errors { message line column } variables { name type default }',
      '  }',
      '}',
      '```',
    ].join('\n'),
    args: {
      template: t.arg.string({ required: true, description: 'SVG in nunjucks syntax.' }),
      args: t.arg({ type: 'JSONObject', defaultValue: {}, description: "The template's variables." }),
    },
    resolve: (_root, { template, args }, { caller, previews }) => previews.preview(caller, template, args ?? {}),
  }),
);
