import { execute } from '../../api.ts';
import { GalleryDocument, type GalleryQuery, type PictureTheme } from '../../generated/graphql.ts';
import { isDark } from '../../theme.ts';

type Templates = GalleryQuery['templates'];

const loading = new Map<PictureTheme, Promise<Templates>>();

async function ask(theme: PictureTheme): Promise<Templates> {
  try {
    return (await execute(GalleryDocument, { theme })).data.templates;
  } catch (error) {
    loading.delete(theme);
    throw error;
  }
}

/**
 * The templates to start from, drawn for the look of the page. They stay while the server runs, so they are asked for
 * once for each look. @throws RequestError
 */
export function loadGallery(): Promise<Templates> {
  const theme = isDark() ? 'DARK' : 'LIGHT';
  const known = loading.get(theme) ?? ask(theme);
  loading.set(theme, known);
  return known;
}
