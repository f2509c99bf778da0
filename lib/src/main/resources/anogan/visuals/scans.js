// The page to look through judged scans. Plain JavaScript, nothing to load: it runs from disk.
//
// How the page holds a scan: one block of JSON, of class "scan", is what the list shows, and the block after it, of class "pictures", its scan, maps and
// regions. No browser runs them. The first are parsed when the page opens, the second only when their scan is chosen, so that hundreds of scans open at
// once. Whatever came from a file's name goes through textContent, never through innerHTML: a name cannot become markup.
'use strict';

const $ = id => document.getElementById(id);
const json = element => JSON.parse(element.textContent);
const page = json(document.querySelector('script.page'));          // fingerprint of the page, colours of heat
const all = [...document.querySelectorAll('script.scan')].map(element => ({...json(element), block: element.nextElementSibling}));
const filters = $('filters').elements;

let listed = [];       // what the filters let through, in the chosen order
let current = null;    // the scan that is shown
let shown = null;      // its pictures, decoded: {x, generated, maps}, and as they stand in the page
let mark = null;       // the chosen place {x, y}
let wanted = null;     // the scan that was asked for last: its pictures take a moment, and are dropped if another one is wanted by then

// ---- The reader's own verdicts -----------------------------------------------------------------------------------------------------------------

// They are kept in the browser under the fingerprint of the page's scans, so that two pages on one disk do not mix and a page that is written anew, of the
// same scans, finds them again. Some browsers keep nothing for pages from disk: then they live as long as the page is open, and it says so.
const KEY = 'anogan-verdicts-' + page.fingerprint;
let kept = true;
let verdicts = new Map();   // by the scan's name: {verdict, note}

function readVerdicts() {
  try {
    verdicts = new Map(Object.entries(JSON.parse(localStorage.getItem(KEY) || '{}')));
    localStorage.setItem(KEY + '-trial', '');
    localStorage.removeItem(KEY + '-trial');
  } catch {
    kept = false;
  }
  $('kept').textContent = kept ? '' : 'This browser keeps nothing for pages from disk: export before you close the page.';
}

function setVerdict(change) {
  if (!current) return;
  const next = {verdict: '', note: '', ...verdicts.get(current.name), ...change};
  if (next.verdict || next.note) verdicts.set(current.name, next); else verdicts.delete(current.name);
  try {
    localStorage.setItem(KEY, JSON.stringify(Object.fromEntries(verdicts)));
  } catch {
    kept = false;
  }
  showVerdict();
  showList();
}

function showVerdict() {
  const own = verdicts.get(current.name) || {verdict: '', note: ''};
  for (const button of $('verdict').querySelectorAll('button')) button.setAttribute('aria-pressed', button.value === own.verdict);
  if (document.activeElement !== $('note')) $('note').value = own.note;
}

// A field as RFC 4180 has it: quotes around what holds a comma, a quote or a line end.
const field = value => /[,"\r\n]/.test(value) ? '"' + String(value).replaceAll('"', '""') + '"' : String(value);

function csv() {
  const rows = [['scan', 'file', 'class', 'score', 'percentile', 'p_value', 'flagged', 'verdict', 'note']];
  for (const s of [...all].sort(ORDERS.score)) {
    const own = verdicts.get(s.name) || {verdict: '', note: ''};
    rows.push([s.name, s.file, s.className, s.score ?? '', s.percentile ?? '', s.pValue ?? '', s.flagged === undefined ? '' : Number(s.flagged),
      own.verdict, own.note]);
  }
  return rows.map(row => row.map(field).join(',') + '\n').join('');
}

function exportVerdicts() {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([csv()], {type: 'text/csv'}));
  link.download = 'verdicts.csv';
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

// ---- The list ----------------------------------------------------------------------------------------------------------------------------------

const byName = (a, b) => a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
// A scan without a score stands at the end of either order.
const rising = key => (a, b) => (a[key] ?? Infinity) - (b[key] ?? Infinity) || byName(a, b);
const ORDERS = {
  score: (a, b) => (b.score ?? -Infinity) - (a.score ?? -Infinity) || byName(a, b),
  rising: rising('score'),
  name: byName,
  class: (a, b) => a.className < b.className ? -1 : a.className > b.className ? 1 : ORDERS.score(a, b),
  confidence: rising('confidence'),
};

// Warnings that differ in the numbers that they tell in brackets are of one kind.
const kind = warning => warning.replace(/ \([^)]*\)/g, '');

