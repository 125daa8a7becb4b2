/** The stories to start from: a model of www/models each, with leads that show what it does. */
import { DAY, now } from './state.js';

/** In the order in which they are offered. */
export const STORIES = [
  'agency',
  'saas',
  'industry',
  'training',
  'wholesale',
  'property',
  'ideal',
  'interest',
  'points',
  'quadrants',
  'rates',
];

/** @typedef {{ name: unknown, facts: Record<string, any>, events: ({ type: string, days: number } & Record<string, unknown>)[] }} Sample */

const models = /** @type {Record<string, () => Promise<{ default: any }>>} */ (
  import.meta.glob('../www/models/*.json')
);
const samples = /** @type {Record<string, () => Promise<{ default: any }>>} */ (import.meta.glob('./leads/*.json'));

/** @param {string} id @returns {Promise<import('./state.js').Model>} */
export async function modelOf(id) {
  const { $schema, ...model } = (await models[`../www/models/${id}.json`]()).default;
  return model;
}

/** @param {string} id @returns {Promise<import('./state.js').Lead[]>} */
export async function leadsOf(id) {
  const found = /** @type {Sample[]} */ ((await samples[`./leads/${id}.json`]()).default);
  return found.map(({ name, facts, events }) => ({
    name,
    facts,
    events: events.map(({ days, ...event }) => ({ ...event, at: now - days * DAY })),
  }));
}

/** A story with the first of its leads. @param {string} id @returns {Promise<import('./state.js').Work>} */
export async function openStory(id) {
  const [model, [lead]] = await Promise.all([modelOf(id), leadsOf(id)]);
  return { model, lead };
}
