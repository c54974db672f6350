import type { Previews } from '../sessions/previews.ts';
import { addressGroup } from './address-group.ts';
import type { Limits } from './limits.ts';

/** The same previews, so often for each user or address: each may cost as much as the dearest write. */
export function limitPreviews(previews: Previews, limits: Limits): Previews {
  return {
    async preview(caller, template, args) {
      const { user, client } = caller;
      if (user === null) await limits.count('anonymousPreviewsPerAddress', addressGroup(client.address), { client });
      else await limits.count('previewsPerUser', user.uid, { client, userId: user.userId });
      return previews.preview(caller, template, args);
    },
  };
}