function matches(s) {
  const words = filters.text.value.toLowerCase().split(/\s+/);
  const text = [s.name, s.file, s.volume, s.className, ...s.warnings].join('\n').toLowerCase();
  const own = (verdicts.get(s.name) || {}).verdict || 'none';
  const verdict = filters.verdict.value;
  const warning = filters.warning.value;
  return words.every(word => text.includes(word))
    && (!filters.kind.value || s.className === filters.kind.value)
    && (!verdict || (verdict === 'flagged' ? s.flagged === true : verdict === 'passed' ? s.flagged === false : own === verdict))
    && (!warning || (warning === 'with' ? s.warnings.length > 0 : warning === 'without' ? s.warnings.length === 0 : s.warnings.some(text => kind(text) === warning.slice(1))));
}

function add(parent, tag, className, text) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  return parent.appendChild(element);
}

function showList() {
  listed = all.filter(matches).sort(ORDERS[filters.sort.value] || ORDERS.score);
  const items = document.createDocumentFragment();
  for (const s of listed) {
    const button = add(add(items, 'li'), 'button');
    button.type = 'button';
    button.scan = s;
    if (s === current) button.setAttribute('aria-current', 'true');
    add(button, 'span', 'name', s.name);
    add(button, 'span', 'score', s.score === undefined ? '–' : number(s.score));
    const about = add(button, 'span', 'about', [s.className, s.percentile === undefined ? '' : above(s)].filter(Boolean).join(' · '));
    if (s.flagged) add(about, 'b', 'flagged', 'flagged');
    if (s.warnings.length) add(about, 'b', 'warned', s.warnings.length === 1 ? 'warning' : s.warnings.length + ' warnings');
    const own = verdicts.get(s.name);
    if (own) add(about, 'b', 'own', (own.verdict || 'note'));
  }
  const focused = $('list').contains(document.activeElement);
  $('list').replaceChildren(items);
  if (focused) $('list').querySelector('[aria-current]')?.focus();
  $('count').textContent = listed.length === all.length ? all.length + ' scans' : listed.length + ' of ' + all.length + ' scans';
  $('empty').hidden = Boolean(current) && listed.length > 0;
}

function markCurrent() {
  for (const button of $('list').querySelectorAll('button')) {
    button.toggleAttribute('aria-current', false);
    if (button.scan !== current) continue;
    button.setAttribute('aria-current', 'true');
    button.scrollIntoView({block: 'nearest'});
    if ($('list').contains(document.activeElement)) button.focus();
  }
}

// The scan so many places further down the list, or its first if the one that is shown was filtered away.
function step(by) {
  const at = listed.indexOf(wanted);
  choose(listed[at < 0 ? 0 : Math.max(0, Math.min(listed.length - 1, at + by))]);
}

// ---- One scan ----------------------------------------------------------------------------------------------------------------------------------

