// What only the browser knows: the reader's time zone, and which ones there are.
export const zone = () => Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';

export function fill(list) {
  if (list.childElementCount) return;
  for (const name of ['UTC', ...(Intl.supportedValuesOf?.('timeZone') ?? [])]) list.append(new Option(name, name));
}
