// Before the first paint: the chosen theme. The account menu has buttons with data-theme-choice.
(() => {
  const key = 'supportlive.theme';
  const read = () => { try { return localStorage.getItem(key) ?? 'system'; } catch { return 'system'; } };
  const apply = (choice) => {
    if (choice === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = choice;
    for (const button of document.querySelectorAll('[data-theme-choice]')) button.setAttribute('aria-pressed', String(button.dataset.themeChoice === choice));
  };
  apply(read());
  document.addEventListener('click', (e) => {
    const choice = e.target.closest?.('[data-theme-choice]')?.dataset.themeChoice;
    if (!choice) return;
    localStorage.setItem(key, choice);
    apply(choice);
  });
  document.addEventListener('toggle', () => apply(read()), true);
})();
