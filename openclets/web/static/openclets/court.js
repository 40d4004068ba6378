/*
 * Filing an order: handing in files by button or by dropping, the entry by keyboard, and losing nothing when the
 * session ends, the connection breaks or something is not taken.
 */
"use strict";

(function () {
  const filing = document.getElementById("filing");
  const trouble = document.getElementById("trouble");

  /* ---- Trouble ---- */

  function say(title, text, options) {
    const wanted = options || {};
    trouble.querySelector(".trouble-title").textContent = title;
    trouble.querySelector(".trouble-text").textContent = text;
    trouble.querySelector(".trouble-link").hidden = !wanted.signIn;
    trouble.querySelector(".trouble-said").innerHTML = wanted.said || ""; /* Our own page's words, escaped there. */
    trouble.hidden = false;
    trouble.focus();
  }

  function settle() {
    trouble.hidden = true;
  }

  function sayNoConnection() {
    say("No connection: nothing was filed", "It did not reach the registry. Everything on this page is kept; try again when the connection is back.");
  }

  /* It may have arrived and only its answer been lost: nobody here can tell. */
  function sayNoAnswer() {
    say("The connection broke: no answer came", "It is not certain whether this arrived. Everything on this page is kept. "
      + "Sending it again is safe: the same signed order is never filed twice.");
  }

  function saySignedOut() {
    say("You are signed out: nothing was filed", "Everything on this page is kept.", {signIn: true});
  }

  /* ---- Sending ---- */

  /* Before anything is sent, the token of the session as it is now: a new one after signing in again. */
  let isAsking = false;

  async function takeToken() {
    const response = await fetch(filing.dataset.token, {headers: {"HX-Request": "true"}});
    if (response.status === 401) {
      saySignedOut();
      return false;
    }
    if (!response.ok) {
      say("It cannot be sent now", "Everything on this page is kept.", {said: await response.text()});
      return false;
    }
    const now = await response.json();
    if (now.user !== filing.dataset.user) {
      say("Somebody else is signed in now", "This page was opened by " + filing.dataset.user + ", and now " + now.user
        + " is signed in. Sign in as " + filing.dataset.user + " in another tab to go on here.");
      return false;
    }
    document.querySelectorAll("input[name=csrfmiddlewaretoken]").forEach(function (input) { input.value = now.token; });
    return true;
  }

  document.body.addEventListener("htmx:confirm", function (event) {
    if (event.detail.verb !== "post") {
      return;
    }
    event.preventDefault();
    if (isAsking || !isTakeable(event.detail.elt)) {
      return;
    }
    isAsking = true;
    takeToken().then(function (may) {
      if (may) {
        event.detail.issueRequest(true);
      }
    }, sayNoConnection).finally(function () { isAsking = false; });
  });

  document.body.addEventListener("htmx:beforeRequest", function (event) {
    settle();
    clearFault(event.detail.elt);
    work(event.detail.elt, "Sending…");
  });
  document.body.addEventListener("htmx:afterRequest", function (event) { work(event.detail.elt, ""); });
  document.body.addEventListener("htmx:sendError", sayNoAnswer);
  document.body.addEventListener("htmx:timeout", sayNoAnswer);
  document.body.addEventListener("htmx:responseError", function (event) {
    say("Something is wrong at the other end", "It said " + event.detail.xhr.status + ". Everything on this page is kept. "
      + "Filing again is safe: the same signed order is never filed twice.");
  });

  document.body.addEventListener("htmx:beforeSwap", function (event) {
    const status = event.detail.xhr.status;
    const fault = document.getElementById(event.detail.requestConfig.elt.dataset.fault || "");
    if (status === 401) {
      event.detail.shouldSwap = false;
      saySignedOut();
    } else if (status === 403 || status === 503) {
      event.detail.shouldSwap = false;
      say(status === 403 ? "Refused: nothing was filed" : "Not available now: nothing was filed",
        "Everything on this page is kept.", {said: event.detail.serverResponse});
    } else if (status === 413 && fault) {
      event.detail.shouldSwap = false;
      event.detail.isError = false;
      sayTooLarge(fault);
    } else if (status === 400 && fault) {
      event.detail.target = fault;
      event.detail.swapOverride = "innerHTML";
    } else if (status === 400 && !event.detail.xhr.getResponseHeader("HX-Retarget")) {
      /* Only an answer that says so takes the place of the entry: any other would lose what was typed. */
      event.detail.shouldSwap = false;
      say("Not accepted: nothing was filed", "Everything on this page is kept.", {said: event.detail.serverResponse});
    }
  });

  document.body.addEventListener("htmx:afterSwap", function (event) {
    const order = event.detail.target.closest("#forms-read") ? event.detail.target.querySelector("li:last-child") : null;
    if (order && order.dataset.orderType) {
      chooseType(order.dataset.orderType);
    }
    const title = filing.querySelector(".filed-title");
    const faults = filing.querySelector("#entry-faults");
    if (title) {
      isOpen = false;
      title.focus();
      window.scrollTo(0, 0);
    } else if (faults && event.detail.target.id === "entry-form") {
      faults.focus();
      faults.scrollIntoView({block: "start"});
    } else if (event.detail.target === filing) {
      isOpen = true;
      filing.querySelector(".entry-title").focus({preventScroll: true});
      window.scrollTo(0, 0);
    }
  });

  window.addEventListener("offline", function () {
    say("No connection", "This device is offline. Everything on this page is kept; nothing can be filed until it is back.");
  });
  window.addEventListener("online", settle);

  /* Nothing of an entry is kept anywhere else before it is filed. */
  let isOpen = false;
  window.addEventListener("beforeunload", function (event) {
    if (isOpen) {
      event.preventDefault();
    }
  });

  /* ---- Handing in ---- */

  let lastSigned = null;

  function clearFault(element) {
    const fault = document.getElementById(element.dataset.fault || "");
    if (fault) {
      fault.replaceChildren();
    }
  }

  function sayTooLarge(fault) {
    const most = Number(filing.dataset.mostBytes) / 1024 / 1024;
    const text = document.createElement("p");
    const strong = document.createElement("strong");
    strong.textContent = "Not taken: the document is too large.";
    text.append(strong, " Accepted: at most " + most + " megabytes. Error 61. Everything else on this page is kept.");
    fault.replaceChildren(text);
  }

  /* A file beyond the limit is told so before it is sent; the registry refuses it all the same. */
  function isTakeable(element) {
    if (!element.matches(".zone")) {
      return true;
    }
    const input = element.querySelector("input[type=file]");
    if (!input.files.length) {
      return false;
    }
    if (input.files[0].size > Number(filing.dataset.mostBytes)) {
      sayTooLarge(document.getElementById(element.dataset.fault));
      input.value = "";
      return false;
    }
    if (element.id === "zone-signed" && /\.pdf$/i.test(input.files[0].name)) {
      lastSigned = new DataTransfer();
      lastSigned.items.add(input.files[0]);
    }
    return true;
  }

  function work(element, text) {
    const box = element.querySelector(".zone-work");
    if (box) {
      box.hidden = !text;
      box.querySelector("progress").value = 0;
      box.querySelector(".zone-status").textContent = text;
      if (!text) {
        element.querySelector("input[type=file]").value = "";
        const same = document.querySelector(".same-file");
        same.hidden = !(lastSigned && document.querySelector("#signed-kept li"));
      }
    }
    const status = element.querySelector(".file-status");
    if (status) {
      status.textContent = text ? "Filing…" : "";
    }
  }

  document.body.addEventListener("htmx:xhr:progress", function (event) {
    const box = event.target.querySelector(".zone-work");
    if (box && event.detail.lengthComputable && event.detail.total) {
      const percent = Math.round(100 * event.detail.loaded / event.detail.total);
      box.querySelector("progress").value = percent;
      box.querySelector(".zone-status").textContent = percent < 100 ? percent + " %" : "Sent. Every page is being looked at…";
    }
  });

  function zoneOf(event) {
    return event.target instanceof Element ? event.target.closest(".zone") : null;
  }

  document.addEventListener("dragover", function (event) {
    /* Also beside the places: a file dropped there would replace this page with itself. */
    event.preventDefault();
    document.querySelectorAll(".zone.is-over").forEach(function (zone) { zone.classList.remove("is-over"); });
    if (zoneOf(event)) {
      zoneOf(event).classList.add("is-over");
    }
  });
  document.addEventListener("dragleave", function (event) {
    if (zoneOf(event) && !zoneOf(event).contains(event.relatedTarget)) {
      zoneOf(event).classList.remove("is-over");
    }
  });
  document.addEventListener("drop", function (event) {
    event.preventDefault();
    const zone = zoneOf(event);
    if (zone) {
      zone.classList.remove("is-over");
      handIn(zone, event.dataTransfer.files);
    }
  });

  function handIn(zone, files) {
    if (files.length) {
      const input = zone.querySelector("input[type=file]");
      input.files = files;
      input.dispatchEvent(new Event("change", {bubbles: true}));
    }
  }

  function chooseType(code) {
    const chosen = document.querySelector("input[name=order_type]:checked");
    const radio = document.querySelector("input[name=order_type][value='" + code + "']");
    if (!chosen && radio) {
      radio.checked = true;
    }
  }

  /* ---- The entry ---- */

  function valueOf(form, name) {
    return Array.from(new FormData(form).getAll(name), function (value) { return value === "on" ? "yes" : value; }).sort().join(",");
  }

  function compare(event) {
    const field = event.target.closest(".field[data-name]");
    const mark = field ? field.querySelector(".read") : null;
    if (mark) {
      mark.classList.toggle("is-changed", valueOf(event.target.form, field.dataset.name) !== mark.dataset.value);
    }
  }

  filing.addEventListener("input", compare);
  filing.addEventListener("change", compare);

  function turn(detail) {
    const paper = filing.querySelector("[data-paper]");
    if (paper) {
      paper.dispatchEvent(new CustomEvent("paper:turn", {detail: detail}));
    }
  }

  filing.addEventListener("keydown", function (event) {
    if (event.key === "F2") {
      const field = event.target.closest(".field[data-name]");
      const mark = field ? field.querySelector(".read") : null;
      if (mark && Number(mark.dataset.page)) {
        event.preventDefault();
        turn({page: Number(mark.dataset.page)});
      }
    } else if (event.altKey && (event.key === "PageDown" || event.key === "PageUp")) {
      event.preventDefault();
      turn({step: event.key === "PageDown" ? 1 : -1});
    }
  });

  filing.addEventListener("click", function (event) {
    const button = event.target.closest("button");
    if (!button) {
      return;
    }
    if (button.id === "same-file") {
      handIn(document.getElementById("zone-form"), lastSigned.files);
    } else if (button.matches(".kept-remove")) {
      const zone = button.closest(".zone");
      button.closest("li").remove();
      zone.querySelector("input[type=file]").focus();
    } else if (button.matches(".add-person")) {
      addPerson();
    } else if (button.matches(".remove-person")) {
      removePerson(button.closest(".person"));
    }
  });

  function addPerson() {
    const count = filing.querySelector("input[name=protected-count]");
    const row = filing.querySelector(".blank-person").content.firstElementChild.cloneNode(true);
    row.querySelectorAll("*").forEach(function (element) {
      ["id", "name", "for", "aria-describedby", "data-name"].forEach(function (name) {
        if (element.hasAttribute(name)) {
          element.setAttribute(name, element.getAttribute(name).replaceAll("__row__", count.value));
        }
      });
    });
    row.setAttribute("aria-label", "Protected person " + (Number(count.value) + 1));
    count.value = Number(count.value) + 1;
    filing.querySelector(".people").append(row);
    row.querySelector("input").focus();
  }

  /* Rows keep their numbers: an emptied one is passed over when it is filed. */
  function removePerson(row) {
    row.querySelectorAll("input").forEach(function (input) { input.value = ""; });
    row.querySelectorAll("select").forEach(function (select) { select.selectedIndex = 0; });
    row.hidden = true;
    filing.querySelector(".add-person").focus();
  }
})();
