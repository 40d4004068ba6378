/*
 * The officer's page by keyboard: the line and its earlier lines, moving between records, the viewer of the signed
 * order, and saying plainly when there was no connection. The page also works without this file, less comfortably.
 */
"use strict";

(function () {
  const line = document.getElementById("line");
  const answer = document.getElementById("answer");
  const asking = document.getElementById("asking");
  const banner = document.getElementById("no-connection");
  const formBox = document.getElementById("form-box");
  const keys = document.getElementById("keys");

  function isTyping(element) {
    return element instanceof HTMLElement && (element.matches("input, select, textarea") || element.isContentEditable);
  }

  /* ---- The line ---- */

  /* Kept in memory only: names asked about must not outlive this page on a shared vehicle's screen. */
  const earlier = [];
  let at = 0;
  let unsent = "";

  function toLine(selectAll) {
    line.focus();
    if (selectAll) {
      line.select();
    } else {
      line.setSelectionRange(line.value.length, line.value.length);
    }
  }

  function show(text) {
    line.value = text;
    line.setSelectionRange(text.length, text.length);
  }

  function remember(text) {
    if (text && earlier[earlier.length - 1] !== text) {
      earlier.push(text);
    }
    at = earlier.length;
  }

  line.addEventListener("keydown", function (event) {
    if (event.key === "ArrowUp" && at > 0) {
      event.preventDefault();
      if (at === earlier.length) {
        unsent = line.value;
      }
      at -= 1;
      show(earlier[at]);
    } else if (event.key === "ArrowDown" && at < earlier.length) {
      event.preventDefault();
      at += 1;
      show(at === earlier.length ? unsent : earlier[at]);
    } else if (event.key === "Escape") {
      event.preventDefault();
      at = earlier.length;
      show(line.dataset.starter);
    }
  });

  /* ---- Asking ---- */

  let sentValue = "";
  let slowTimer = 0;

  function markOld() {
    const old = answer.querySelector(".answer");
    if (old) {
      old.classList.add("is-old");
      old.querySelector(".old-mark").hidden = false;
    }
  }

  function sayNoConnection(title, text) {
    banner.querySelector(".no-connection-title").textContent = title;
    banner.querySelector(".no-connection-text").textContent = text;
    banner.hidden = false;
    asking.textContent = "";
    window.clearTimeout(slowTimer);
    markOld();
  }

  document.body.addEventListener("htmx:beforeRequest", function (event) {
    if (event.detail.elt.id === "line-form") {
      remember(line.value.trim().toUpperCase());
    }
    sentValue = line.value;
    markOld();
    banner.hidden = true;
    asking.textContent = "Asking…";
    window.clearTimeout(slowTimer);
    slowTimer = window.setTimeout(function () {
      asking.textContent = "Still asking: no answer yet…";
    }, 3000);
  });

  document.body.addEventListener("htmx:sendError", function () {
    sayNoConnection("No connection: nothing was asked",
      "Your question did not reach the switch. What you typed is kept; ask again, or ask by radio.");
  });

  document.body.addEventListener("htmx:timeout", function () {
    sayNoConnection("No answer came: you have no answer",
      "The connection was lost while waiting. Treat the question as not asked; ask again, or ask by radio.");
  });

  document.body.addEventListener("htmx:responseError", function (event) {
    sayNoConnection("No answer: something is wrong at the other end",
      "It said " + event.detail.xhr.status + ". Treat the question as not asked; ask again, or ask by radio.");
  });

  document.body.addEventListener("htmx:swapError", function () {
    sayNoConnection("The answer could not be shown", "Ask again, or ask by radio.");
  });

  document.body.addEventListener("htmx:afterSwap", function (event) {
    if (event.detail.target !== answer) {
      return;
    }
    window.clearTimeout(slowTimer);
    asking.textContent = "";
    const shown = answer.querySelector(".answer");
    if (shown && shown.dataset.line && formBox.open) {
      remember(shown.dataset.line);
    }
    if (line.value !== sentValue) {
      return; /* Somebody is already typing the next question: leave them there. */
    }
    if (shown && shown.dataset.status === "answered") {
      formBox.open = false;
      const first = answer.querySelector(".hit") || answer.querySelector(".answer-title");
      first.focus({preventScroll: true});
      window.scrollTo(0, 0);
    } else if (!formBox.open) {
      toLine(false);
    }
  });

  window.addEventListener("offline", function () {
    sayNoConnection("No connection", "This device is offline. Nothing can be asked until it is back.");
  });
  window.addEventListener("online", function () {
    banner.hidden = true;
  });

  /* ---- Moving between records ---- */

  function hits() {
    return Array.from(answer.querySelectorAll(".hit"));
  }

  function currentHit() {
    return document.activeElement ? document.activeElement.closest(".hit") : null;
  }

  function move(step) {
    const all = hits();
    if (all.length === 0) {
      return;
    }
    const here = all.indexOf(currentHit());
    const next = here < 0 ? 0 : Math.min(Math.max(here + step, 0), all.length - 1);
    all[next].focus({preventScroll: true});
    all[next].scrollIntoView({block: next === 0 ? "nearest" : "start"});
  }

  document.addEventListener("keydown", function (event) {
    if (document.querySelector("dialog[open]")) {
      return;
    }
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      toLine(true);
      return;
    }
    if (event.key === "F2") {
      event.preventDefault();
      formBox.open = true;
      document.getElementById("question_surname").focus();
      return;
    }
    if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const inAnswer = answer.contains(event.target) || event.target === document.body;
    if (event.key === "/") {
      event.preventDefault();
      toLine(true);
    } else if (event.key === "?") {
      event.preventDefault();
      keys.showModal();
    } else if (event.key === "j" || (event.key === "ArrowDown" && inAnswer && currentHit() === event.target && hits().length > 1)) {
      event.preventDefault();
      move(1);
    } else if (event.key === "k" || (event.key === "ArrowUp" && inAnswer && currentHit() === event.target && hits().length > 1)) {
      event.preventDefault();
      move(-1);
    } else if (event.key === "i") {
      const hit = currentHit() || hits()[0];
      const button = hit ? hit.querySelector(".hit-image") : null;
      if (button) {
        event.preventDefault();
        openViewer(button);
      }
    }
  });

  /* ---- The signed order ---- */

  const viewer = document.getElementById("viewer");
  const viewerTitle = document.getElementById("viewer-title");
  const viewerStatus = document.getElementById("viewer-status");
  const viewerImage = document.getElementById("viewer-image");
  const viewerPage = document.getElementById("viewer-page");
  const viewerLarger = document.getElementById("viewer-larger");
  const thumbnails = document.getElementById("viewer-thumbnails");

  /* `pictures` shows each page large; the same picture stands small in the list. */
  let opened = null;

  function addressOf(record, page) {
    return "/officer/order/" + encodeURIComponent(record) + "/page/" + page + "/";
  }

  function openViewer(button) {
    opened = {record: button.dataset.record, count: 1, page: 1, pictures: window.pagePictures()};
    thumbnails.replaceChildren();
    viewerPage.classList.remove("is-larger");
    viewerLarger.setAttribute("aria-pressed", "false");
    viewer.showModal();
    showPage(1);
    viewerPage.focus();
  }

  /* How many pages there are is known when the first has come. */
  function listPages(count) {
    opened.count = count;
    for (let page = thumbnails.children.length + 1; page <= count; page += 1) {
      const item = document.createElement("li");
      const choice = document.createElement("button");
      choice.type = "button";
      choice.textContent = "Page " + page;
      choice.addEventListener("click", function () { showPage(page); });
      item.append(choice);
      thumbnails.append(item);
    }
  }

  function showPage(page) {
    const looking = opened;
    looking.page = page;
    titleAndMark();
    viewerImage.hidden = true;
    viewerStatus.textContent = "Fetching page " + page + "…";
    const place = {image: viewerImage, alt: "Page " + page + " of the signed order " + looking.record, status: viewerStatus, region: viewerPage};
    looking.pictures.show(addressOf(looking.record, page), place, function () {
      return opened === looking && looking.page === page;
    }).then(function (picture) {
      if (opened === looking && picture.address) {
        listPages(picture.pages);
        addThumbnail(page, picture.address);
        titleAndMark();
      }
    });
  }

  function titleAndMark() {
    viewerTitle.textContent = "Signed order " + opened.record + ", page " + opened.page + " of " + opened.count;
    Array.from(thumbnails.querySelectorAll("button")).forEach(function (choice, index) {
      if (index + 1 === opened.page) {
        choice.setAttribute("aria-current", "true");
      } else {
        choice.removeAttribute("aria-current");
      }
    });
  }

  function addThumbnail(page, address) {
    const choice = thumbnails.querySelectorAll("button")[page - 1];
    if (choice && !choice.querySelector("img")) {
      const small = document.createElement("img");
      small.src = address;
      small.alt = "";
      choice.prepend(small);
    }
  }

  function larger() {
    const isLarger = viewerPage.classList.toggle("is-larger");
    viewerLarger.setAttribute("aria-pressed", String(isLarger));
  }

  viewer.addEventListener("keydown", function (event) {
    if (event.key === "ArrowRight" || event.key === "PageDown") {
      event.preventDefault();
      showPage(Math.min(opened.page + 1, opened.count));
    } else if (event.key === "ArrowLeft" || event.key === "PageUp") {
      event.preventDefault();
      showPage(Math.max(opened.page - 1, 1));
    } else if (event.key.toLowerCase() === "z" && !event.ctrlKey) {
      larger();
    }
  });
  viewer.addEventListener("close", function () {
    const closed = opened;
    opened = null;
    viewerImage.removeAttribute("src");
    thumbnails.replaceChildren();
    closed.pictures.giveBack();
  });
  viewerLarger.addEventListener("click", larger);
  document.getElementById("viewer-close").addEventListener("click", function () { viewer.close(); });
  answer.addEventListener("click", function (event) {
    const button = event.target.closest(".hit-image");
    if (button) {
      openViewer(button);
    }
  });

  toLine(false);
})();