async function choose(scan) {
  if (!scan || scan === wanted) return;
  wanted = scan;
  const pictures = json(scan.block);
  const maps = await Promise.all(pictures.maps.map(async map => summed(await levels(map), scan.width)));
  const x = await levels(pictures.scan);
  const generated = pictures.generated ? await levels(pictures.generated) : null;
  if (scan !== wanted) return;
  const sameVolume = current && scan.volume !== undefined && current.volume === scan.volume;
  if (!sameVolume) mark = null;
  current = scan;
  shown = {x, generated, maps, pictures};
  $('shown').hidden = false;
  $('empty').hidden = true;
  try {
    history.replaceState(null, '', '#' + encodeURIComponent(scan.name));
  } catch {
    // Some browsers refuse it for pages from disk, or a hundred times in a row: the address then names an earlier scan.
  }
  showHead();
  showMapNames();
  showPicture();
  showRegions();
  showVolume();
  showVerdict();
  markCurrent();
}

// A picture as its grey levels, one byte a pixel. The browser must not correct colours: the bytes are numbers.
async function levels(address) {
  const bytes = Uint8Array.from(atob(address.slice(address.indexOf(',') + 1)), c => c.charCodeAt(0));
  const type = address.slice(5, address.indexOf(';'));
  const bitmap = await createImageBitmap(new Blob([bytes], {type}), {colorSpaceConversion: 'none', premultiplyAlpha: 'none'});
  const canvas = document.createElement('canvas');
  canvas.width = bitmap.width;
  canvas.height = bitmap.height;
  const pen = canvas.getContext('2d', {willReadFrequently: true});
  pen.drawImage(bitmap, 0, 0);
  const rgba = pen.getImageData(0, 0, canvas.width, canvas.height).data;
  return Uint8Array.from({length: rgba.length / 4}, (_, i) => rgba[4 * i]);
}

// A map's picture holds what each level adds to those at its left and above it, less the one between them, which makes a small file. Summed up along the
// rows and then down the columns, modulo 256, it is the map again.
function summed(bytes, width) {
  for (let i = 0; i < bytes.length; i++) if (i % width) bytes[i] += bytes[i - 1];
  for (let i = width; i < bytes.length; i++) bytes[i] += bytes[i - width];
  return bytes;
}

// What a byte of a map stands for: 0 is no value, 1 to 255 go evenly from the least to the greatest (EightBitMap.java).
const value = (scale, level) => level === 0 ? NaN : scale.low + (level - 1) / 254 * (scale.high - scale.low);

function number(v) {
  if (Number.isNaN(v)) return '–';
  const size = Math.abs(v);
  return (v < 0 ? '−' : '') + (v === 0 ? '0' : size >= 100 ? size.toFixed(0) : size >= 10 ? size.toFixed(1) : size >= 0.01 ? size.toFixed(2) : size.toPrecision(2));
}
const above = s => 'above ' + s.percentile.toFixed(s.percentile > 99 && s.percentile < 100 ? 1 : 0) + '\u202f%';

function showHead() {
  const s = current;
  $('name').textContent = s.name;
  const facts = [s.className && 'class ' + s.className, s.label === 'unknown' ? '' : s.label,
    'score ' + (s.score === undefined ? '–' : number(s.score)), s.percentile === undefined ? '' : above(s) + ' of normals',
    s.pValue === undefined ? '' : 'p = ' + number(s.pValue), s.flagged === undefined ? '' : s.flagged ? 'flagged' : 'not flagged',
    s.confidence === undefined ? '' : 'confidence of the boundaries ' + s.confidence.toFixed(2),
    s.width + ' × ' + s.height + ' pixels', s.file === s.name ? '' : s.file];
  $('facts').textContent = facts.filter(Boolean).join(' · ');
  $('warnings').replaceChildren();
  for (const warning of s.warnings) add($('warnings'), 'li', '', warning);
}

function showMapNames() {
  const chosen = $('map').selectedOptions[0]?.value;   // stays from scan to scan
  $('map').replaceChildren();
  for (const map of current.maps) add($('map'), 'option', '', map.name).value = map.name;
  add($('map'), 'option', '', 'none').value = '';
  if ([...$('map').options].some(option => option.value === chosen)) $('map').value = chosen;
  else $('map').selectedIndex = 0;
  $('left-out').textContent = current.leftOut.length ? 'Left out, to keep the page small: ' + current.leftOut.join(', ') + '.' : '';
}

