import { type Caller, signedIn } from '../auth/caller.ts';
import type { ViewLinks } from '../sessions/view-links.ts';
import type { Limits } from './limits.ts';

/** The same view links: to make or revoke one is a write of its user. */
export function limitViewLinks(viewLinks: ViewLinks, limits: Limits): ViewLinks {
  async function countWriter(caller: Caller): Promise<void> {
    const { uid, userId } = signedIn(caller);
    await limits.count('writesPerUser', uid, { client: caller.client, userId });
  }

  return {
    ...viewLinks,

    async create(caller, id, wish) {
      await countWriter(caller);
      return viewLinks.create(caller, id, wish);
    },

    async revoke(caller, id, linkId) {
      await countWriter(caller);
      return viewLinks.revoke(caller, id, linkId);
    },
  };
}
