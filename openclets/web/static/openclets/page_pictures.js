/*
 * Pictures of a document's pages, for the officer's viewer and for the paper beside an entry. Each page is fetched once,
 * however often it is shown: each fetch is a look that is recorded.
 */
"use strict";

(function () {
  const NOT_FETCHED = "This page was not fetched: no connection, or a fault at the other end. Choose it again to try once more.";

  window.pagePictures = function () {
    const pictures = new Map();

    async function fetchPicture(address) {
      const response = await fetch(address, {headers: {"HX-Request": "true"}});
      if (response.ok) {
        return {address: URL.createObjectURL(await response.blob()), pages: Number(response.headers.get("X-Pages"))};
      }
      if (response.status >= 500 && response.status !== 503) {
        throw new Error("the server broke");
      }
      return {refusal: await response.text()};
    }

    /* What is not a picture is asked for again the next time. */
    async function picture(address) {
      if (!pictures.has(address)) {
        pictures.set(address, fetchPicture(address));
      }
      try {
        const fetched = await pictures.get(address);
        if (fetched.refusal !== undefined) {
          pictures.delete(address);
        }
        return fetched;
      } catch {
        pictures.delete(address);
        return {failure: NOT_FETCHED};
      }
    }

    /* Shows the page at `address` in `place` ({image, alt, status, region}) if it is still the one wanted by then;
     * promises what was fetched: {address, pages}, {refusal} or {failure}. */
    async function show(address, place, isWanted) {
      const fetched = await picture(address);
      if (isWanted()) {
        place.image.hidden = !fetched.address;
        if (fetched.address) {
          place.status.textContent = "";
          place.image.src = fetched.address;
          place.image.alt = place.alt;
          place.region.scrollTo(0, 0);
        } else if (fetched.failure) {
          place.status.textContent = fetched.failure;
        } else {
          place.status.innerHTML = fetched.refusal; /* Our own page's words, escaped where they were made. */
        }
      }
      return fetched;
    }

    function giveBack() {
      pictures.forEach(async function (waiting) {
        try {
          URL.revokeObjectURL((await waiting).address);
        } catch { /* It was never fetched: nothing to give back. */ }
      });
    }

    return {show: show, giveBack: giveBack};
  };
})();
