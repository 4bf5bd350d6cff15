// Imports on their way: the page of one follows its events, the page of imports asks now and then. Both pages work without it.
(() => {
  const show = (box, job) => {
    box.querySelector("progress").value = job.percent;
    box.querySelector("[data-says]").textContent = job.says;
    box.querySelector("[data-left]").textContent = job.left;
  };
  const later = (work, ms) => setTimeout(() => (document.hidden ? later(work, ms) : work()), ms);

  const one = document.querySelector("[data-events]");
  if (one) {
    const follow = (job) => {
      show(one, job);
      if (!job.over) return;
      location.replace(job.next);
      // A file is saved and the page stays: it says so, and leads to the file again.
      if (job.bytes) setTimeout(() => location.reload(), 1500);
    };
    const ask = async () => {
      const answer = await fetch(one.dataset.json).catch(() => null);
      if (answer && answer.ok) follow(await answer.json());
      else if (answer && answer.status === 404) return location.reload();
      later(ask, 2000);
    };
    let events;
    const listen = () => {
      events = new EventSource(one.dataset.events);
      events.onmessage = (event) => {
        const job = JSON.parse(event.data);
        if (job.over) events.close();
        follow(job);
      };
      // Refused, or gone with the program: asking still works, or says so.
      events.onerror = () => {
        if (events.readyState === EventSource.CLOSED) ask();
      };
    };
    listen();
    // A browser has few lines to one server; a page nobody sees needs none.
    document.addEventListener("visibilitychange", () => {
      events.close();
      if (!document.hidden) listen();
    });
  }

  if (document.querySelector("[data-jobs]")) {
    // When a job comes or goes the lists are fetched anew; the form with its chosen file stays.
    const renew = async () => {
      const answer = await fetch(location.href).catch(() => null);
      if (!answer || !answer.ok) return;
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const part of document.querySelectorAll("[data-live]")) {
        const other = fresh.getElementById(part.id);
        if (other) part.replaceWith(document.importNode(other, true));
      }
    };
    const look = async () => {
      const boxes = new Map([...document.querySelectorAll("[data-jobs] [data-job]")].map((box) => [box.dataset.job, box]));
      const answer = await fetch(document.querySelector("[data-jobs]").dataset.jobs).catch(() => null);
      if (answer && answer.ok) {
        const { jobs } = await answer.json();
        for (const job of jobs) if (boxes.has(job.job)) show(boxes.get(job.job), job);
        const same = jobs.length === boxes.size && jobs.every((job) => boxes.has(job.job) && (!job.over || boxes.get(job.job).dataset.over));
        if (!same) await renew();
        if (jobs.every((job) => job.over)) return;
      }
      later(look, 1000);
    };
    later(look, 1000);
  }
})();
