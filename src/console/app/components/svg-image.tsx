import { useEffect, useRef, useState } from 'preact/hooks';
import { pictureSize } from '../../picture-size.ts';

/** One transparent pixel: an image without an address is drawn as broken. */
const EMPTY = 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';

const UNMEASURED = { width: 640, height: 360 };

/** An address for the newest picture that is decoded; null: none is yet. The ones before it are given back. */
function useBlobUrl(svg: string): string | null {
  const [url, setUrl] = useState<string | null>(null);
  const state = useRef({ asked: 0, shown: 0, url: null as string | null, gone: false });

  useEffect(() => {
    const { current } = state;
    current.asked += 1;
    const number = current.asked;
    const next = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
    const image = new Image();
    image.src = next;
    const show = () => {
      const obsolete = current.gone || number < current.shown ? next : current.url;
      if (obsolete !== null) URL.revokeObjectURL(obsolete);
      if (obsolete === next) return;
      current.shown = number;
      current.url = next;
      setUrl(next);
    };
    image.decode().then(show, show);
  }, [svg]);

  useEffect(() => {
    const { current } = state;
    current.gone = false;
    return () => {
      current.gone = true;
      if (current.url !== null) URL.revokeObjectURL(current.url);
    };
  }, []);
  return url;
}

/**
 * A rendered picture as an image: what strangers draw never becomes part of the page. The picture before it stays
 * until the next one is decoded, and its place is kept from the start.
 */
export function SvgImage({ svg, alt }: { readonly svg: string; readonly alt: string }) {
  const url = useBlobUrl(svg);
  const { width, height } = pictureSize(svg) ?? UNMEASURED;
  // In the style too: the attributes give way to the pixel that stands there first.
  const style = { '--width': width, '--height': height };
  return <img src={url ?? EMPTY} alt={alt} width={width} height={height} style={style} />;
}
