// Runs before the page is painted, so that a chosen look does not flash up as the other one.
(() => {
  try {
    const theme = localStorage.getItem('rsvg.theme');
    if (theme === 'dark' || theme === 'light') document.documentElement.dataset.theme = theme;
    const language = localStorage.getItem('rsvg.language') ?? navigator.language;
    document.documentElement.lang = language.startsWith('ko') ? 'ko' : 'en';
  } catch {
    // Storage is forbidden here: the system's look and the browser's language.
  }
})();