const mapIndex = () => current.maps.findIndex(map => map.name === $('map').value);

function showPicture() {
  const {width, height} = current;
  const drawing = Boolean(shown.generated) && $('generated').checked;
  $('drawing').hidden = !shown.generated;
  $('picture').src = drawing ? shown.pictures.generated : shown.pictures.scan;
  $('picture').alt = (drawing ? 'G(z), drawn for ' : 'Scan ') + current.name;
  $('stage').style.aspectRatio = width + ' / ' + height;
  $('stage').style.maxWidth = 'calc(72vh * ' + width / height + ')';
  $('overlay').setAttribute('viewBox', '0 0 ' + width + ' ' + height);
  $('opacity').oninput();
  const at = mapIndex();
  $('legend').hidden = at < 0 && !current.leftOut.length;
  $('heat').width = width;
  $('heat').height = height;
  $('bar').hidden = $('low').hidden = $('high').hidden = at < 0;
  if (at >= 0) {
    const map = current.maps[at];
    paint($('heat'), shown.maps[at], map, map.shown);
    showBar(map);
  }
  showPlace();
}

// Colour and opacity of a value: warm above 0, cold below, none at 0. The page's two rows of colours are those of the figures (ColourMap.java).
function paint(canvas, bytes, scale, strongest) {
  const pen = canvas.getContext('2d');
  const image = pen.createImageData(canvas.width, canvas.height);
  const rgba = new Uint32Array(256);   // of each byte, computed once
  for (let level = 1; level < 256; level++) {
    const heat = value(scale, level) / strongest;
    const argb = (heat < 0 ? page.cold : page.warm)[Math.round(255 * Math.min(1, Math.abs(heat)))];
    rgba[level] = (argb & 0xff00ff00) | (argb & 255) << 16 | (argb >> 16) & 255;   // ImageData has red first, in memory
  }
  const pixels = new Uint32Array(image.data.buffer);
  for (let i = 0; i < pixels.length; i++) pixels[i] = rgba[bytes[i]];
  pen.putImageData(image, 0, 0);
}

function showBar(map) {
  const low = map.low < 0 ? -map.shown : 0;
  paint($('bar'), Uint8Array.from({length: 256}, (_, i) => Math.max(1, i)), {low, high: map.shown}, map.shown);
  $('low').textContent = number(low) + (low < 0 ? ' or less' : '');
  $('high').textContent = number(map.shown) + ' or more';
}

// ---- A place -----------------------------------------------------------------------------------------------------------------------------------

function showPlace() {
  $('overlay').querySelector('.mark')?.remove();
  if (!mark) {
    $('place').textContent = 'Click on the scan to read its values there.';
    return;
  }
  mark.x = Math.max(0, Math.min(current.width - 1, mark.x));
  mark.y = Math.max(0, Math.min(current.height - 1, mark.y));
  const i = mark.y * current.width + mark.x;
  const said = ['column ' + mark.x + ', row ' + mark.y, 'x ≈ ' + shown.x[i]];
  if (shown.generated) said.push('G(z) ≈ ' + shown.generated[i], 'x − G(z) ≈ ' + (shown.x[i] - shown.generated[i]));
  current.maps.forEach((map, m) => said.push(map.name + ' ' + number(value(map, shown.maps[m][i]))));
  $('place').textContent = said.join(' · ');
  const {x, y} = mark, reach = current.width / 40;
  path('mark', `M${x + .5} ${y + .5 - reach}v${.7 * reach}m0 ${.6 * reach}v${.7 * reach}M${x + .5 - reach} ${y + .5}h${.7 * reach}m${.6 * reach} 0h${.7 * reach}`);
}

function path(className, data) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  element.setAttribute('class', className);
  element.setAttribute('d', data);
  return $('overlay').appendChild(element);
}

// ---- Regions -----------------------------------------------------------------------------------------------------------------------------------

