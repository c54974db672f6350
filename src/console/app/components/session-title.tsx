import { splitId } from '../session-address.ts';
import { Lock } from './lock.tsx';

/** The id of a session as a heading: its name, and whose it is. */
export function SessionTitle({ id, isPrivate = false }: { readonly id: string; readonly isPrivate?: boolean }) {
  const { owner, name } = splitId(id);
  return (
    <h1>
      {owner !== null && (
        <span class="owner">
          <bdi>{owner}</bdi>/
        </span>
      )}
      <bdi class="name">{name}</bdi>
      {isPrivate && <Lock />}
    </h1>
  );
}
