import { suggest } from '../js/mentions.js';

// The text belongs to the browser: it is kept as a draft per account and ticket at every key, and what is being sent is kept too, in order, until
// the server has acknowledged it. A retry carries the same client id, so it has one effect however often it is made.
const newId = () => crypto.randomUUID?.() ?? Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, '0')).join('');
const within = (promise, ms) => Promise.race([promise, new Promise((_, no) => setTimeout(() => no(new Error('no answer')), ms))]);

export function attach(root, dotnet, scope) {
  const text = root.querySelector('textarea');
  const status = root.querySelector('[data-status]');
  const events = new AbortController();
  const listen = (target, name, does) => target.addEventListener(name, does, { signal: events.signal });
  const isNote = () => root.dataset.note === 'true';
  const draftKey = (note) => `supportlive.draft.${scope}.${note ? 'note' : 'reply'}`;
  const outboxKey = `supportlive.outbox.${scope}`;
  const put = (key, value) => { try { if (value) localStorage.setItem(key, value); else localStorage.removeItem(key); } catch { /* full or forbidden: the text stays on the page */ } };
  const get = (key) => { try { return localStorage.getItem(key) ?? ''; } catch { return ''; } };

  let note = isNote();
  let outbox = [];
  let sending = false;
  let failed = null;
  let detached = false;
  let retry = 0;
  let typed = 0;

  // Listens before the rest: a key that chooses a name must not send.
  const names = suggest(text, root.querySelector('[data-mentions]'), { on: () => note, ask: () => dotnet.invokeMethodAsync('Colleagues'), signal: events.signal });

  function fit() {
    text.style.blockSize = 'auto';
    text.style.blockSize = `${Math.min(text.scrollHeight + 2, 220)}px`;
  }

  function write(value) {
    text.value = value;
    put(draftKey(note), value);
    fit();
  }

  function say(sentence, resend = null) {
    status.textContent = sentence;
    if (!resend) return;
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = 'Resend';
    button.addEventListener('click', resend);
    status.append(' ', button);
  }

  const keep = () => put(outboxKey, outbox.length ? JSON.stringify(outbox) : '');

  // What stands in the box behind those that are on their way.
  function fresh() {
    let rest = text.value.trim();
    for (const { body } of outbox.filter((item) => item.note === note)) {
      if (rest.startsWith(body)) rest = rest.slice(body.length).trimStart();
    }
    return rest;
  }

  function send() {
    names.close();
    const body = fresh();
    if (body) {
      const same = failed?.body === body && failed.note === note;
      outbox.push(same ? failed : { clientId: newId(), body, note });
      keep();
      if (outbox.length > 1) write(`${text.value.trimEnd()}\n`);
    }
    if (outbox.length && (!sending || retry)) deliver();
  }

  async function deliver() {
    const item = outbox[0];
    clearTimeout(retry);
    [sending, retry, failed] = [true, 0, null];
    const slow = setTimeout(() => say('Sending…'), 400);
    let answer;
    try {
      answer = await within(dotnet.invokeMethodAsync('Send', item.clientId, item.body, item.note), 10000);
    } catch {
      answer = { tryAgain: true };
    }
    clearTimeout(slow);
    if (detached) return;
    if (answer.tryAgain) {
      say('Sending… The connection is slow, it will be tried again.');
      retry = setTimeout(deliver, 2000 + Math.random() * 1000);
      return;
    }
    sending = false;
    if (answer.stored) outbox.shift();
    else outbox = []; // those behind it stay in the box, and whoever wrote them decides
    keep();
    if (!answer.stored) {
      failed = item;
      say(`Failed: ${answer.message}`, send);
      return;
    }
    say('');
    clear(item);
    dispatchEvent(new Event('supportlive:sent'));
    if (outbox.length) deliver();
  }

  // Only what was stored goes; what has been typed behind it meanwhile stays.
  function clear(item) {
    const now = item.note === note ? text.value : get(draftKey(item.note));
    const rest = now.trim() === item.body ? '' : now.trimStart().startsWith(item.body) ? now.trimStart().slice(item.body.length).trimStart() : now;
    if (item.note === note) write(rest);
    else put(draftKey(item.note), rest);
  }

  listen(text, 'keydown', (e) => {
    if (e.key !== 'Enter' || e.shiftKey || e.isComposing) return;
    e.preventDefault();
    send();
  });
  listen(text, 'input', () => {
    put(draftKey(note), text.value);
    fit();
    if (note || Date.now() - typed < 3000 || !text.value) return;
    typed = Date.now();
    dotnet.invokeMethodAsync('Typed').catch(() => {});
  });
  listen(root.querySelector('[data-send]'), 'click', () => { send(); text.focus(); });
  listen(window, 'supportlive:connected', () => { if (retry) deliver(); });

  // Reply and note have a draft each.
  function become(toNote) {
    if (toNote === note) return;
    put(draftKey(note), text.value);
    note = toNote;
    names.close();
    write(get(draftKey(note)));
    say('');
  }

  // The choice counts from the click on, not from the server's answer: a note sent at once must never go to the customer.
  let chosen = null;
  for (const tab of root.querySelectorAll('[role=tab]')) listen(tab, 'click', () => become((chosen = tab.dataset.key === 'n')));
  const tabs = new MutationObserver(() => {
    if (chosen === null) become(isNote());
    else if (chosen === isNote()) chosen = null;
  });
  tabs.observe(root, { attributes: true, attributeFilter: ['data-note'] });

  if (!text.value) text.value = get(draftKey(note));
  fit();
  try { outbox = [].concat(JSON.parse(get(outboxKey) || '[]')); } catch { keep(); }
  if (outbox.length) deliver();

  return {
    focus() { setTimeout(() => text.focus()); },
    detach() { detached = true; clearTimeout(retry); tabs.disconnect(); events.abort(); },
  };
}
