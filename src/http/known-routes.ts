import type { FastifyInstance, RouteOptions } from 'fastify';

declare module 'fastify' {
  interface FastifyInstance {
    readonly knownRoutes: KnownRoutes;
  }
  interface FastifyContextConfig {
    /** The route is there only to refuse its methods in words of its own. */
    refuses?: true;
  }
}

export interface KnownRoutes {
  /** Every route so far, in the order of registration. */
  readonly all: readonly RouteOptions[];
  /** What can be asked at a URL, in the order of `METHODS`; empty: there is nothing. */
  methodsAt(url: string): readonly string[];
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
    methodsAt(url) {
      const segments = (url.split('?', 1)[0] ?? '').split('/').map(decoded);
      const here = all.filter((route) => route.config?.refuses !== true && covers(route.url, segments));
      const methods = new Set(here.flatMap(({ method }) => method));
      return METHODS.filter((method) => methods.has(method));
    },
  };
  fastify.addHook('onRoute', (route) => {
    all.push({ ...route });
  });
  fastify.decorate('knownRoutes', known);
}
