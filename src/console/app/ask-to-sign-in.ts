import { signal } from '@preact/signals';

export interface Asking {
  /** Who was signed in until now; null: nobody. */
  readonly before: string | null;
  readonly done: (signedIn: boolean) => void;
}

/** What the sign-in dialog stands open for; null: it is closed. */
export const asking = signal<Asking | null>(null);

/** Opens the sign-in dialog over the page as it is. @returns whether somebody has signed in */
export function askToSignIn(before: string | null = null): Promise<boolean> {
  const earlier = asking.value;
  return new Promise((resolve) => {
    asking.value = {
      before,
      done(signedIn) {
        asking.value = null;
        resolve(signedIn);
        earlier?.done(signedIn);
      },
    };
  });
}
