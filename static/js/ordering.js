// <ol data-ordering>: steps that are moved by arrows or by a handle. Their lists of places stay the form's fields, out of sight.
for (const list of document.querySelectorAll("[data-ordering]")) {
  const form = list.closest("form");
  const spoken = form.querySelector("[data-ordering-status]");
  const steps = () => [...list.querySelectorAll("[data-step]")];
  const place = (step) => steps().indexOf(step) + 1;

  const write = () => {
    for (const step of steps()) step.querySelector("select").value = place(step);
  };
  const showEnds = () => {
    for (const step of steps()) {
      step.querySelector('[data-move="-1"]').disabled = place(step) === 1;
      step.querySelector('[data-move="1"]').disabled = place(step) === steps().length;
    }
  };
  const moved = (step) => {
    write();
    showEnds();
    spoken.textContent = list.dataset.said
      .replace("{step}", step.querySelector("[data-step-text]").textContent)
      .replace("{place}", place(step))
      .replace("{count}", steps().length);
    list.dispatchEvent(new Event("change", { bubbles: true }));
  };

  for (const part of form.querySelectorAll("[data-ordering-with], [data-handle], [data-moves]")) part.hidden = false;
  for (const part of form.querySelectorAll("[data-ordering-without], .step-place")) part.hidden = true;
  showEnds();

  list.addEventListener("click", (event) => {
    const button = event.target.closest("[data-move]");
    if (!button) return;
    const step = button.closest("[data-step]");
    if (button.dataset.move === "-1") step.previousElementSibling?.before(step);
    else step.nextElementSibling?.after(step);
    moved(step);
    // At an end its arrow goes out: the other one takes the focus.
    (button.disabled ? step.querySelector("[data-move]:not(:disabled)") : button).focus();
  });

  for (const handle of list.querySelectorAll("[data-handle]")) {
    const step = handle.closest("[data-step]");
    let before;
    handle.addEventListener("pointerdown", (event) => {
      handle.setPointerCapture(event.pointerId);
      before = place(step);
      step.classList.add("is-moving");
    });
    handle.addEventListener("pointermove", (event) => {
      if (!handle.hasPointerCapture(event.pointerId)) return;
      const middle = (other) => other.getBoundingClientRect().top + other.offsetHeight / 2;
      const others = steps().filter((other) => other !== step);
      const next = others.find((other) => event.clientY < middle(other));
      if (next === step.nextElementSibling || (!next && step === steps().at(-1))) return;
      // Moving the element itself would end the capture of its handle: the others go round it.
      const wanted = next ? [...others.slice(0, others.indexOf(next)), step, ...others.slice(others.indexOf(next))] : [...others, step];
      for (const other of wanted.slice(0, wanted.indexOf(step))) step.before(other);
      for (const other of wanted.slice(wanted.indexOf(step) + 1).reverse()) step.after(other);
    });
    for (const end of ["pointerup", "pointercancel"]) {
      handle.addEventListener(end, () => {
        step.classList.remove("is-moving");
        if (place(step) !== before) moved(step);
      });
    }
  }

  // Left as it stands, it is the answer too; but not for “Come back to it”.
  form.addEventListener("submit", (event) => { if (!event.submitter?.formNoValidate) write(); }, { capture: true });
}
