// Enter and comma make a tag of what stands in the box, before anything behind it is typed; leaving the box does too.
export function attach(box, dotnet) {
  const events = new AbortController();
  const listen = (name, does) => box.addEventListener(name, does, { signal: events.signal });

  function take() {
    const text = box.value;
    box.value = '';
    if (text.replaceAll(',', '').trim()) {
      dotnet.invokeMethodAsync('Add', text).then((rest) => { if (rest && !box.value) box.value = rest; }, () => { box.value = text; });
    }
  }

  listen('keydown', (e) => {
    if (e.isComposing) return;
    if (e.key === 'Enter' || e.key === ',') { e.preventDefault(); take(); }
    else if (e.key === 'Backspace' && !box.value && !e.repeat) dotnet.invokeMethodAsync('TakeBack').catch(() => {});
  });
  listen('input', (e) => { if (!e.isComposing && box.value.includes(',')) take(); });
  listen('blur', take);
  return { detach() { events.abort(); } };
}
