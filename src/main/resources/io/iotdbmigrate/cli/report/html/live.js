"use strict";
const events = new EventSource("events");
events.onmessage = event => {
  document.querySelector("main").outerHTML = event.data;
};
events.onerror = () => {
  events.close();
  document.body.classList.add("ended");
  document.querySelector("footer p").textContent =
    "No longer live: the command has ended. This is how it was at " + new Date().toISOString() + ".";
};
