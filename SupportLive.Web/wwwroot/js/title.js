// The number of unread notifications in the window's title: <sl-unread count="3"></sl-unread>.
let count = 0;

function show() {
  const plain = document.title.replace(/^\(\d+\+?\) /, '');
  const wanted = count > 0 ? `(${count > 99 ? '99+' : count}) ${plain}` : plain;
  if (document.title !== wanted) document.title = wanted;
}

customElements.define('sl-unread', class extends HTMLElement {
  static observedAttributes = ['count'];
  attributeChangedCallback(_, __, value) { count = Number(value); show(); }
});
new MutationObserver(show).observe(document.head, { childList: true, subtree: true, characterData: true });
