import type { PageSettings } from '../page-settings.ts';

const root = document.getElementById('app') as HTMLElement;

/** Where the console is drawn. */
export const ROOT: HTMLElement = root;

/** What the server says in the document. */
export const SETTINGS: PageSettings = JSON.parse(root.dataset.settings ?? '{}');

export const ICON_PATH: string = root.dataset.icon ?? '';
