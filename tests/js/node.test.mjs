/** The corpus and the hostile input, in Node. */
import assert from 'node:assert/strict';
import test from 'node:test';
import * as leadscore from 'leadscore';
import { assertGolden, corpus } from './cases.mjs';
import { answers } from './corpus.mjs';
import { surprises } from './hostile.mjs';

test('Node gives the golden bytes', () => assertGolden(answers(leadscore, corpus())));

test('Node answers hostile input with an error or a result', () => assert.deepEqual(surprises(leadscore), []));
