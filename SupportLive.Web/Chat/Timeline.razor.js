// The scroller is laid out from the bottom (column-reverse), so it starts at, and sticks to, the newest line without any script.
export function watch(scroller, dotnet) {
  const button = scroller.parentElement.querySelector('[data-latest]');
  const text = button.querySelector('[data-latest-text]');
  let seen = -1;
  let left = Number(scroller.dataset.seq);
  let asking = false;
  let stopped = false;

  const atEnd = () => Math.abs(scroller.scrollTop) < 48;
  const call = (name) => (stopped ? Promise.resolve() : dotnet.invokeMethodAsync(name).catch(() => {}));

  function look() {
    const seq = Number(scroller.dataset.seq);
    const end = atEnd();
    if (end) left = seq;
    button.hidden = end;
    text.textContent = seq > left ? `${seq - left} new` : 'Jump to latest';
    if (end && document.visibilityState === 'visible' && document.hasFocus() && seq !== seen) { seen = seq; call('Seen'); }
    if (!asking && scroller.querySelector('[data-older]') && scroller.scrollHeight - scroller.clientHeight - Math.abs(scroller.scrollTop) < 240) {
      asking = true;
      call('Older').finally(() => { asking = false; });
    }
  }

  const changes = new MutationObserver(look);
  changes.observe(scroller, { attributes: true, attributeFilter: ['data-seq'], childList: true, subtree: true });
  const events = new AbortController();
  scroller.addEventListener('scroll', look, { passive: true, signal: events.signal });
  document.addEventListener('visibilitychange', look, { signal: events.signal });
  addEventListener('supportlive:sent', () => scroller.scrollTo({ top: 0 }), { signal: events.signal });
  addEventListener('focus', look, { signal: events.signal });
  button.addEventListener('click', () => scroller.scrollTo({ top: 0, behavior: 'smooth' }), { signal: events.signal });
  look();
  return { stop() { stopped = true; changes.disconnect(); events.abort(); } };
}
