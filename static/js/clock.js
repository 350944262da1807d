// <p data-clock data-left="600" data-total="1200" …>: counts down quietly beside the server's clock, which decides, and says how much is
// left at half, 5 minutes, 1 minute, 30 and 10 seconds. When the time is up, what stands on the page is sent, and the result is fetched
// once the server takes nothing more. A page that comes in between sends nothing: it would chase the reader through all that is left.
const GRACE = 11;

for (const clock of document.querySelectorAll("[data-clock]")) {
  const { left, total, minutes, minute, seconds, half, over } = clock.dataset;
  const shown = clock.querySelector("[data-clock-left]");
  const said = document.querySelector("[data-clock-said]");
  const end = Date.now() + Number(left) * 1000;
  const marks = [Math.floor(Number(total) / 2), 300, 60, 30, 10];
  let before = Number(left) + 1;
  let isOver = false;

  const words = (rest) => {
    if (rest < 60) return seconds.replace("%n", rest);
    const whole = Math.ceil(rest / 60);
    return whole === 1 ? minute : minutes.replace("%n", whole);
  };

  const tick = () => {
    const rest = Math.round((end - Date.now()) / 1000);
    shown.textContent = rest > 0 ? words(rest) : over;
    const passed = marks.filter((mark) => rest <= mark && mark < before);
    if (passed.length && rest > 0) said.textContent = (passed[0] === marks[0] ? `${half} ` : "") + words(rest);
    before = rest;
    if (rest > 0) return;
    if (!isOver) {
      isOver = true;
      said.textContent = over;
      if (Number(left) > 0) document.querySelector('button[name="go"][value="later"]')?.click();
    }
    if (rest <= -GRACE) {
      clearInterval(timer);
      location.assign(location.pathname);
    }
  };

  const timer = setInterval(tick, 1000);
  tick();
}
