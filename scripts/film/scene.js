/** The film of the demo site: what a cold room goes through in one night. `draw` paints the picture of any second. */

export const SECONDS = 40;

const [WIDTH, HEIGHT] = [960, 540];
const INK = '#edebe5';
const QUIET = '#6f8a87';
const ACCENT = '#2dd4bf';
const WARM = '#fbbf24';
const CARD = '#12262a';

/** The second at which each part of the story begins. */
const [STOPS, GUESSES, RINGS, MOVES, MORNING, END] = [11, 13, 20, 24, 31, 36.5];

/** @typedef {OffscreenCanvasRenderingContext2D} Pen */

/**
 * @param {Pen} pen
 * @param {number} second
 */
export function draw(pen, second) {
  pen.lineCap = pen.lineJoin = 'round';
  sky(pen, second);
  clock(pen, second);
  rooms(pen, second);
  if (second >= GUESSES && second < RINGS) guesses(pen, second);
  if (second >= RINGS && second < MORNING) phone(pen, second);
  if (second >= MORNING) file(pen, second);
  curve(pen, second);
  if (second >= END) sign(pen, second);
}

/** From 0 to 1 between two seconds, slow at both ends. @param {number} second @param {number} from @param {number} to */
function ease(second, from, to) {
  const share = Math.min(1, Math.max(0, (second - from) / (to - from)));
  return share * share * (3 - 2 * share);
}

/** Degrees in room 3. @param {number} second */
function warmth(second) {
  const breath = 0.35 * Math.sin(second * 1.5);
  const rise = 5.2 * ease(second, STOPS, 23) - 5.2 * ease(second, 27, 37);
  return 2.2 + breath + rise;
}

/** @param {number} second @returns {string} */
function toneOf(second) {
  return warmth(second) > 4.2 ? WARM : ACCENT;
}

/** @param {Pen} pen @param {number} second */
function sky(pen, second) {
  const dawn = ease(second, MORNING - 1, MORNING + 5);
  pen.fillStyle = '#0b1416';
  pen.fillRect(0, 0, WIDTH, HEIGHT);
  const glow = pen.createLinearGradient(0, 0, 0, 330);
  const blend = (/** @type {number[]} */ night, /** @type {number[]} */ day) => `rgb(${night.map((part, place) => part + (day[place] - part) * dawn).join(' ')})`;
  glow.addColorStop(0, blend([14, 38, 41], [24, 62, 66]));
  glow.addColorStop(1, blend([10, 22, 24], [176, 128, 62]));
  pen.fillStyle = glow;
  pen.fillRect(0, 0, WIDTH, 330);
  pen.globalAlpha = 1 - dawn;
  disc(pen, 800 - second * 4, 78 + second * 1.6, 24, '#efe6c4');
  for (let star = 0; star < 26; star++) disc(pen, (star * 137.5) % WIDTH, (star * 61.8) % 170 + 12, 1.3, `rgba(237, 235, 229, ${0.35 + 0.25 * Math.sin(second * 1.7 + star)})`);
  pen.globalAlpha = 1;
  shape(pen, [[0, 260], [110, 190], [190, 226], [330, 130], [430, 210], [540, 160], [680, 232], [800, 150], [900, 214], [960, 190], [960, 340], [0, 340]], '#123032');
  shape(pen, [[286, 160], [330, 130], [372, 164], [348, 160], [332, 174], [312, 160]], '#b9d6d2');
  shape(pen, [[762, 176], [800, 150], [836, 176], [816, 172], [800, 184], [784, 174]], '#b9d6d2');
  pen.fillStyle = '#0f1c1f';
  pen.fillRect(0, 322, WIDTH, HEIGHT);
}

/** From ten in the evening on; the night of the fault passes more slowly. @param {Pen} pen @param {number} second */
function clock(pen, second) {
  const minutes = second < STOPS ? 22 * 60 + (second / STOPS) * 254 : second < MORNING ? 26 * 60 + 14 + (second - STOPS) * 1.3 : 30 * 60 + 40 + (second - MORNING) * 13;
  const [hour, minute] = [Math.floor(minutes / 60) % 24, Math.floor(minutes) % 60];
  text(pen, `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`, 40, 74, 46, INK);
}

/** Two rooms, side by side: the fan of room 3 stops, and its wheels move over to room 2. @param {Pen} pen @param {number} second */
function rooms(pen, second) {
  const calm = second < STOPS || second > MORNING + 2;
  for (const [name, x] of /** @type {const} */ ([['3', 70], ['2', 330]])) {
    box(pen, x, 118, 216, 216, 16, CARD, name === '3' && !calm ? toneOf(second) : INK);
    text(pen, name, x + 18, 160, 26, INK);
    fan(pen, x + 168, 154, name === '2' ? second * 9 : spin(second), name === '3' && !calm ? WARM : ACCENT);
    for (const y of [236, 300]) line(pen, [[x + 16, y + 14], [x + 200, y + 14]], INK, 2.5);
  }
  for (let place = 0; place < 6; place++) {
    const way = ease(second, MOVES + place * 0.7, MOVES + place * 0.7 + 1.4);
    const [x, y] = [98 + (place % 3) * 58, place < 3 ? 236 : 300];
    wheel(pen, x + way * 260, y - 60 * Math.sin(Math.PI * way));
  }
}

