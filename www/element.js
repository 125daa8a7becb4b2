/** Builds the page's elements; texts go in as text only, so that no lead or model can write HTML. */

const SVG = 'http://www.w3.org/2000/svg';

/**
 * @typedef {Record<string, unknown>} Settings `on…` are listeners, `--…` custom properties of the
 *   style, `false` and `undefined` leave an attribute out
 * @typedef {Node | string | number | null | undefined | false} Child
 */

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} name
 * @param {Settings} [settings]
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function element(name, settings = {}, ...children) {
  return built(document.createElement(name), settings, children);
}

/**
 * @param {string} name
 * @param {Settings} [settings]
 * @param {...Child} children
 * @returns {SVGElement}
 */
export function drawn(name, settings = {}, ...children) {
  return built(/** @type {SVGElement} */ (document.createElementNS(SVG, name)), settings, children);
}

/**
 * @template {HTMLElement | SVGElement} E
 * @param {E} node
 * @param {Settings} settings
 * @param {Child[]} children
 */
function built(node, settings, children) {
  for (const [key, value] of Object.entries(settings)) {
    if (key.startsWith('on')) node.addEventListener(key.slice(2), /** @type {EventListener} */ (value));
    else if (key.startsWith('--')) node.style.setProperty(key, String(value));
    else if (value !== false && value !== undefined && value !== null) node.setAttribute(key, value === true ? '' : String(value));
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== false).map((child) => child instanceof Node ? child : String(child)));
  return node;
}

/**
 * The element of the page with this id.
 * @param {string} id
 */
export function byId(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id));
}
