/* What every page needs: the choice between the day and the night view, kept on this device. */
"use strict";

(function () {
  const ONE_YEAR_SECONDS = 31536000;
  const root = document.documentElement;
  const button = document.getElementById("theme-toggle");
  if (!button) {
    return;
  }

  function isNight() {
    const chosen = root.dataset.theme;
    return chosen === "night" || (chosen !== "day" && window.matchMedia("(prefers-color-scheme: dark)").matches);
  }

  function show() {
    button.querySelector(".theme-to-night").hidden = isNight();
    button.querySelector(".theme-to-day").hidden = !isNight();
  }

  button.addEventListener("click", function () {
    root.dataset.theme = isNight() ? "day" : "night";
    /* A cookie, not local storage: the server can then send the page dark, without a flash of white. */
    const secure = window.location.protocol === "https:" ? "; Secure" : "";
    document.cookie = "theme=" + root.dataset.theme + "; Path=/; Max-Age=" + ONE_YEAR_SECONDS + "; SameSite=Strict" + secure;
    show();
  });
  button.hidden = false;
  show();
})();
