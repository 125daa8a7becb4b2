/**
 * Makes the film of the demo site, www/demo/film/night.webm, and its poster: draws each picture of scene.js in a browser and
 * hands them to ffmpeg, which has to be installed. Run by hand when the scene changes; what it makes is committed.
 */
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { launch } from '../browser.mjs';
import { serve } from '../serve.mjs';
import { root } from '../shell.mjs';
import { SECONDS } from './scene.js';

const PICTURES = 15; // a second
const POSTER = 16; // the second that the poster shows
const out = join(root, 'www', 'demo', 'film');

const site = await serve(0, { scripts: 'scripts' });
const browser = await launch();
const page = await browser.newPage();
await page.goto(`${site.url}demo/en/webinar.html?consent=no`);
await page.evaluate(() => document.fonts.ready);

/** @param {number} second @param {string} type @returns {Promise<Buffer>} */
async function picture(second, type) {
  const address = await page.evaluate(async (at, kind) => {
    const { draw } = await import(/** @type {any} */ ('/scripts/film/scene.js'));
    const canvas = new OffscreenCanvas(960, 540);
    draw(canvas.getContext('2d'), at);
    const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: kind, quality: 0.85 })).arrayBuffer());
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  }, second, type);
  return Buffer.from(address, 'base64');
}

const coded = ['-c:v', 'libvpx-vp9', '-b:v', '0', '-crf', '40', '-g', String(PICTURES * 5), '-pix_fmt', 'yuv420p', '-row-mt', '1', '-fflags', '+bitexact'];
const ffmpeg = spawn('ffmpeg', ['-y', '-loglevel', 'error', '-f', 'image2pipe', '-framerate', String(PICTURES), '-i', '-', ...coded, join(out, 'night.webm')], {
  stdio: ['pipe', 'inherit', 'inherit'],
});
for (let shown = 0; shown < SECONDS * PICTURES; shown++) ffmpeg.stdin.write(await picture(shown / PICTURES, 'image/png'));
ffmpeg.stdin.end();
await new Promise((resolve) => ffmpeg.on('close', resolve));
writeFileSync(join(out, 'poster.webp'), await picture(POSTER, 'image/webp'));
await browser.close();
site.close();
