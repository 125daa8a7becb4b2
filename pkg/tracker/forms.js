/**
 * Forms: started, taken a step further, submitted, given up (rules T14 to T17), and the log that a submitted form carries (T18). Of what
 * is entered nothing is read.
 */
import { webAddress } from './address.js';

/** @typedef {{ steps: Set<number>, submitted: boolean }} Progress */

/** @param {import('./index.js').Page} page */
export function watchForms(page) {
  const { form: selector, field } = page.options;
  const started = /** @type {Map<HTMLFormElement, Progress>} */ (new Map());
  const roots = /** @type {WeakSet<Node>} */ (new WeakSet([document]));
  const added = /** @type {Set<HTMLInputElement>} */ (new Set());
  /** @type {SubmitEvent | undefined} the last one */
  let submission;

  const isCounted = (/** @type {unknown} */ form) =>
    form instanceof HTMLFormElement && form.matches(selector) && !form.closest('[data-lead-ignore]');

  const progress = (/** @type {HTMLFormElement} */ form) => {
    const known = started.get(form);
    if (known) return known;
    const fresh = { steps: new Set([1]), submitted: false };
    started.set(form, fresh);
    page.record('form_start', { form: nameOf(form) });
    return fresh;
  };

  const onInput = (/** @type {Event} */ event) => {
    const [element] = /** @type {HTMLInputElement[]} */ (event.composedPath());
    const { form } = element;
    if (!form || !isCounted(form)) return;
    watchRoot(form.getRootNode());
    const { steps } = progress(form);
    const step = stepOf(form, element);
    if (steps.has(step)) return;
    steps.add(step);
    page.record('form_step', { form: nameOf(form), step });
  };

  const onSubmit = (/** @type {SubmitEvent} */ event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (!isCounted(form)) return;
    progress(form).submitted = true;
    page.record('form_submit', { form: nameOf(form) });
    submission = event;
    if (field) fill(form);
  };

  /** The field that the page has for the log, or a new one. */
  const fill = (/** @type {HTMLFormElement} */ form) => {
    let input = fieldOf(form);
    if (!input) {
      input = document.createElement('input');
      input.type = 'hidden';
      input.name = field ?? '';
      form.append(input);
      added.add(input);
    }
    input.value = page.log();
  };
  const fieldOf = (/** @type {HTMLFormElement} */ form) =>
    /** @type {HTMLInputElement | null} */ (form.querySelector(`input[name="${CSS.escape(field ?? '')}"]`));

  /** What the form is about to send, when the page, or the browser itself, collects it. */
  const onFormData = (/** @type {FormDataEvent} */ { target, formData }) => {
    const form = /** @type {HTMLFormElement} */ (target);
    if (!field || !isCounted(form)) return;
    const byPage = submission?.target === form && (submission.eventPhase > 0 || submission.defaultPrevented);
    const own = fieldOf(form);
    if (byPage || (own && !added.has(own)) || staysPrivate(form)) formData.set(field, page.log());
    else formData.delete(field);
  };

  /** In a shadow root these events do not get out. */
  const watchRoot = (/** @type {Node} */ root) => {
    if (roots.has(root)) return;
    roots.add(root);
    page.on('submit', onSubmit, root);
    page.on('formdata', onFormData, root);
  };

  page.on('input', onInput);
  page.on('submit', onSubmit);
  page.on('formdata', onFormData);
  page.onLeave(() => {
    for (const [form, { submitted }] of started) {
      if (!submitted) page.record('form_abandon', { form: nameOf(form) });
    }
    started.clear();
  });
  page.onStop(() => {
    for (const input of added) input.remove();
  });
}

/**
 * What its author calls a form. Not by its properties: a field may go by the name of one.
 * @param {Element} form
 */
const nameOf = (form) => form.getAttribute('id') ?? form.getAttribute('name') ?? '';

/**
 * The step that an element is in, from 1: parts marked `data-lead-step`, else the form's own fieldsets.
 * @param {Element} form
 * @param {Element} element
 */
function stepOf(form, element) {
  const marked = form.querySelectorAll('[data-lead-step]');
  const steps = [...(marked.length > 0 ? marked : form.querySelectorAll(':scope > fieldset'))];
  return Math.max(steps.findLastIndex((step) => step.contains(element)), 0) + 1;
}

/**
 * Whether what the form sends neither shows in an address nor goes to another site.
 * @param {Element} form
 */
function staysPrivate(form) {
  const target = webAddress(form.getAttribute('action') || location.href);
  return target?.origin === location.origin && form.getAttribute('method')?.toLowerCase() === 'post';
}
