const SAY_COPIED_MS = 1500;

async function copy(code) {
  // Only offered on https and on this machine's own address.
  if (navigator.clipboard) return navigator.clipboard.writeText(code.textContent);
  getSelection().selectAllChildren(code);
  if (!document.execCommand('copy')) throw new Error('not allowed to copy');
  return undefined;
}

for (const button of document.querySelectorAll('[data-copy]')) {
  const code = document.getElementById(button.dataset.copy);
  button.setAttribute('aria-live', 'polite');
  button.addEventListener('click', async () => {
    try {
      await copy(code);
      button.textContent = 'Copied';
    } catch {
      getSelection().selectAllChildren(code);
      button.textContent = 'Press Ctrl+C';
    }
    setTimeout(() => {
      button.textContent = 'Copy';
    }, SAY_COPIED_MS);
  });
  button.hidden = false;
}