/** The angle of the fan: it runs down, and in the morning it runs again. @param {number} second */
function spin(second) {
  if (second < STOPS) return second * 9;
  const down = STOPS * 9 + 9 * (1 - Math.exp(-(second - STOPS) * 1.4)) / 1.4;
  return second < MORNING + 2 ? down : down + (second - MORNING - 2) ** 2 * 2;
}

/** A door left open, a defrost, a failure: two are ruled out. @param {Pen} pen @param {number} second */
function guesses(pen, second) {
  const drawings = [
    (/** @type {number} */ x, /** @type {number} */ y) => {
      box(pen, x - 18, y - 30, 36, 60, 4, CARD, INK);
      disc(pen, x + 9, y, 3, INK);
    },
    (/** @type {number} */ x, /** @type {number} */ y) => flake(pen, x, y, 27, INK),
    (/** @type {number} */ x, /** @type {number} */ y) => fan(pen, x, y, 0.4, WARM, 28),
  ];
  drawings.forEach((drawing, place) => {
    const [x, y] = [664 + place * 104, 222];
    pen.globalAlpha = ease(second, GUESSES + place * 0.5, GUESSES + place * 0.5 + 0.6);
    const isFan = place === 2;
    const out = ease(second, GUESSES + 2.5 + place * 0.9, GUESSES + 3 + place * 0.9);
    box(pen, x - 46, y - 52, 92, 104, 16, CARD, isFan && out > 0 ? WARM : QUIET);
    if (!isFan) pen.globalAlpha *= 1 - 0.65 * out;
    drawing(x, y);
    pen.globalAlpha = 1;
    if (!isFan && out > 0) line(pen, [[x - 34, y + 38], [x - 34 + 68 * out, y + 38 - 76 * out]], QUIET, 4);
  });
}

/** @param {Pen} pen @param {number} second */
function phone(pen, second) {
  const answered = second > MOVES;
  const shake = answered ? 0 : Math.sin(second * 40) * 3;
  pen.globalAlpha = ease(second, RINGS, RINGS + 0.6) * (1 - ease(second, MORNING - 1, MORNING));
  box(pen, 726 + shake, 138, 96, 176, 18, CARD, answered ? ACCENT : INK);
  line(pen, [[760 + shake, 152], [788 + shake, 152]], QUIET, 3);
  text(pen, '3', 774 + shake, 216, 34, WARM, 'center');
  text(pen, `${Math.round(warmth(second))} °C`, 774 + shake, 252, 26, INK, 'center');
  if (answered) tick(pen, 774, 284, ACCENT);
  else {
    for (const side of [-1, 1]) {
      for (const far of [0, 1]) {
        pen.globalAlpha = 0.3 + 0.7 * Math.abs(Math.sin(second * 5 - far));
        pen.beginPath();
        pen.arc(774, 226, 84 + far * 20, side > 0 ? -0.5 : Math.PI - 0.5, side > 0 ? 0.5 : Math.PI + 0.5);
        stroke(pen, ACCENT, 4);
      }
    }
  }
  pen.globalAlpha = 1;
}

/** The inspection file writes itself. @param {Pen} pen @param {number} second */
function file(pen, second) {
  pen.globalAlpha = ease(second, MORNING, MORNING + 0.8);
  shape(pen, [[700, 130], [796, 130], [836, 170], [836, 320], [700, 320]], CARD, INK);
  line(pen, [[796, 130], [796, 170], [836, 170]], INK, 2.5);
  for (let row = 0; row < 5; row++) {
    const written = ease(second, MORNING + 0.8 + row * 0.5, MORNING + 1.5 + row * 0.5);
    if (written > 0) line(pen, [[722, 190 + row * 22], [722 + written * (row === 4 ? 44 : 92), 190 + row * 22]], row === 2 ? WARM : QUIET, 4);
  }
  const signed = ease(second, MORNING + 3.6, MORNING + 4.1);
  if (signed > 0) {
    disc(pen, 826, 304, 26 * signed, ACCENT);
    tick(pen, 826, 304, '#05201c');
  }
  pen.globalAlpha = 1;
}

/** The temperature of the last twenty seconds. @param {Pen} pen @param {number} second */
function curve(pen, second) {
  const [left, now, foot, unit] = [40, 760, 500, 17];
  const y = (/** @type {number} */ degrees) => foot - degrees * unit;
  for (const degrees of [2, 4, 6]) {
    line(pen, [[left, y(degrees)], [920, y(degrees)]], '#1d3236', 1.5, [3, 8]);
    text(pen, `${degrees}°`, 920, y(degrees) - 6, 14, QUIET, 'right');
  }
  const points = /** @type {number[][]} */ ([]);
  for (let back = 20; back >= 0; back -= 0.1) if (second - back >= -6) points.push([now - back * 36, y(warmth(second - back))]);
  const part = /** @type {number[][]} */ ([]);
  points.forEach((point, place) => {
    part.push(point);
    const at = second - (now - point[0]) / 36;
    const next = points[place + 1];
    if (next && toneOf(at) === toneOf(at + 0.1)) return;
    line(pen, part, toneOf(at), 4);
    part.splice(0, part.length, point);
  });
  const [x, height] = [now, y(warmth(second))];
  pen.globalAlpha = 0.3;
  disc(pen, x, height, 13 + 3 * Math.sin(second * 4), toneOf(second));
  pen.globalAlpha = 1;
  disc(pen, x, height, 7, toneOf(second));
  text(pen, `${Math.round(warmth(second))} °C`, x + 26, height + 10, 30, INK);
}

