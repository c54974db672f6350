/** `document.execCommand` where the clipboard is not offered: neither https nor this machine's own address. */
function copySelection(value: string): boolean {
  const area = document.createElement('textarea');
  area.value = value;
  area.className = 'visually-hidden';
  document.body.append(area);
  area.select();
  try {
    return document.execCommand('copy');
  } finally {
    area.remove();
  }
}

/** @returns whether the browser allowed it */
export async function copyText(value: string): Promise<boolean> {
  if (navigator.clipboard === undefined) return copySelection(value);
  return navigator.clipboard.writeText(value).then(
    () => true,
    () => copySelection(value),
  );
}
