// Offers colleagues behind an "@" while it is typed. The names are asked for once, when the first one is wanted; from then on nothing leaves the page. The
// box stays the box: it has the focus and the text, and everything that listens to its input hears of a chosen name as of a typed one.
const most = 8;
const longest = 100;
const isWord = (char) => char !== undefined && /[\p{L}\p{N}]/u.test(char);
let lists = 0;

export function suggest(text, list, { on, ask, signal }) {
  const listen = (target, name, does) => target.addEventListener(name, does, { signal });
  const id = `mentions-${++lists}`;
  let names = null;
  let asking = false;
  let fits = [];
  let at = 0;
  let dismissed = -1;
  list.id = id;

  // What stands between the last "@" and the cursor, as far as it may become a name.
  function typed() {
    if (!on() || text.selectionStart !== text.selectionEnd) return null;
    const end = text.selectionEnd;
    const start = text.value.lastIndexOf('@', end - 1);
    if (end === 0 || start < 0 || end - start > longest || isWord(text.value[start - 1])) return null;
    const word = text.value.slice(start + 1, end);
    return word.includes('\n') || word.startsWith(' ') ? null : { start, end, word: word.toLowerCase() };
  }

  function look() {
    const now = typed();
    if (!now) dismissed = -1;
    if (!now || now.start === dismissed) { close(); return; }
    if (!names) { learn(); return; }
    const before = fits[at];
    const begins = names.filter((name) => name.toLowerCase().startsWith(now.word));
    const inside = now.word ? names.filter((name) => !begins.includes(name) && name.toLowerCase().includes(` ${now.word}`)) : [];
    fits = [...begins, ...inside].slice(0, most);
    // Whole and the only one: nothing is left to choose, and Enter sends.
    if (fits.length === 0 || (fits.length === 1 && fits[0].toLowerCase() === now.word)) { close(); return; }
    at = Math.max(0, fits.indexOf(before));
    draw(now.word);
  }

  function learn() {
    if (asking) return;
    asking = true;
    ask().then((known) => { names = known; if (document.activeElement === text) look(); }, () => { /* the next letter asks again */ }).finally(() => { asking = false; });
  }

  function draw(word) {
    list.replaceChildren(...fits.map((name, n) => {
      const option = document.createElement('div');
      const where = name.toLowerCase().startsWith(word) ? 0 : name.toLowerCase().indexOf(` ${word}`) + 1;
      const match = document.createElement('b');
      match.textContent = name.slice(where, where + word.length);
      const whole = document.createElement('span');
      whole.append(name.slice(0, where), match, name.slice(where + word.length));
      option.append(whole);
      option.id = `${id}-${n}`;
      option.setAttribute('role', 'option');
      option.setAttribute('aria-selected', String(n === at));
      return option;
    }));
    list.hidden = false;
    for (const [name, value] of Object.entries({ role: 'combobox', 'aria-expanded': 'true', 'aria-haspopup': 'listbox', 'aria-autocomplete': 'list', 'aria-controls': id, 'aria-activedescendant': `${id}-${at}` })) text.setAttribute(name, value);
  }

  function close() {
    fits = [];
    if (list.hidden) return;
    list.hidden = true;
    list.replaceChildren();
    for (const name of ['role', 'aria-expanded', 'aria-haspopup', 'aria-autocomplete', 'aria-controls', 'aria-activedescendant']) text.removeAttribute(name);
  }

  // Where the "@" is now: what was sent meanwhile has gone from before it.
  function choose(name) {
    const now = typed();
    close();
    if (!now || !name) return;
    text.setRangeText(`@${name}${/\s/.test(text.value[now.end] ?? '') ? '' : ' '}`, now.start, now.end, 'end');
    dismissed = now.start;
    text.dispatchEvent(new Event('input', { bubbles: true }));
  }

  listen(text, 'keydown', (e) => {
    if (list.hidden || e.isComposing || e.ctrlKey || e.metaKey || e.altKey) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[e.key];
    if (step) { at = (at + step + fits.length) % fits.length; draw(typed()?.word ?? ''); list.children[at].scrollIntoView({ block: 'nearest' }); }
    else if ((e.key === 'Enter' || e.key === 'Tab') && !e.shiftKey) choose(fits[at]);
    else if (e.key === 'Escape') { dismissed = typed()?.start ?? -1; close(); }
    else return;
    e.preventDefault();
    e.stopImmediatePropagation();
  });
  listen(text, 'input', look);
  listen(text, 'click', look);
  listen(text, 'keyup', (e) => { if (['ArrowLeft', 'ArrowRight', 'Home', 'End'].includes(e.key)) look(); });
  listen(text, 'blur', close);
  // The box keeps the focus, and a phone its keyboard.
  listen(list, 'pointerdown', (e) => e.preventDefault());
  listen(list, 'mousedown', (e) => e.preventDefault());
  listen(list, 'click', (e) => {
    const option = e.target.closest('[role=option]');
    if (option) choose(fits[[...list.children].indexOf(option)]);
    text.focus();
  });
  return { close };
}
