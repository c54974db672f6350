import { addressOf } from './address.ts';
import { connectionTo } from './connection.ts';
import { watchEvents } from './events.ts';
import type { State, Viewer } from './viewer.ts';

const STYLE = `:host{display:inline-block;position:relative;max-width:100%}:host([hidden]){display:none}
img{display:block;width:100%;height:100%;object-fit:contain}
span{display:none;position:absolute;top:6px;right:6px;width:8px;height:8px;border-radius:50%;background:#f59e0b}
:host([state=waiting]) span{display:block}`;

const DEFAULT_FPS = 30;

/** `<live-svg src="https://pictures.example/stream/alice/kitchen" alt="…">`: see docs/embedding.md. */
class LiveSvg extends HTMLElement implements Viewer {
  static readonly observedAttributes = ['src', 'alt', 'fallback', 'width', 'height'];

  readonly #sheet = new CSSStyleSheet();
  /** What stands inside the element, for where there is no picture. */
  readonly #inside = document.createElement('slot');
  #shown: HTMLElement = this.#inside;
  #svg = '';
  /** The address of the picture that is shown, and of the newest one that waits while another is loaded. */
  #url = '';
  #next = '';
  #isDrawing = false;
  #loading: HTMLImageElement | null = null;
  #isNear = false;
  #stop: (() => void) | null = null;

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'closed' });
    const mark = document.createElement('span');
    mark.part.add('mark');
    root.adoptedStyleSheets = [this.#sheet];
    root.append(this.#shown, mark);
  }

  connectedCallback() {
    if (!this.hasAttribute('role')) this.setAttribute('role', 'img');
    this.#measure();
    observer.observe(this);
    document.addEventListener('visibilitychange', this);
  }

  disconnectedCallback() {
    observer.unobserve(this);
    document.removeEventListener('visibilitychange', this);
    this.near(false);
    // What is loaded stays, should the element come back.
    URL.revokeObjectURL(this.#url);
  }

  attributeChangedCallback(name: string, _before: string | null, value: string | null) {
    if (name === 'src') {
      this.#pause();
      this.#svg = '';
      this.handleEvent();
    } else if (name === 'alt') this.setAttribute('aria-label', value ?? '');
    else if (name === 'fallback') this.#fallBack();
    else this.#measure();
  }

  /** Whether it is in view, or nearly. */
  near(isNear: boolean) {
    this.#isNear = isNear;
    this.handleEvent();
  }

  /** Watches while somebody can see it. */
  handleEvent() {
    if (!this.#isNear || document.hidden) return this.#pause();
    if (this.#stop !== null) return;
    const address = addressOf(this.getAttribute('src') ?? '');
    if (address === null) return this.state('gone');
    const { server, id, events } = address;
    this.#stop = events === null ? connectionTo(server).watch(id, this) : watchEvents(events, this);
  }

  frame(svg: string) {
    this.setAttribute('state', 'live' satisfies State);
    if (svg === this.#svg) return;
    this.#svg = svg;
    // In an <img> a stranger's picture runs no script, and styles nothing but itself.
    this.#draw(URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' })));
  }

  state(state: State) {
    this.setAttribute('state', state);
    this.#fallBack();
  }

  #pause() {
    this.#stop?.();
    this.#stop = null;
  }

  /** Of a lost connection the last picture stays. Of a session that is gone, or may not be seen any more, nothing does. */
  #fallBack() {
    const state = this.getAttribute('state');
    const url = this.getAttribute('fallback');
    const isGone = state === 'gone';
    if (!isGone && (state !== 'waiting' || this.#svg !== '')) return;
    this.#svg = '';
    if (isGone) this.#loading = null;
    if (url !== null && url === this.#url) return;
    if (isGone) this.#show(this.#inside, '');
    this.#draw(url ?? '');
  }

  #show(shown: HTMLElement, url: string) {
    this.#shown.replaceWith(shown);
    this.#shown = shown;
    URL.revokeObjectURL(this.#url);
    this.#url = url;
  }

  /** Room for the picture before it is there. The page's own style goes before. */
  #measure() {
    const [width, height] = ['width', 'height'].map((name) => Number(this.getAttribute(name)));
    const rules = [width && `width:${width}px`, height && `aspect-ratio:${width || 'auto'}/${height}`];
    this.#sheet.replaceSync(`${STYLE}:host{${rules.filter(Boolean).join(';')}}`);
  }

  /** One at a time, the newest: the one before stays until this one is loaded. */
  #draw(url: string) {
    URL.revokeObjectURL(this.#next);
    this.#next = url;
    if (!this.#isDrawing) this.#drawNext();
  }

  #drawNext() {
    const url = this.#next;
    this.#next = '';
    this.#isDrawing = url !== '';
    if (url === '') return;
    const image = new Image();
    image.part.add('image');
    image.alt = '';
    image.decoding = 'sync';
    this.#loading = image;
    image.onload = () => {
      if (this.#loading === image) this.#show(image, url);
      else URL.revokeObjectURL(url);
      setTimeout(() => this.#drawNext(), 1000 / (Number(this.getAttribute('fps')) || DEFAULT_FPS));
    };
    image.onerror = () => {
      URL.revokeObjectURL(url);
      this.#drawNext();
    };
    image.src = url;
  }
}

const observer = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) (target as LiveSvg).near(isIntersecting);
  },
  { rootMargin: '50%' },
);

// Another server of the page may have brought its own.
if (customElements.get('live-svg') === undefined) customElements.define('live-svg', LiveSvg);
