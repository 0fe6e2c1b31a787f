// What stands in a form is kept in this window's storage at every key, so that neither a restart of the server nor a slip of the finger on "reload"
// costs it. Restored fields say "change", which is how the page hears of them.
export function attach(mark, key, nonce) {
  const form = mark?.closest('form');
  if (!form) return null; // it has been left already
  const name = `supportlive.draft.form.${key}`;
  const events = new AbortController();
  const fields = () => [...form.elements].filter((field) => field.id && field.matches('input, textarea, select') && !['hidden', 'checkbox', 'password'].includes(field.type));
  const get = () => { try { return JSON.parse(sessionStorage.getItem(name)); } catch { return null; } };

  function keep() {
    try { sessionStorage.setItem(name, JSON.stringify({ nonce, values: Object.fromEntries(fields().map((field) => [field.id, field.value])) })); } catch { /* full or forbidden */ }
  }

  for (const event of ['input', 'change']) form.addEventListener(event, keep, { signal: events.signal });

  return {
    restore() {
      const kept = get();
      if (!kept) return null;
      nonce = kept.nonce;
      for (const field of fields()) {
        const value = kept.values[field.id];
        if (value === undefined || value === field.value) continue;
        if (field === document.activeElement && field.value) continue; // somebody was faster
        if (field.matches('select') && ![...field.options].some((option) => option.value === value)) continue;
        field.value = value;
        field.dispatchEvent(new Event('change', { bubbles: true }));
      }
      return nonce;
    },
    forget() { try { sessionStorage.removeItem(name); } catch { /* nothing was kept */ } },
    detach() { events.abort(); },
  };
}
