/* Covers a page that nobody has touched for half an hour; the password opens it again, with what was typed still there. */
"use strict";

(function () {
  const LOCKED_AFTER_MS = 30 * 60 * 1000;
  const LOOK_EVERY_MS = 15 * 1000;
  const SAY_EVERY_MS = 5 * 60 * 1000;
  const TOUCHES = ["pointerdown", "keydown", "wheel", "touchstart"];
  const cover = document.getElementById("screen-lock");
  if (!cover) {
    return;
  }
  const form = cover.querySelector("form");
  const fault = cover.querySelector(".usa-error-message");
  let touchedAt = Date.now();
  let saidAt = touchedAt;

  function send(address, body) {
    const headers = {"X-Requested-With": "screen-lock", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value};
    return fetch(address, {method: "POST", headers: headers, body: body, redirect: "manual"});
  }

  function isCovered() {
    return document.body.classList.contains("is-locked");
  }

  function lock() {
    document.body.classList.add("is-locked");
    cover.showModal();
    /* A server that cannot be reached locks by itself in its own time. */
    send(form.dataset.lock).catch(function () {});
  }

  function touch() {
    if (isCovered()) {
      return;
    }
    touchedAt = Date.now();
    if (touchedAt - saidAt >= SAY_EVERY_MS) {
      saidAt = touchedAt;
      send(form.dataset.seen).catch(function () {});
    }
  }

  function look() {
    if (!isCovered() && Date.now() - touchedAt >= LOCKED_AFTER_MS) {
      lock();
    }
  }

  form.addEventListener("submit", async function (event) {
    event.preventDefault();
    let words = "The server does not answer. Try again.";
    try {
      const answer = await send(form.action, new FormData(form));
      if (answer.status === 204) {
        form.reset();
        fault.hidden = true;
        document.body.classList.remove("is-locked");
        cover.close();
        touch();
        return;
      }
      if (answer.status === 403) {
        words = await answer.text();
      } else if (answer.type === "opaqueredirect") {
        /* Signed out meanwhile: the page that is asked for says so. */
        window.location.reload();
        return;
      }
    } catch (error) {
      /* The words above say it. */
    }
    fault.textContent = words;
    fault.hidden = false;
    form.elements.password.select();
  });
  cover.addEventListener("cancel", function (event) {
    event.preventDefault();
  });
  TOUCHES.forEach(function (name) {
    document.addEventListener(name, touch, {capture: true, passive: true});
  });
  document.addEventListener("visibilitychange", look);
  window.setInterval(look, LOOK_EVERY_MS);
})();
