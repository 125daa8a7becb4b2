/**
 * Forms: started, taken a step further, submitted, given up (rules T14 to T17), and the log that a submitted form carries (T18). Of what
 * is entered nothing is read.
 */
import { addressOf } from './address.js';

const SUBMITTED = Infinity;

/** @param {import('./index.js').Page} page */
export function watchForms({ options: { form: selector, field }, record, on, onLeave, onStop, log }) {
  /** The step that was reached in each form that was started. */
  const started = /** @type {Map<HTMLFormElement, number>} */ (new Map());
  const added = /** @type {HTMLInputElement[]} */ ([]);
  /** @type {SubmitEvent | undefined} */
  let submission;

  const isCounted = (/** @type {Element | null | undefined} */ form) => form?.matches(selector) && !form.closest('[data-lead-ignore]');

  const start = (/** @type {HTMLFormElement} */ form) => {
    if (started.has(form)) return;
    started.set(form, 1);
    record('form_start', { form: nameOf(form) });
    const root = form.getRootNode();
    if (root !== document) listen(root); // what happens to a form does not leave its shadow root
  };

  const onInput = (/** @type {Event} */ event) => {
    const [element] = /** @type {any[]} */ (event.composedPath());
    const { form } = element;
    if (!isCounted(form)) return;
    start(form);
    const step = stepOf(form, element);
    if (step <= Number(started.get(form))) return;
    started.set(form, step);
    record('form_step', { form: nameOf(form), step });
  };

  const onSubmit = (/** @type {SubmitEvent} */ event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (!isCounted(form)) return;
    start(form);
    started.set(form, SUBMITTED);
    record('form_submit', { form: nameOf(form) });
    submission = event;
    if (field) (fieldOf(form) ?? addField(form)).value = log();
  };

  /** The page, or the browser itself, collects what the form is about to send. */
  const onFormData = (/** @type {FormDataEvent} */ { target, formData }) => {
    const form = /** @type {HTMLFormElement} */ (target);
    if (!field || !isCounted(form)) return;
    const isByPage = submission?.target === form && (submission.currentTarget || submission.defaultPrevented);
    const own = fieldOf(form);
    if (isByPage || (own && !added.includes(own)) || staysPrivate(form)) formData.set(field, log());
    else formData.delete(field);
  };

  const fieldOf = (/** @type {HTMLFormElement} */ form) =>
    /** @type {HTMLInputElement | null} */ (form.querySelector(`[name="${field}"]`));

  const addField = (/** @type {HTMLFormElement} */ form) => {
    const input = Object.assign(document.createElement('input'), { type: 'hidden', name: field });
    form.append(input);
    added.push(input);
    return input;
  };

  const listen = (/** @type {EventTarget} */ root) => {
    on('submit', onSubmit, root);
    on('formdata', onFormData, root);
  };
  listen(window);
  on('input', onInput);
  onLeave(() => {
    for (const [form, step] of started) if (step < SUBMITTED) record('form_abandon', { form: nameOf(form) });
    started.clear();
  });
  onStop(() => added.forEach((input) => input.remove()));
}

/**
 * What its author calls a form. Not by its properties: a field may go by the name of one.
 * @param {Element} form
 */
const nameOf = (form) => form.getAttribute('id') ?? form.getAttribute('name');

/**
 * The step that an element is in, from 1; 0 where there are none.
 * @param {Element} form
 * @param {Element} element
 */
const stepOf = (form, element) =>
  [...form.querySelectorAll(':scope > fieldset, [data-lead-step]')].findIndex((step) => step.contains(element)) + 1;

/**
 * Whether what the form sends neither shows in an address nor goes to another site.
 * @param {Element} form
 */
function staysPrivate(form) {
  const { origin } = addressOf(form.getAttribute('action') ?? '');
  return origin === location.origin && /^post$/i.test(form.getAttribute('method') ?? '');
}
