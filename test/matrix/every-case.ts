import type { Case } from './case.ts';
import { BODIES } from './cases/bodies.ts';
import { CALLERS } from './cases/callers.ts';
import { NAMES } from './cases/names.ts';
import { REQUESTS } from './cases/requests.ts';
import { SESSIONS } from './cases/sessions.ts';

export const CASES: readonly Case[] = [...NAMES, ...BODIES, ...REQUESTS, ...CALLERS, ...SESSIONS];
