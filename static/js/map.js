// A map by Leaflet, which is fetched with the first one: of tiles where the office's settings name some, else of a grid of degrees.

let library = null;

function sheet(href) {
  if (document.querySelector(`link[href="${href}"]`)) return Promise.resolve();
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href });
  return new Promise((come, fail) => {
    link.onload = come;
    link.onerror = fail;
    document.head.append(link);
  });
}

function script(src) {
  return new Promise((come, fail) => {
    const element = Object.assign(document.createElement("script"), { src });
    element.onload = come;
    element.onerror = fail;
    document.head.append(element);
  });
}

/** Fetch Leaflet and its sheets once; resolves to Leaflet. */
function leaflet({ leaflet: source, sheets }) {
  library ??= Promise.all([...sheets.split(" ").map(sheet), script(source)]).then(() => window.L);
  return library.catch((fault) => {
    library = null;
    throw fault;
  });
}

/** Degrees between two lines, so that they stand some hundred pixels apart. */
function step(zoom) {
  const wanted = (360 / (256 * 2 ** zoom)) * 120;
  return [90, 60, 30, 20, 10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001, 0.0005, 0.0002].findLast((one) => one >= wanted) ?? 90;
}

const multiples = (from, to, by) => Array.from({ length: Math.max(0, Math.floor(to / by) - Math.ceil(from / by) + 1) }, (_none, place) => (Math.ceil(from / by) + place) * by);

function said(degrees, by, [positive, negative]) {
  const digits = Math.max(0, -Math.floor(Math.log10(by)));
  return `${Math.abs(degrees).toFixed(digits)}° ${degrees < 0 ? negative : positive}`;
}

/** Meridians and parallels with their degrees at the edges: a map without tiles still says where the marker stands. */
function graticule(L, map) {
  const lines = L.layerGroup();
  const line = (from, to) => L.polyline([from, to], { className: "meridian", weight: 1, interactive: false });
  const label = (at, text, offset) => L.marker(at, { interactive: false, keyboard: false, icon: L.divIcon({ className: "degrees", html: text, iconSize: null, iconAnchor: offset }) });
  const drawn = () => {
    const bounds = map.getBounds();
    const by = step(map.getZoom());
    lines.clearLayers();
    for (const longitude of multiples(bounds.getWest(), bounds.getEast(), by)) {
      lines.addLayer(line([bounds.getSouth(), longitude], [bounds.getNorth(), longitude]));
      lines.addLayer(label([bounds.getSouth(), longitude], said(((longitude + 540) % 360) - 180, by, ["E", "W"]), [-4, 20]));
    }
    for (const latitude of multiples(bounds.getSouth(), bounds.getNorth(), by)) {
      lines.addLayer(line([latitude, bounds.getWest()], [latitude, bounds.getEast()]));
      lines.addLayer(label([latitude, bounds.getWest()], said(latitude, by, ["N", "S"]), [-6, 18]));
    }
  };
  lines.on("add", () => map.on("moveend zoomend resize", drawn) && drawn());
  return lines;
}

/** Whose the tiles are, with the way to their terms. Leaflet's own way takes markup, this one text. */
function attribution(L, { attribution: whose, attributionUrl: terms }) {
  const control = L.control({ position: "bottomright" });
  control.onAdd = () => {
    const box = Object.assign(document.createElement("div"), { className: "leaflet-control-attribution" });
    box.append(terms ? Object.assign(document.createElement("a"), { href: terms, textContent: whose, target: "_blank", rel: "noopener noreferrer" }) : whose);
    return box;
  };
  return control;
}

/** What is drawn below the markers. The tiles' host is told the office's address without its path: public ones demand it. */
function ground(L, map, settings) {
  if (!settings.tiles) return graticule(L, map).addTo(map);
  if (settings.attribution) attribution(L, settings).addTo(map);
  return L.tileLayer(settings.tiles, { maxZoom: Number(settings.zoom), referrerPolicy: "strict-origin-when-cross-origin" }).addTo(map);
}

/** A pin as our own drawing: Leaflet's is a picture that knows no theme. */
export function pin(L) {
  const svg = (name, attributes) => {
    const element = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
  };
  const html = svg("svg", { viewBox: "0 0 24 32", width: 30, height: 40, "aria-hidden": "true" });
  html.append(svg("path", { d: "M12 31C12 31 2 18.5 2 11.5a10 10 0 0 1 20 0C22 18.5 12 31 12 31z" }), svg("circle", { cx: 12, cy: 11.5, r: 3.5 }));
  return L.divIcon({ className: "pin", html, iconSize: [30, 40], iconAnchor: [15, 39] });
}

/** Make a map in an element that carries the settings as data; resolves to Leaflet and the map. */
export async function draw(element, options = {}) {
  const L = await leaflet(element.dataset);
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const motion = { fadeAnimation: false, zoomAnimation: !calm, markerZoomAnimation: !calm, inertia: !calm };
  const map = L.map(element, { zoomControl: false, attributionControl: false, minZoom: 2, worldCopyJump: true, trackResize: false, ...motion, ...options });
  L.control.zoom({ position: "topright", zoomInTitle: element.dataset.zoomIn, zoomOutTitle: element.dataset.zoomOut }).addTo(map);
  map.setView([element.dataset.latitude, element.dataset.longitude].map(Number), Number(element.dataset.closeness));
  ground(L, map, element.dataset);
  // Leaflet looks at the window's size alone, and goes on to for a moment when the map is gone; an address beside the map
  // that takes another line changes only the map's.
  const watch = new ResizeObserver(() => element.offsetWidth && map.invalidateSize({ animate: false }));
  watch.observe(element);
  map.on("unload", () => watch.disconnect());
  return { L, map };
}
