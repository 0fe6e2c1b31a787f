// What the page can do: its one-key shortcuts that can be used now, by the names that stand on them.
const able = () => [...document.querySelectorAll('[data-key]')].filter((x) => /^[a-z?]$/.test(x.dataset.key) && !x.disabled && x.checkVisibility());
const name = (x) => (x.getAttribute('aria-label') ?? x.textContent).trim();

export function acts() {
  const seen = new Set();
  return able().filter((x) => !seen.has(x.dataset.key) && seen.add(x.dataset.key)).map((x) => ({ name: name(x), key: x.dataset.key }));
}

export function act(key) {
  document.activeElement?.blur();
  const found = able().find((x) => x.dataset.key === key);
  if (found?.matches('input, textarea')) found.focus();
  else found?.click();
}