function showRegions() {
  for (const old of $('overlay').querySelectorAll('.region, .annotated')) old.remove();
  if (shown.pictures.annotated) path('annotated', shown.pictures.annotated);
  const rows = $('regions').querySelector('tbody');
  rows.replaceChildren();
  $('regions').hidden = shown.pictures.regions.length === 0;
  const kinds = [shown.pictures.regions.length && 'regions (pink)', shown.pictures.annotated && 'annotated pixels (blue)'].filter(Boolean);
  $('outlined').hidden = kinds.length === 0;
  $('outlined-text').textContent = 'Outlines: ' + kinds.join(', ');
  shown.pictures.regions.forEach((r, i) => {
    const outline = path('region', r.outline);
    const row = add(rows, 'tr');
    const button = add(add(row, 'td'), 'button', '', String(i + 1));
    button.type = 'button';
    const cells = [r.width + ' × ' + r.height + ' at ' + r.x + ', ' + r.y, r.area, r.um2 === undefined ? '–' : number(r.um2), number(r.meanZ), number(r.highestZ),
      r.sign, r.depth === undefined ? '–' : number(r.depth)];
    for (const cell of cells) add(row, 'td', '', cell);
    add(row, 'td', 'marker', r.marker);
    const light = on => [outline, row].forEach(e => e.classList.toggle('lit', on));
    for (const e of [outline, row]) {
      e.addEventListener('mouseenter', () => light(true));
      e.addEventListener('mouseleave', () => light(false));
    }
    button.onfocus = () => light(true);
    button.onblur = () => light(false);
    button.onclick = () => place(r.x + (r.width >> 1), r.y + (r.height >> 1));
  });
  const marked = shown.pictures.regions.some(r => r.marker);
  for (const cell of $('regions').querySelectorAll('.marker')) cell.hidden = !marked;
  showPlace();
}

function place(x, y) {
  mark = {x: Math.floor(x), y: Math.floor(y)};
  showPlace();
}

// ---- Volumes -----------------------------------------------------------------------------------------------------------------------------------

const slices = () => all.filter(s => s.volume !== undefined && s.volume === current.volume).sort((a, b) => a.slice - b.slice);

// The en-face map looks onto the retina from the front: a row for each slice, a column for each A-scan, the mean of the map over it.
function showVolume() {
  const own = slices();
  $('volume').hidden = $('slice-keys').hidden = own.length < 2;
  if (own.length < 2) return;
  const at = own.indexOf(current);
  $('slice').max = own.length - 1;
  $('slice').value = at;
  $('slice-text').textContent = 'Slice ' + current.slice + ', ' + (at + 1) + ' of ' + own.length + ' in ' + current.volume;
  const name = $('map').value;
  const rows = own.map(s => s.maps.find(map => map.name === name)?.columns);
  const means = rows.map(row => row ? Uint8Array.from(atob(row.levels), c => c.charCodeAt(0)) : []);
  $('face-box').hidden = !rows.some(Boolean);
  $('face-text').textContent = $('face-box').hidden ? '' : 'En-face map: the mean of the map over each A-scan, a row for each slice. A click goes there.';
  if ($('face-box').hidden) return;
  const width = Math.max(...means.map(row => row.length));
  const values = own.flatMap((_, s) => Array.from({length: width}, (_, x) => rows[s] ? value(rows[s], means[s][x] ?? 0) : NaN));
  const strongest = values.reduce((most, v) => Math.max(most, Math.abs(v) || 0), 1e-30);
  $('face-text').textContent += ' Strongest colour: ' + number(strongest) + '.';
  $('face').width = width;
  $('face').height = own.length;
  // as bytes again, on one scale for all rows
  paint($('face'), values.map(v => Number.isNaN(v) ? 0 : Math.round(128 + 127 * v / strongest)), {low: -strongest, high: strongest}, strongest);
  $('row').style.top = 100 * at / own.length + '%';
  $('row').style.height = 100 / own.length + '%';
}

