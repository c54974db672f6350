/** A page of either driver's browser. */
export interface Visible {
  screenshot(options: {
    readonly clip: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  }): Promise<Uint8Array>;
  evaluate(script: string): Promise<unknown>;
}

/** The colour, `#rrggbb`, that a person sees at this point of a page right now. */
export type ColourAt = (page: Visible, x: number, y: number) => Promise<string>;

/** Looks at pages of this browser. The browser decodes the screenshot too, on a page of its own. */
export async function openEye(browser: { newPage(): Promise<Visible> }): Promise<ColourAt> {
  const decoder = await browser.newPage();
  return async (page, x, y) => {
    const shot = await page.screenshot({ clip: { x, y, width: 1, height: 1 } });
    const colour = await decoder.evaluate(`(async () => {
      const base64 = '${Buffer.from(shot).toString('base64')}';
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
      const context = new OffscreenCanvas(1, 1).getContext('2d');
      context.drawImage(bitmap, 0, 0);
      const [red, green, blue] = context.getImageData(0, 0, 1, 1).data;
      return '#' + [red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('');
    })()`);
    return String(colour);
  };
}
