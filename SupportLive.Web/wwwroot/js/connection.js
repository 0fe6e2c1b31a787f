// The circuit's connection: quiet when fine, patient when not, and a page that reloads itself when its circuit is gone.
const bar = document.getElementById('connection');
const failed = document.getElementById('blazor-error-ui');
let down = 0;
let offline = false;
let leaving = false;
let slow;

addEventListener('beforeunload', () => { leaving = true; });

function show(text, fine = false) {
  bar.textContent = text;
  bar.hidden = !text;
  bar.classList.toggle('fine', fine);
}

const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const alive = async () => {
  try { return (await fetch('/health/live', { cache: 'no-store' })).ok; } catch { return false; }
};

async function reload() {
  for (let n = 0; !leaving; n++) {
    if (await alive()) { leaving = true; location.reload(); return; }
    show('Reconnecting…');
    await wait(n);
  }
}

// Up to four seconds, each client at another moment, and at once when the network is back.
function wait(n) {
  const ms = Math.min(4000, 250 * 2 ** Math.min(n, 6)) * (0.5 + Math.random() / 2);
  return Promise.race([pause(ms), new Promise((done) => addEventListener('online', done, { once: true }))]);
}

async function reconnect() {
  const mine = ++down;
  offline = true;
  slow = setTimeout(() => { if (mine === down && !leaving) show('Reconnecting…'); }, 2000);
  for (let n = 0; mine === down && !leaving; n++) {
    await wait(n);
    if (mine !== down || leaving) return;
    try {
      const kept = await Blazor.reconnect();
      if (kept) return;
      await reload();
      return;
    } catch { /* the server does not answer yet */ }
  }
}

// What is clicked while the line is down goes nowhere, which Blazor reports as an error that nobody catches. The person is told instead, and at once.
function unheard(e) {
  const message = String(e.reason?.message ?? e.message ?? '');
  if (!offline || !/connection is not in the 'Connected'|No interop methods are registered|connection being closed/.test(message)) return;
  e.preventDefault();
  if (!leaving) show('Reconnecting…');
}
addEventListener('unhandledrejection', unheard);
addEventListener('error', unheard);

function connected() {
  offline = false;
  const told = !bar.hidden;
  down++;
  clearTimeout(slow);
  dispatchEvent(new Event('supportlive:connected'));
  if (!told) { show(''); return; }
  show('Connected again', true);
  const mine = down;
  setTimeout(() => { if (mine === down) show(''); }, 2000);
}

// A page whose circuit has failed is of no use: reload it, but not in a circle.
new MutationObserver(() => {
  if (failed.style.display !== 'block' || leaving) return;
  const last = Number(sessionStorage.getItem('supportlive.reloaded') ?? 0);
  if (Date.now() - last < 15000) return;
  sessionStorage.setItem('supportlive.reloaded', String(Date.now()));
  failed.style.display = 'none';
  reload();
}).observe(failed, { attributes: true, attributeFilter: ['style'] });
failed.querySelector('[data-reload]').addEventListener('click', (e) => { e.preventDefault(); location.reload(); });

// Drafts belong to who wrote them: logging out wipes them, and tells the other windows.
document.addEventListener('submit', (e) => {
  if (!e.target.matches('[data-logout]')) return;
  for (const kept of [localStorage, sessionStorage]) {
    for (const key of Object.keys(kept)) if (/^supportlive\.(draft|outbox)\./.test(key)) kept.removeItem(key);
  }
  localStorage.setItem('supportlive.logout', String(Date.now()));
});
addEventListener('storage', (e) => { if (e.key === 'supportlive.logout') setTimeout(() => location.reload(), 500); });

const start = () => Blazor.start({ circuit: { reconnectionHandler: { onConnectionDown: () => { reconnect(); }, onConnectionUp: connected } } })
  .catch(() => reload());
if (window.Blazor) start();
else addEventListener('DOMContentLoaded', start, { once: true });
