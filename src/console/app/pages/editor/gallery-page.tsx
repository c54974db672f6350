import { useEffect, useState } from 'preact/hooks';
import { execute } from '../../api.ts';
import type { Args } from '../../args/args-editor.tsx';
import { LoadFailed } from '../../components/load-failed.tsx';
import { SvgImage } from '../../components/svg-image.tsx';
import { RenderDocument } from '../../generated/graphql.ts';
import { text } from '../../language/language.ts';
import { isDark } from '../../theme.ts';
import { useLoaded } from '../../use-loaded.ts';
import { useTitle } from '../../use-title.ts';
import { BLANK } from './blank.ts';
import { loadGallery } from './load-gallery.ts';

interface CardProps {
  readonly id: string;
  readonly title: string;
  readonly words: string;
  readonly template: string;
  readonly args: Args;
}

function Card({ id, title, words, template, args }: CardProps) {
  const [svg, setSvg] = useState<string | null>(null);
  useEffect(() => {
    const shown = 'theme' in args ? { ...args, theme: isDark() ? 'dark' : 'light' } : args;
    execute(RenderDocument, { template, args: shown }).then(
      ({ data }) => setSvg(data.renderTemplate.svg),
      () => {},
    );
  }, [template, isDark()]);
  return (
    <a class="template" href={`/new?template=${id}`}>
      <div class="picture">{svg === null ? <div class="skeleton" /> : <SvgImage svg={svg} alt="" />}</div>
      <div class="words">
        <h2>{title}</h2>
        <p>{words}</p>
      </div>
    </a>
  );
}

/** `/new`: what to start from. */
export function GalleryPage() {
  const { editor } = text.value;
  useTitle(editor.newTitle);
  const { value, error, reload } = useLoaded(loadGallery, []);
  if (error !== null && value === undefined) return <LoadFailed error={error} retry={reload} />;
  return (
    <main id="main" class="page" aria-busy={value === undefined}>
      <div class="page-head">
        <div>
          <h1>{editor.newTitle}</h1>
          <p>{editor.newLead}</p>
        </div>
      </div>
      <div class="gallery">
        <Card id="blank" title={editor.blank} words={editor.blankText} {...BLANK} />
        {value?.map(({ id, title, description, template, args }) => (
          <Card key={id} id={id} title={title} words={description} template={template} args={args} />
        ))}
        {value === undefined &&
          Array.from({ length: 8 }, (_, at) => (
            <div class="template" key={at}>
              <div class="picture">
                <div class="skeleton" />
              </div>
              <div class="words">
                <div class="skeleton line" />
              </div>
            </div>
          ))}
      </div>
    </main>
  );
}
