// One-key shortcuts: an element says which key clicks it (data-key); j and k walk along links marked data-row.
// G and then Q, M or W goes to the queue, to what is mine, to the wall: as far as the navigation leads there.
const places = { q: ['/desk', '?tab=queue'], m: ['/desk', '?tab=mine'], w: ['/admin', ''] };
let going = 0;

const typing = (element) => element.closest('input, textarea, select, [contenteditable]');

// A menu goes when one of its links was followed.
addEventListener('click', (e) => { if (e.target.closest('a')) e.target.closest('[popover]')?.hidePopover(); });

// Who has chosen out of the search goes on in what it opens (see Timeline.razor.js), and not in the box.
addEventListener('keydown', (e) => { if (e.target.matches?.('[data-search]')) e.target.toggleAttribute('data-chosen', e.key === 'Enter'); }, true);

addEventListener('keydown', (e) => {
  if ((e.ctrlKey || e.metaKey) && e.key.toLowerCase() === 'k') {
    const search = document.querySelector('[data-search]');
    if (search && !search.disabled) { e.preventDefault(); search.focus(); search.select(); }
    return;
  }
  if (e.ctrlKey || e.metaKey || e.altKey || e.isComposing || e.defaultPrevented) return;
  const inDialog = document.querySelector('.rz-dialog');
  if (e.key === 'Escape' && typing(e.target) && !inDialog) { e.target.blur(); return; }
  if (typing(e.target) || inDialog) return;
  const place = performance.now() - going < 1500 ? places[e.key] : undefined;
  going = e.key === 'g' ? performance.now() : 0;
  if (place) {
    e.preventDefault();
    if (document.querySelector(`nav a[href="${place[0]}"]`)) Blazor.navigateTo(place.join(''));
    return;
  }
  if (e.key === 'j' || e.key === 'k') { walk(e.key === 'j' ? 1 : -1); return; }
  const target = [...document.querySelectorAll(`[data-key="${CSS.escape(e.key)}"]`)].find((x) => !x.disabled && x.checkVisibility());
  if (!target) return;
  e.preventDefault();
  if (target.matches('textarea, input')) target.focus();
  else target.click();
});

function walk(step) {
  const rows = [...document.querySelectorAll('[data-row]')].filter((x) => x.checkVisibility());
  if (rows.length === 0) return;
  const at = rows.findIndex((x) => x === document.activeElement || x.getAttribute('aria-current') === 'page');
  const next = rows[at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + step))];
  next.focus();
  if (rows.some((x) => x.getAttribute('aria-current') === 'page')) next.click();
}
