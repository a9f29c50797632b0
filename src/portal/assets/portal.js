// Small conveniences. Every page works without this.

/** The code of an invitation stands behind the #, which no server sees. */
function takeInvite() {
  const field = document.getElementById('code');
  if (!field || field.value || !location.hash.startsWith('#placet_invite_')) return;
  field.value = location.hash.slice(1);
  history.replaceState(null, '', location.pathname);
}

/** A press counts once; the page that follows brings a fresh button. */
function pressOnce(event) {
  const form = event.target;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = 'yes';
  setTimeout(() => delete form.dataset.sent, 8000);
}

/** How many are ticked stands on the button. */
function countTicks(form) {
  const button = form.querySelector('button[data-count]');
  if (!button) return;
  const text = button.textContent;
  const show = () => {
    const count = form.querySelectorAll('input[name=sheet]:checked').length;
    button.textContent = `${text} (${count})`;
    button.disabled = count === 0;
  };
  form.addEventListener('change', show);
  show();
}

/** What this browser kept for somebody who typed is gone with him. */
function forgetWhatWasTyped() {
  for (const key of Object.keys(localStorage)) if (key.startsWith('placet:')) localStorage.removeItem(key);
}

takeInvite();
document.querySelector('form[action="/sign-out"]')?.addEventListener('submit', forgetWhatWasTyped);
for (const form of document.forms) {
  form.addEventListener('submit', pressOnce);
  countTicks(form);
}
window.addEventListener('pageshow', () => {
  for (const form of document.forms) delete form.dataset.sent;
});
