import { Alert } from '../../components/alert.tsx';
import { CardSkeletons } from '../../components/card-skeletons.tsx';
import { LoadFailed } from '../../components/load-failed.tsx';
import { SvgImage } from '../../components/svg-image.tsx';
import { galleryWords } from '../../language/gallery-words.ts';
import { text } from '../../language/language.ts';
import { isDark } from '../../theme.ts';
import { useLoaded } from '../../use-loaded.ts';
import { useTitle } from '../../use-title.ts';
import { BLANK_PICTURE } from './blank.ts';
import { loadGallery } from './load-gallery.ts';

interface CardProps {
  readonly id: string;
  readonly title: string;
  readonly words: string;
  readonly svg: string;
}

function Card({ id, title, words, svg }: CardProps) {
  return (
    <a class="template" href={`/new?template=${id}`}>
      <div class="picture">
        <SvgImage svg={svg} alt="" />
      </div>
      <div class="words">
        <h2>{title}</h2>
        <p>{words}</p>
      </div>
    </a>
  );
}

/** `/new`: what to start from. @param missing what was asked for and is not there */
export function GalleryPage({ missing = null }: { readonly missing?: string | null }) {
  const { editor } = text.value;
  useTitle(editor.newTitle);
  const { value, error, reload } = useLoaded(loadGallery, [isDark()]);
  if (error !== null && value === undefined) return <LoadFailed error={error} retry={reload} />;
  return (
    <main id="main" class="page" aria-busy={value === undefined}>
      <div class="page-head">
        <div>
          <h1>{editor.newTitle}</h1>
          <p>{editor.newLead}</p>
        </div>
      </div>
      {missing !== null && (
        <div class="stack spaced">
          <Alert kind="warn">{editor.noTemplate(missing)}</Alert>
        </div>
      )}
      <div class="gallery">
        <Card id="blank" title={editor.blank} words={editor.blankText} svg={BLANK_PICTURE} />
        {value?.map((template) => {
          const { title, description } = galleryWords(template);
          return <Card key={template.id} id={template.id} title={title} words={description} svg={template.svg} />;
        })}
        {value === undefined && <CardSkeletons class="template" element="div" count={15} />}
      </div>
    </main>
  );
}
