/**
 * The model turned into the JavaScript that a patient person would write for it by hand: each attribute
 * is read once into a variable of one type, each rule is one `if`. Made with `new Function`, which
 * edge workers and strict content security policies refuse. The fastest JavaScript there is, and the
 * unit of the comparison.
 */

export const meta = { name: 'generated JavaScript', needsEval: true };
export const sizeEntry = `export { load } from './peers/generated.mjs'`;

const text = JSON.stringify;

/** What stands for a value of another type, or for none: each test then fails by itself. */
const READ = /** @type {const} */ ({
  number: (/** @type {string} */ value) => `typeof ${value} === 'number' ? ${value} : NaN`,
  text: (/** @type {string} */ value) => `typeof ${value} === 'string' ? ${value} : ''`,
  list: (/** @type {string} */ value) => `Array.isArray(${value}) ? ${value} : NONE`,
  boolean: (/** @type {string} */ value) => value,
});

/** @type {import('../contender.js').Contender['load']} */
export async function load({ model }) {
  const { variables, lists, conditions } = compiled(model.rules.map(({ when }) => when));
  const sum = (/** @type {string} */ group) => `g${model.groups.findIndex(({ id }) => id === group)}`;
  const sums = model.groups.map(({ id }) => sum(id));
  const attainable = model.groups.reduce((sum, { cap }) => sum + cap, 0);

  const begin = `let ${sums.map((sum) => `${sum} = 0`).join(', ')};`;
  const add = model.rules.map(({ group, points }, i) => `if (${conditions[i]}) ${sum(group)} += ${points};`).join('\n');
  const clamp = model.groups.map(({ id, cap }) => `${sum(id)} = ${sum(id)} < 0 ? 0 : ${sum(id)} > ${cap} ? ${cap} : ${sum(id)};`).join('\n');
  const score = `(${sums.join(' + ')}) / ${attainable} * ${model.normaliseTo}`;
  const points = `${begin}\n${add}\n${clamp}`;

  const addTold = model.rules
    .map(({ id, group, points }, i) => `if (${conditions[i]}) { ${sum(group)} += ${points}; contributions.push({ rule: ${text(id)}, points: ${points} }); }`)
    .join('\n');
  const grade = `${model.thresholds.map(({ min, label }) => `score >= ${min} ? ${text(label)} : `).join('')}''`;
  const groups = `{ ${model.groups.map(({ id }) => `${text(id)}: ${sum(id)}`).join(', ')} }`;

  const columns = variables.map(({ path, name }) => `const ${name}s = cols[${text(path)}];`).join('\n');
  const cells = variables.map(({ type, name }) => `const ${name} = ${cell(type, `${name}s[i]`)};`).join('\n');
  const functions = new Function(
    'LISTS',
    `const NONE = [], EMPTY = {};
    ${lists.map((_, i) => `const L${i} = LISTS[${i}];`).join('\n')}
    const shares = (list, listed) => { for (let i = 0; i < list.length; i++) if (listed.has(list[i])) return true; return false; };
    return {
      score(lead) { ${reads(variables)}\n${points}\nreturn ${score}; },
      full(lead) {
        ${reads(variables)}\n${begin}\nconst contributions = [];\n${addTold}\n${clamp}
        const score = ${score};
        return { score, grade: ${grade}, groups: ${groups}, contributions };
      },
      columns({ length, cols }) {
        ${columns}
        const scores = new Float64Array(length);
        for (let i = 0; i < length; i++) { ${cells}\n${points}\nscores[i] = ${score}; }
        return scores;
      },
    };`,
  );
  return functions(lists);
}

/** @typedef {{ path: string, type: keyof typeof READ, name: string }} Variable */

/**
 * The conditions as expressions over variables, each an attribute as one type.
 * @param {import('../contender.js').Condition[]} conditions
 */
function compiled(conditions) {
  /** @type {Map<string, Variable>} */
  const variables = new Map();
  /** @type {Map<string, Set<unknown>>} */
  const lists = new Map();

  /**
   * @param {string} path
   * @param {keyof typeof READ} type
   */
  function variable(path, type) {
    const key = `${path} ${type}`;
    if (!variables.has(key)) variables.set(key, { path, type, name: `v${variables.size}` });
    return /** @type {Variable} */ (variables.get(key)).name;
  }

  /** @param {unknown[]} values */
  function list(values) {
    const key = text(values);
    if (!lists.has(key)) lists.set(key, new Set(values));
    return `L${[...lists.keys()].indexOf(key)}`;
  }

  /**
   * @param {any} condition
   * @returns {string}
   */
  function expression({ all, any, not, field, op, value }) {
    if (all) return `(${all.map(expression).join(' && ')})`;
    if (any) return `(${any.map(expression).join(' || ')})`;
    if (not) return `!${expression(not)}`;
    const number = () => variable(field, 'number');
    const string = () => variable(field, 'text');
    switch (op) {
      case 'eq':
        return `(${variable(field, typeof value === 'string' ? 'text' : typeof value === 'number' ? 'number' : 'boolean')} === ${text(value)})`;
      case 'in': // a few comparisons are quicker than a look into a set
        return value.length > 3 ? `${list(value)}.has(${string()})` : `(${value.map((/** @type {string} */ one) => `${string()} === ${text(one)}`).join(' || ')})`;
      case 'anyOf':
        return `shares(${variable(field, 'list')}, ${list(value)})`;
      case 'gte':
        return `(${number()} >= ${value})`;
      case 'gt':
        return `(${number()} > ${value})`;
      case 'lte':
        return `(${number()} <= ${value})`;
      case 'lt':
        return `(${number()} < ${value})`;
      case 'between':
        return `(${number()} >= ${value[0]} && ${number()} <= ${value[1]})`;
      case 'contains':
        return `${string()}.includes(${text(value)})`;
      case 'startsWith':
        return `${string()}.startsWith(${text(value)})`;
      default:
        return `${string()}.endsWith(${text(value)})`;
    }
  }

  return { conditions: conditions.map(expression), variables: [...variables.values()], lists: [...lists.values()] };
}

/**
 * The attributes of one lead, each object on the way read once.
 * @param {Variable[]} variables
 */
function reads(variables) {
  /** @type {Map<string, string>} */
  const objects = new Map([['', 'lead']]);
  const lines = [];
  for (const { path, type, name } of variables) {
    const steps = path.split('.');
    const last = steps.pop();
    let object = 'lead';
    steps.forEach((step, i) => {
      const key = steps.slice(0, i + 1).join('.');
      if (!objects.has(key)) {
        lines.push(`const o${objects.size} = ${object}[${text(step)}] ?? EMPTY;`);
        objects.set(key, `o${objects.size}`);
      }
      object = /** @type {string} */ (objects.get(key));
    });
    lines.push(`const ${name}r = ${object}[${text(last)}], ${name} = ${READ[type](`${name}r`)};`);
  }
  return lines.join('\n');
}

/**
 * A value of a column, which is of one type already.
 * @param {keyof typeof READ} type
 * @param {string} value
 */
function cell(type, value) {
  if (type === 'boolean') return `${value} === 1`;
  if (type === 'number') return value;
  return `${value} ?? ${type === 'text' ? "''" : 'NONE'}`;
}
