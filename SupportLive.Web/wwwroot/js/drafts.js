// Rows of conversations where something was begun and not sent: <sl-draft for="account.ticket"></sl-draft> shows "Draft:" while the browser keeps
// such a text (see Composer.razor.js). The server knows nothing of it.
const all = new Set();

function look(element) {
  const scope = element.getAttribute('for');
  let kept = false;
  try { kept = ['reply', 'note'].some((kind) => localStorage.getItem(`supportlive.draft.${scope}.${kind}`)?.trim()); } catch { /* forbidden: then there are no drafts either */ }
  element.hidden = !kept;
  const text = kept ? 'Draft:' : '';
  if (element.textContent !== text) element.textContent = text;
}

customElements.define('sl-draft', class extends HTMLElement {
  static observedAttributes = ['for'];
  connectedCallback() { all.add(this); look(this); }
  disconnectedCallback() { all.delete(this); }
  attributeChangedCallback() { if (this.isConnected) look(this); }
});

let due = 0;
const later = () => { due ||= setTimeout(() => { due = 0; all.forEach(look); }, 250); };
for (const name of ['input', 'supportlive:sent', 'storage']) addEventListener(name, later);
