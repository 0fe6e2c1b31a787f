// The number of unread notifications in the window's title: <sl-unread count="3"></sl-unread>.
let count = 0;
let offers = 0;

function show() {
  const plain = document.title.replace(/^(Offer! )?(\(\d+\+?\) )?/, '');
  const wanted = `${offers > 0 ? 'Offer! ' : ''}${count > 0 ? `(${count > 99 ? '99+' : count}) ` : ''}${plain}`;
  if (document.title !== wanted) document.title = wanted;
}

customElements.define('sl-unread', class extends HTMLElement {
  static observedAttributes = ['count'];
  attributeChangedCallback(_, __, value) { count = Number(value); show(); }
});
// Tickets that are offered and wait for an answer: <sl-offers count="1"></sl-offers>.
customElements.define('sl-offers', class extends HTMLElement {
  static observedAttributes = ['count'];
  attributeChangedCallback(_, __, value) { offers = Number(value); show(); }
  disconnectedCallback() { offers = 0; show(); }
});
new MutationObserver(show).observe(document.head, { childList: true, subtree: true, characterData: true });