/** @param {Pen} pen @param {number} second */
function sign(pen, second) {
  pen.globalAlpha = ease(second, END, END + 1.2);
  pen.fillStyle = '#0b1416';
  pen.fillRect(0, 0, WIDTH, HEIGHT);
  box(pen, 310, 216, 108, 108, 30, '#0f766e', '#0f766e');
  flake(pen, 364, 270, 34, '#ffffff', 7);
  text(pen, 'Frimas', 448, 298, 78, INK);
  pen.globalAlpha = 1;
}

/** @param {Pen} pen @param {string} colour @param {number} width */
function stroke(pen, colour, width) {
  pen.strokeStyle = colour;
  pen.lineWidth = width;
  pen.stroke();
}

/** @param {Pen} pen @param {number[][]} points @param {string} colour @param {number} width @param {number[]} [dashes] */
function line(pen, points, colour, width, dashes = []) {
  pen.beginPath();
  for (const [x, y] of points) pen.lineTo(x, y);
  pen.setLineDash(dashes);
  stroke(pen, colour, width);
  pen.setLineDash([]);
}

/** @param {Pen} pen @param {number[][]} points @param {string} fill @param {string} [edge] */
function shape(pen, points, fill, edge) {
  pen.beginPath();
  for (const [x, y] of points) pen.lineTo(x, y);
  pen.closePath();
  pen.fillStyle = fill;
  pen.fill();
  if (edge) stroke(pen, edge, 2.5);
}

/** @param {Pen} pen @param {number} x @param {number} y @param {number} width @param {number} height @param {number} round @param {string} fill @param {string} edge */
function box(pen, x, y, width, height, round, fill, edge) {
  pen.beginPath();
  pen.roundRect(x, y, width, height, round);
  pen.fillStyle = fill;
  pen.fill();
  stroke(pen, edge, 2.5);
}

/** @param {Pen} pen @param {number} x @param {number} y @param {number} radius @param {string} fill */
function disc(pen, x, y, radius, fill) {
  pen.beginPath();
  pen.arc(x, y, radius, 0, 7);
  pen.fillStyle = fill;
  pen.fill();
}

/** @param {Pen} pen @param {string} what @param {number} x @param {number} y @param {number} size @param {string} colour @param {CanvasTextAlign} [align] */
function text(pen, what, x, y, size, colour, align = 'left') {
  pen.font = `650 ${size}px Bricolage, sans-serif`;
  pen.textAlign = align;
  pen.fillStyle = colour;
  pen.fillText(what, x, y);
}

/** @param {Pen} pen @param {number} x @param {number} y @param {number} angle @param {string} colour @param {number} [radius] */
function fan(pen, x, y, angle, colour, radius = 24) {
  pen.beginPath();
  pen.arc(x, y, radius, 0, 7);
  stroke(pen, INK, 2.5);
  for (let blade = 0; blade < 4; blade++) {
    const turned = angle + (blade * Math.PI) / 2;
    pen.beginPath();
    pen.ellipse(x + Math.cos(turned) * radius * 0.45, y + Math.sin(turned) * radius * 0.45, radius * 0.42, radius * 0.2, turned + 0.5, 0, 7);
    pen.fillStyle = colour;
    pen.fill();
  }
}

/** @param {Pen} pen @param {number} x @param {number} y */
function wheel(pen, x, y) {
  pen.beginPath();
  pen.roundRect(x, y - 8, 48, 20, 8);
  pen.fillStyle = '#8a7447';
  pen.fill();
  stroke(pen, INK, 2.5);
  pen.beginPath();
  pen.ellipse(x + 24, y - 7, 24, 7, 0, 0, 7);
  pen.fillStyle = '#b39a63';
  pen.fill();
  stroke(pen, INK, 2.5);
}

/** @param {Pen} pen @param {number} x @param {number} y @param {number} radius @param {string} colour @param {number} [width] */
function flake(pen, x, y, radius, colour, width = 3.5) {
  for (let arm = 0; arm < 3; arm++) {
    const angle = Math.PI / 2 + (arm * Math.PI) / 3;
    const [dx, dy] = [Math.cos(angle) * radius, Math.sin(angle) * radius];
    line(pen, [[x - dx, y - dy], [x + dx, y + dy]], colour, width);
  }
}

/** @param {Pen} pen @param {number} x @param {number} y @param {string} colour */
function tick(pen, x, y, colour) {
  line(pen, [[x - 9, y], [x - 2, y + 7], [x + 10, y - 7]], colour, 4);
}
