// Times in the reader's own time zone and language, which the server does not know.
// <sl-time at="ISO" as="clock | when | ago | wait | left | due | full"></sl-time>, and <sl-day at="ISO" after="ISO">, shown where a new day begins.
const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const weekday = new Intl.DateTimeFormat(undefined, { weekday: 'short' });
const date = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const long = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const living = new Set();
const day = (at) => new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime();
const two = (n) => String(n).padStart(2, '0');

function wait(seconds) {
  const s = Math.max(0, Math.floor(seconds));
  const h = Math.floor(s / 3600);
  if (h >= 48) return `${Math.floor(h / 24)} days`;
  return h > 0 ? `${h}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}` : `${two(Math.floor(s / 60))}:${two(s % 60)}`;
}

function ago(at, now) {
  const s = (now - at) / 1000;
  if (s < 60) return 'now';
  if (s < 3600) return `${Math.floor(s / 60)}m`;
  if (day(at) === day(now)) return clock.format(at);
  return s < 6 * 86400 ? weekday.format(at) : date.format(at);
}

// A countdown; data-due says how it stands, for the colour: far, near (a quarter of an hour), past.
function due(at, now, element) {
  const left = (at - now) / 1000;
  element.dataset.due = left < 0 ? 'past' : left < 900 ? 'near' : 'far';
  const kind = element.dataset.kind ?? 'Due';
  element.title = `${kind} ${left < 0 ? 'was due' : 'due'} ${full.format(at)}`;
  return left < 0 ? `${wait(-left)} late` : `${wait(left)} left`;
}

const ways = { due, clock: (at) => clock.format(at), full: (at) => full.format(at), when: (at, now) => day(at) === day(now) ? clock.format(at) : `${date.format(at)}, ${clock.format(at)}`, ago, left: (at, now) => { const s = Math.max(0, Math.ceil((at - now) / 1000)); return s < 60 ? String(s) : `${Math.floor(s / 60)}:${two(s % 60)}`; }, wait: (at, now) => wait((now - at) / 1000) };

customElements.define('sl-time', class extends HTMLElement {
  static observedAttributes = ['at', 'as'];
  connectedCallback() { this.show(); if (['wait', 'ago', 'left', 'due'].includes(this.getAttribute('as'))) living.add(this); }
  disconnectedCallback() { living.delete(this); }
  attributeChangedCallback() { if (this.isConnected) this.show(); }
  show() {
    const at = new Date(this.getAttribute('at'));
    const text = isNaN(at) ? '' : ways[this.getAttribute('as') ?? 'clock'](at, new Date(), this);
    if (this.textContent !== text) this.textContent = text;
    if (!this.title && !isNaN(at)) this.title = full.format(at);
  }
});

customElements.define('sl-day', class extends HTMLElement {
  static observedAttributes = ['at', 'after'];
  connectedCallback() { this.show(); }
  attributeChangedCallback() { if (this.isConnected) this.show(); }
  show() {
    const at = new Date(this.getAttribute('at'));
    const after = this.getAttribute('after');
    this.hidden = !!after && day(new Date(after)) === day(at);
    const days = Math.round((day(new Date()) - day(at)) / 86400000);
    this.textContent = this.hidden ? '' : days === 0 ? 'Today' : days === 1 ? 'Yesterday' : long.format(at);
  }
});

setInterval(() => { for (const element of living) element.show(); }, 1000);
