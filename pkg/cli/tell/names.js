// Finds what people call the parts of a model: its labels in their language, else its ids.

import { localised, safe } from '../words/index.js';

/**
 * @param {any} document the model
 * @param {import('leadscore').Language} language
 */
export function namesIn(document, language) {
  const label = (/** @type {any} */ part, /** @type {string} */ id) => safe(localised(part?.label, language) ?? id);
  const groups = document.dimensions.flatMap((/** @type {any} */ dimension) => dimension.groups);
  const rules = groups.flatMap((/** @type {any} */ group) => group.rules);
  const byId = (/** @type {any[]} */ parts, /** @type {string} */ id) => (parts ?? []).find((part) => part.id === id);
  /** @param {string} owner */
  const ownerOf = (owner) => (owner === 'total' ? document.total : byId(document.dimensions, owner));

  return {
    model: () => localised(document.name, language) ?? document.id,
    /** @param {string} id */
    rule: (id) => label(byId(rules, id), id),
    /** @param {string} id */
    group: (id) => label(byId(groups, id), id),
    /** @param {string} id */
    dimension: (id) => label(byId(document.dimensions, id), id),
    /** @param {string} id */
    stage: (id) => label(byId(document.stages, id), id),
    /** @param {string} type */
    event: (type) => label(document.events?.[type], type),
    /** The name of a label of a dimension, or of the total. @param {string} owner @param {string} id */
    label: (owner, id) => label(byId(ownerOf(owner)?.labels, id), id),
    /** @param {string} path */
    attribute(path) {
      const attribute = document.attributes?.[path];
      const unit = attribute?.unit ? ` (${localised(attribute.unit, language)})` : '';
      return `${label(attribute, path)}${unit}`;
    },
  };
}

/** @typedef {ReturnType<typeof namesIn>} Names */
