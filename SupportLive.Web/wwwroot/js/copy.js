// Buttons with data-copy put their text on the clipboard and say so for a moment.
document.addEventListener('click', async (e) => {
  const button = e.target.closest('[data-copy]');
  if (!button) return;
  const words = button.textContent;
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = 'Copied';
  } catch {
    // No clipboard without https: the text beside the button is selected instead.
    button.parentElement.querySelector('input')?.select();
    button.textContent = 'Press Ctrl+C';
  }
  setTimeout(() => { button.textContent = words; }, 2000);
});
