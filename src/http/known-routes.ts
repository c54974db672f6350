import type { FastifyInstance, FastifyReply, RouteOptions } from 'fastify';
import type { Refusal } from '../errors.ts';

declare module 'fastify' {
  interface FastifyInstance {
    readonly knownRoutes: KnownRoutes;
  }
  interface FastifyContextConfig {
    /** Answers for a method that the path does not have, with 405. Default: as REST answers every refusal. */
    refuseMethod?: RefuseMethod;
  }
}

export type RefuseMethod = (reply: FastifyReply, refusal: Refusal) => unknown;

export interface KnownPath {
  /** What can be asked there, in the order of `METHODS`; empty: there is nothing. */
  readonly methods: readonly string[];
  readonly refuseMethod: RefuseMethod | null;
}

export interface KnownRoutes {
  /** Every route so far, in the order of registration. */
  readonly all: readonly RouteOptions[];
  at(url: string): KnownPath;
}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** Whether a route's pattern, `/api/session/:name`, covers this path. As in the router, a parameter may be empty. */
function covers(pattern: string, segments: readonly string[]): boolean {
  const wanted = pattern.split('/');
  return wanted.length === segments.length && wanted.every((part, at) => part.startsWith(':') || part === segments[at]);
}

/** Keeps the routes that are registered from now on: the router tells what one method has, not what a path has. */
export function keepKnownRoutes(fastify: FastifyInstance): void {
  const all: RouteOptions[] = [];
  const known: KnownRoutes = {
    all,
    at(url) {
      const segments = (url.split('?', 1)[0] ?? '').split('/').map(decoded);
      const here = all.filter((route) => covers(route.url, segments));
      const methods = new Set(here.flatMap(({ method }) => method));
      return {
        methods: METHODS.filter((method) => methods.has(method)),
        refuseMethod: here.find(({ config }) => config?.refuseMethod)?.config?.refuseMethod ?? null,
      };
    },
  };
  fastify.addHook('onRoute', (route) => {
    all.push({ ...route });
  });
  fastify.decorate('knownRoutes', known);
}
