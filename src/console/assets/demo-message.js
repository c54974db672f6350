const form = document.querySelector('[data-demo-message]');
const status = form.querySelector('[data-status]');

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const message = form.elements.message.value;
  try {
    const response = await fetch(form.dataset.demoMessage, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ args: { message } }),
    });
    status.textContent = response.ok ? 'Pushed: look up.' : (await response.json()).error;
    if (response.ok) form.reset();
  } catch {
    status.textContent = 'The server does not answer; try again in a moment.';
  }
});

form.hidden = false;
