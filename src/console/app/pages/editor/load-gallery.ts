import { execute } from '../../api.ts';
import { GalleryDocument, type GalleryQuery } from '../../generated/graphql.ts';

type Templates = GalleryQuery['templates'];

let loading: Promise<Templates> | null = null;

async function ask(): Promise<Templates> {
  try {
    return (await execute(GalleryDocument)).data.templates;
  } catch (error) {
    loading = null;
    throw error;
  }
}

/** The templates to start from. They stay while the server runs, so they are asked for once. @throws RequestError */
export function loadGallery(): Promise<Templates> {
  loading ??= ask();
  return loading;
}
