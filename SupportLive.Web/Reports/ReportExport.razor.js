// Fetches a file piece by piece and saves it only when all of it has come: half a file must not look like a whole one.
export function start(url, dotnet) {
  const abort = new AbortController();
  let over = false;
  const tell = (problem) => { if (!over) { over = true; dotnet.invokeMethodAsync('Done', problem).catch(() => {}); } };
  run(url, abort.signal, (rows, of) => { if (!over) dotnet.invokeMethodAsync('Progress', rows, of).catch(() => {}); })
    .then(() => tell(null), (e) => tell(e.sentence ?? 'The export stopped before it was complete. Nothing was saved; please try again.'));
  return { cancel() { over = true; abort.abort(); } };
}

async function run(url, signal, progress) {
  const answer = await fetch(url, { signal, credentials: 'same-origin' });
  if (!answer.ok) throw Object.assign(new Error(), { sentence: (await answer.json().catch(() => ({}))).detail });
  const of = Number(answer.headers.get('X-Rows')) || 0;
  const parts = [];
  const reader = answer.body.getReader();
  let rows = -1; // the head is no row
  let told = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    for (const byte of value) if (byte === 10) rows++;
    if (of && performance.now() - told > 200) { told = performance.now(); progress(Math.max(0, Math.min(rows, of)), of); }
  }
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob(parts, { type: answer.headers.get('Content-Type') ?? '' }));
  link.download = /filename="?([^";]+)/.exec(answer.headers.get('Content-Disposition') ?? '')?.[1] ?? 'report';
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}