function stepSlice(by) {
  const own = slices();
  choose(own[Math.max(0, Math.min(own.length - 1, own.indexOf(wanted) + by))]);
}

// ---- What the reader does ----------------------------------------------------------------------------------------------------------------------

// Where on a picture a click was, from 0 to 1.
function where(event, element) {
  const box = element.getBoundingClientRect();
  return {x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height};
}

function onKey(event) {
  const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName) && event.target.type !== 'checkbox';
  if (typing || event.ctrlKey || event.altKey || event.metaKey || !current) return;
  const arrow = {ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0]}[event.key];
  const verdict = {a: 'accept', r: 'reject', u: 'unsure'}[event.key];
  if (arrow && event.shiftKey) {
    const from = mark || {x: current.width >> 1, y: current.height >> 1};
    place(from.x + arrow[0], from.y + arrow[1]);
  } else if (arrow && arrow[1]) step(arrow[1]);
  else if (arrow && current.volume !== undefined) stepSlice(arrow[0]);
  else if (verdict) toggle(verdict);
  else return;
  event.preventDefault();
}

const toggle = verdict => setVerdict({verdict: (verdicts.get(current.name) || {}).verdict === verdict ? '' : verdict});

let turned = 0;   // of the wheel, in pixels, since the last slice: touchpads report many small turns
function onWheel(event) {
  if (event.ctrlKey || current?.volume === undefined) return;
  event.preventDefault();
  turned += event.deltaMode === 0 ? event.deltaY : 40 * event.deltaY;
  if (Math.abs(turned) < 40) return;
  stepSlice(Math.sign(turned));
  turned = 0;
}

function start() {
  readVerdicts();
  for (const name of [...new Set(all.map(s => s.className).filter(Boolean))].sort()) add(filters.kind, 'option', '', name).value = name;
  for (const text of [...new Set(all.flatMap(s => s.warnings.map(kind)))].sort()) add(filters.warning, 'option', '', text).value = '=' + text;
  $('filters').addEventListener('submit', event => event.preventDefault());
  for (const kind of ['input', 'change']) $('filters').addEventListener(kind, () => { showList(); if (!listed.includes(current)) step(0); });
  $('list').addEventListener('click', event => choose(event.target.closest('button')?.scan));
  $('export').onclick = exportVerdicts;
  $('map').onchange = () => { showPicture(); showVolume(); };
  $('opacity').oninput = () => { $('heat').style.opacity = $('opacity').value / 100; };
  $('outlines').onchange = () => $('overlay').classList.toggle('bare', !$('outlines').checked);
  $('generated').onchange = showPicture;
  $('stage').onclick = event => { const at = where(event, $('stage')); place(at.x * current.width, at.y * current.height); };
  $('stage').addEventListener('wheel', onWheel, {passive: false});
  $('slice').oninput = () => choose(slices()[$('slice').value]);
  $('face').onclick = event => {
    const own = slices(), at = where(event, $('face'));
    mark = {x: Math.floor(at.x * current.width), y: mark ? mark.y : current.height >> 1};
    const to = own[Math.max(0, Math.min(own.length - 1, Math.floor(at.y * own.length)))];
    if (to === current) showPlace(); else choose(to);
  };
  for (const button of $('verdict').querySelectorAll('button')) button.onclick = () => toggle(button.value);
  $('note').oninput = () => setVerdict({note: $('note').value});
  document.addEventListener('keydown', onKey);
  window.addEventListener('beforeunload', event => { if (!kept && verdicts.size) event.preventDefault(); });
  showList();
  window.addEventListener('hashchange', () => choose(named()));
  choose(named() || listed[0]);
}

// The scan that the address asks for: scans.html#NAME opens the page there.
const named = () => all.find(s => '#' + encodeURIComponent(s.name) === location.hash);

start();
