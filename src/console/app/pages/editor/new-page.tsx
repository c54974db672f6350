import { useRoute } from 'preact-iso';
import { LoadFailed } from '../../components/load-failed.tsx';
import { text } from '../../language/language.ts';
import { isDark } from '../../theme.ts';
import { useLoaded } from '../../use-loaded.ts';
import { useTitle } from '../../use-title.ts';
import { BLANK } from './blank.ts';
import { EditorSkeleton } from './editor-skeleton.tsx';
import { GalleryPage } from './gallery-page.tsx';
import { loadGallery } from './load-gallery.ts';
import { NewEditor } from './new-editor.tsx';

/** What the gallery has under this name, made for the look of the page; null: nothing. */
async function startFrom(id: string) {
  if (id === 'blank') return BLANK;
  const found = (await loadGallery()).find((each) => each.id === id);
  if (found === undefined) return null;
  const args = 'theme' in found.args ? { ...found.args, theme: isDark() ? 'dark' : 'light' } : found.args;
  return { template: found.template, args };
}

function FromTemplate({ id }: { readonly id: string }) {
  useTitle(text.value.editor.newTitle);
  const { value, error, reload } = useLoaded(() => startFrom(id), [id]);
  if (error !== null && value === undefined) return <LoadFailed error={error} retry={reload} />;
  if (value === undefined) return <EditorSkeleton isNew />;
  return value === null ? <GalleryPage missing={id} /> : <NewEditor start={value} />;
}

/** `/new`, and `/new?template=…` once it is chosen what to start from. */
export function NewPage() {
  const { template } = useRoute().query;
  return template === undefined ? <GalleryPage /> : <FromTemplate key={template} id={template} />;
}
