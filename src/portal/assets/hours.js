// The sheet of a worker: sums while he types, and what he typed is saved as he goes. Works on the form that is sent
// without this, too.

const form = document.querySelector('form.hours');
const state = document.querySelector('[data-saved]');

/** Minutes after midnight of 8:30, 0830 or 8; NaN for anything else. As the server reads it (pages/typed.cc). */
function clock(text) {
  const found = /^(\d{1,2})(?:[:.](\d{2}))?$/.exec(text) ?? /^(\d{2})(\d{2})$/.exec(text);
  if (!found) return NaN;
  const [hours, minutes] = [Number(found[1]), Number(found[2] ?? 0)];
  return hours > 24 || minutes > 59 || (hours === 24 && minutes > 0) ? NaN : (hours % 24) * 60 + minutes;
}

/** Minutes of 8, 7:30 or 7,5 hours; NaN for anything else. */
function duration(text) {
  const colon = /^(\d{1,2}):(\d{2})$/.exec(text);
  if (colon) return Number(colon[1]) * 60 + Number(colon[2]);
  return /^\d{1,2}([.,]\d{1,2})?$/.test(text) ? Math.round(Number(text.replace(',', '.')) * 60) : NaN;
}

const written = (minutes) => `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
const field = (line, name) => line.querySelector(`[name^="${name}-"]`);
const text = (line, name) => field(line, name).value.trim();
const linesOf = (place) => [...place.querySelectorAll('fieldset.line')];

function minutesOf(line) {
  if (text(line, 'hours')) return duration(text(line, 'hours'));
  if (!text(line, 'start') && !text(line, 'end')) return 0;
  const worked = clock(text(line, 'end')) - clock(text(line, 'start'));
  return (worked <= 0 ? worked + 1440 : worked) - Number(text(line, 'pause') || 0);
}

/** Of each day and of all; what cannot be read counts as nothing. */
function showSums() {
  let all = 0;
  for (const day of form.querySelectorAll('li.day')) {
    const output = day.querySelector('output');
    let sum = Number(output.dataset.fixed);
    for (const line of linesOf(day)) sum += minutesOf(line) || 0;
    output.textContent = sum ? written(sum) : '';
    all += sum;
  }
  form.querySelector('.total output').textContent = written(all);
}

// ---- saving

const kept = `placet:${location.pathname}`;
const names = ['start', 'end', 'pause', 'hours', 'type', 'note'];
let timer = 0;
let saving = null;  // the request that is on its way

/** An id that is greater than those before it (UUIDv7): each save is a command of its own. */
function freshId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  let now = Date.now();
  for (let i = 5; i >= 0; --i, now = Math.floor(now / 256)) bytes[i] = now % 256;
  bytes[6] = (bytes[6] & 15) | 0x70;
  bytes[8] = (bytes[8] & 63) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

function say(name) {
  state.textContent = state.dataset[name];
  state.className = name === 'saved' ? 'quiet' : 'quiet fault';
}

/** What this browser keeps until the ledger has it. */
function keep() {
  const lines = linesOf(form).map((line) => ({
    day: text(line, 'day'), entry: text(line, 'entry'), ...Object.fromEntries(names.map((name) => [name, field(line, name).value])),
  }));
  try {
    localStorage.setItem(kept, JSON.stringify(lines));
  } catch {
    // No room, or not allowed: what is typed stands in the page all the same.
  }
}

/** Puts back what was typed when the connection was lost. */
function restore() {
  const lines = JSON.parse(localStorage.getItem(kept) ?? 'null');
  if (!lines) return;
  const free = linesOf(form);
  for (const line of lines) {
    const empty = (place) => !text(place, 'entry') && !text(place, 'start') && !text(place, 'hours');
    const at = free.findIndex((place) =>
      line.entry ? text(place, 'entry') === line.entry : text(place, 'day') === line.day && empty(place));
    if (at < 0) continue;
    const [place] = free.splice(at, 1);
    for (const name of names) field(place, name).value = line[name];
  }
  showSums();
  change();
}

async function send() {
  const lines = linesOf(form);
  const body = new URLSearchParams(new FormData(form));
  body.set('form', freshId());
  body.set('do', 'save');
  const before = body.toString();
  let response;
  try {
    response = await fetch(form.action, { method: 'POST', headers: { accept: 'application/json' }, body });
  } catch {
    say('offline');
    timer = setTimeout(save, 5000);
    return;
  }
  if (response.status === 401) return say('signedOut');
  if (!response.ok) return say('offline');
  const answer = await response.json();
  lines.forEach((line, i) => {
    field(line, 'entry').value = answer.lines[i].entry;
    line.querySelector('p.fault')?.remove();
    if (!answer.lines[i].fault) return;
    const fault = document.createElement('p');
    fault.className = 'fault';
    fault.textContent = answer.lines[i].fault;
    line.append(fault);
  });
  const now = new URLSearchParams(new FormData(form));
  for (const name of ['form', 'do']) now.delete(name);
  const unchanged = lines.every((line) => names.every((name) => {
    const key = field(line, name).name;
    return now.get(key) === new URLSearchParams(before).get(key);
  }));
  if (answer.fault) say('faulty');
  else if (unchanged) {
    localStorage.removeItem(kept);
    say('saved');
  } else change();
}

function save() {
  clearTimeout(timer);
  timer = 0;
  saving ??= send().finally(() => { saving = null; });
  return saving;
}

function change() {
  keep();
  say('typing');
  clearTimeout(timer);
  timer = setTimeout(save, 1200);
}

if (form && state) {
  form.addEventListener('input', () => {
    showSums();
    change();
  });
  form.addEventListener('submit', (event) => {
    clearTimeout(timer);
    if (!saving) return;
    // Only when it is known which lines have an entry by now.
    event.preventDefault();
    event.stopImmediatePropagation();
    saving.then(() => form.requestSubmit(event.submitter));
  }, { capture: true });
  // What this page shows is the ledger's: nothing is left to keep.
  if (document.querySelector('.note.done')) localStorage.removeItem(kept);
  restore();
}
