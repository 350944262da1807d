// <section data-progress="2000">: its parts (data-progress-part) are fetched again every so many milliseconds, until the
// section comes without a number. A part that says the same stays untouched, so that a screen reader hears only what changed.
const PART = "[data-progress-part]";
const section = document.querySelector("[data-progress]");

const fetched = async () => {
  const answer = await fetch(location.href, { signal: AbortSignal.timeout?.(10000) });
  if (!answer.ok || answer.redirected) return null;
  return new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-progress]");
};

const refresh = async () => {
  const now = await fetched().catch(() => null);
  if (now) {
    const parts = now.querySelectorAll(PART);
    section.querySelectorAll(PART).forEach((part, index) => {
      if (part.innerHTML !== parts[index].innerHTML) part.innerHTML = parts[index].innerHTML;
    });
    section.dataset.progress = now.dataset.progress;
  }
  wait();
};

const wait = () => {
  if (Number(section?.dataset.progress)) setTimeout(refresh, Number(section.dataset.progress));
};

wait();
