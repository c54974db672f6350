import { onTestFinished } from 'vitest';
import { createTemplates } from '../../../src/rendering/templates.ts';

const LIMITS = { maxFrameBytes: 2 * 1024 * 1024, maxSteps: 100_000 };

/** Templates with real threads, which end with the test. */
export function templatesForTest(options: Parameters<typeof createTemplates>[1] & { readonly maxSteps?: number } = {}) {
  const { maxSteps = LIMITS.maxSteps, ...rest } = options;
  const templates = createTemplates({ ...LIMITS, maxSteps }, rest);
  onTestFinished(templates.close);
  return templates;
}

const OPEN = '<svg xmlns="http://www.w3.org/2000/svg">';

/** Takes some 11 steps for each of `n`, at most 10,000. */
export const LOOP = `${OPEN}{% for i in range(n) %}{% for j in [1] %}{{ "" }}{% endfor %}{% endfor %}</svg>`;

/** Hundreds of millions of steps: a minute, for whoever allows them. */
export const ENDLESS = `${OPEN}{% for i in range(10000) %}{% for j in range(10000) %}{% endfor %}{% endfor %}</svg>`;
export const ENDLESS_STEPS = 1e12;
