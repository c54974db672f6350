import { Refusal } from '../errors.ts';
import type { Audit } from './audit.ts';
import type { Caller, Client } from './caller.ts';

type Method = (...args: readonly unknown[]) => Promise<unknown>;

/** The caller among the arguments of a call, or at least where it comes from. */
function whoCalls(args: readonly unknown[]): { readonly client: Client | null; readonly userId?: string } {
  for (const arg of args) {
    if (typeof arg !== 'object' || arg === null) continue;
    if ('client' in arg && 'user' in arg) {
      const { client, user } = arg as Caller;
      return { client, ...(user === null ? {} : { userId: user.userId }) };
    }
    if ('address' in arg && 'agent' in arg) return { client: arg as Client };
  }
  return { client: null };
}

/**
 * The same service, whose every method is asynchronous; whatever it forbids is told. Every transport calls the same
 * services, so this is where all of it passes and where it is known who asked for what.
 */
export function tellForbidden<Service extends object>(name: string, service: Service, audit: Audit): Service {
  const methods = Object.entries<Method>(service as Record<string, Method>).map(([method, call]) => {
    const told: Method = async (...args) => {
      try {
        return await call(...args);
      } catch (error) {
        const forbidden = error instanceof Refusal && error.code === 'FORBIDDEN';
        if (forbidden) audit({ event: 'forbidden', action: `${name}.${method}`, ...whoCalls(args) });
        throw error;
      }
    };
    return [method, told] as const;
  });
  return Object.fromEntries(methods) as Service;
}
