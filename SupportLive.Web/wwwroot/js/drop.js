// Elements marked data-drop take what is dropped on them; which one would take it is shown without asking the server at every move of the mouse.
let over = null;

function mark(target) {
  if (target === over) return;
  over?.classList.remove('over');
  over = target;
  over?.classList.add('over');
}

addEventListener('dragover', (e) => {
  const target = e.target.closest?.('[data-drop]') ?? null;
  mark(target);
  if (target) e.preventDefault();
});
for (const end of ['drop', 'dragend']) addEventListener(end, () => mark(null), true);
