// The scroller is laid out from the bottom (column-reverse), so it starts at, and sticks to, the newest line without any script.
export function watch(scroller, dotnet) {
  const button = scroller.parentElement.querySelector('[data-latest]');
  const text = button.querySelector('[data-latest-text]');
  let seen = -1;
  let left = Number(scroller.dataset.seq);
  let asking = false;
  let stopped = false;
  let found = null;
  let toEnd = false;
  const excerpt = () => scroller.hasAttribute('data-excerpt');

  const atEnd = () => Math.abs(scroller.scrollTop) < 48;
  const call = (name) => (stopped ? Promise.resolve() : dotnet.invokeMethodAsync(name).catch(() => {}));

  // From the search box, once something was chosen in it; from everywhere else the focus stays.
  const arrive = () => { if (document.activeElement?.matches('[data-chosen]')) scroller.focus({ preventScroll: true }); };

  function look() {
    const seq = Number(scroller.dataset.seq);
    const wanted = scroller.querySelector('[data-found]');
    if (wanted && wanted !== found) {
      wanted.scrollIntoView({ block: 'center' });
      arrive();
    }
    found = wanted;
    if (toEnd && !excerpt()) {
      toEnd = false;
      scroller.scrollTop = 0;
    }
    if (excerpt()) {
      button.hidden = false;
      text.textContent = 'Jump to latest';
      if (!asking && atEnd()) ask('Newer', scroller.scrollHeight);
    }
    const end = !excerpt() && atEnd();
    if (end) left = seq;
    if (!excerpt()) button.hidden = end;
    if (!excerpt()) text.textContent = seq > left ? `${seq - left} new` : 'Jump to latest';
    if (end && document.visibilityState === 'visible' && document.hasFocus() && seq !== seen) { seen = seq; call('Seen'); }
    if (!asking && scroller.querySelector('[data-older]') && scroller.scrollHeight - scroller.clientHeight - Math.abs(scroller.scrollTop) < 240) {
      ask('Older');
    }
  }

  // Back from long ago: scrolled when the newest lines are there.
  function latest() {
    toEnd = true;
    call('Latest');
  }

  // What follows is added at the end, where the scroller sticks: step back by what came, so that the reader stays at the same line.
  function ask(name, height) {
    asking = true;
    call(name).finally(() => {
      asking = false;
      if (height) requestAnimationFrame(() => { scroller.scrollTop -= Math.max(0, scroller.scrollHeight - height); look(); });
    });
  }

  const changes = new MutationObserver(look);
  changes.observe(scroller, { attributes: true, attributeFilter: ['data-seq'], childList: true, subtree: true });
  const events = new AbortController();
  scroller.addEventListener('scroll', look, { passive: true, signal: events.signal });
  document.addEventListener('visibilitychange', look, { signal: events.signal });
  addEventListener('supportlive:sent', () => (excerpt() ? latest() : scroller.scrollTo({ top: 0 })), { signal: events.signal });
  addEventListener('focus', look, { signal: events.signal });
  button.addEventListener('click', () => (excerpt() ? latest() : scroller.scrollTo({ top: 0, behavior: 'smooth' })), { signal: events.signal });
  look();
  arrive();
  return { stop() { stopped = true; changes.disconnect(); events.abort(); } };
}
