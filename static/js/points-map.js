// The records of a list as points on a map. Those that would lie on one another stand together as one mark with their number.
import { draw, pin } from "./map.js";
import { say } from "./toast.js";

const APART = 52; // pixels: two marks so far apart do not touch
const LISTED = 20;

/** Gather points: each joins the first mark that it would touch, else it makes one. Returns the members of each mark. */
function gathered(map, points) {
  const marks = [];
  for (const one of points) {
    const at = map.project([one.latitude, one.longitude]);
    const near = marks.find((mark) => mark.at.distanceTo(at) < APART);
    if (near) near.members.push(one);
    else marks.push({ at, members: [one] });
  }
  return marks.map(({ members }) => members);
}

function link(one) {
  const item = document.createElement("li");
  item.append(Object.assign(document.createElement("a"), { href: one.url, textContent: one.name }));
  if (one.about) item.append(Object.assign(document.createElement("small"), { textContent: one.about }));
  return item;
}

function names(members) {
  const list = Object.assign(document.createElement("ul"), { className: "map-names" });
  list.append(...members.slice(0, LISTED).map(link));
  if (members.length > LISTED) list.append(Object.assign(document.createElement("li"), { textContent: `+${members.length - LISTED}` }));
  return list;
}

class PointsMap {
  constructor(element, points, drawn) {
    Object.assign(this, { element, points, ...drawn });
    this.marks = this.L.layerGroup().addTo(this.map);
    if (points.length) this.map.fitBounds(this.bounds(points), { padding: [48, 48], maxZoom: 15, animate: false });
    this.map.on("moveend", () => this.show());
    this.show();
  }

  bounds(points) {
    return this.L.latLngBounds(points.map((one) => [one.latitude, one.longitude]));
  }

  show() {
    const held = this.marks.getLayers().find((mark) => mark.isPopupOpen());
    const view = this.map.getBounds().pad(0.2);
    const inView = this.points.filter((one) => view.contains([one.latitude, one.longitude]));
    if (held) return; // opening a popup moves the map: its mark stays
    this.marks.clearLayers();
    for (const members of gathered(this.map, inView)) this.marks.addLayer(members.length === 1 ? this.single(members[0]) : this.many(members));
  }

  single(one) {
    const mark = this.L.marker([one.latitude, one.longitude], { icon: pin(this.L), title: one.name, riseOnHover: true });
    mark.bindPopup(() => names([one]), { offset: [0, -30] });
    return this.named(mark, one.name);
  }

  many(members) {
    const bounds = this.bounds(members);
    const icon = this.L.divIcon({ className: "cluster", html: String(members.length), iconSize: [40, 40] });
    const [{ latitude, longitude }] = members;
    const mark = this.L.marker([latitude, longitude], { icon, title: this.element.dataset.many.replace("{n}", members.length) });
    mark.on("click", () => this.enter(mark, members, bounds));
    return this.named(mark, mark.options.title);
  }

  /** Go nearer, or name them where nearer does not part them. */
  enter(mark, members, bounds) {
    if (this.map.getZoom() < this.map.getMaxZoom() && !bounds.getNorthEast().equals(bounds.getSouthWest(), 1e-5)) {
      return this.map.fitBounds(bounds, { padding: [48, 48], animate: false });
    }
    mark.unbindPopup().bindPopup(names(members)).openPopup();
  }

  named(mark, name) {
    mark.on("add", () => mark.getElement().setAttribute("aria-label", name));
    mark.on("popupclose", () => setTimeout(() => this.show()));
    return mark;
  }
}

/** Draw the map of an element that names its points. */
export async function show(element) {
  try {
    const [response, drawn] = await Promise.all([fetch(element.dataset.points, { headers: { Accept: "application/json" } }), draw(element.querySelector("[data-map]"), { maxZoom: 19 })]);
    const { points } = await response.json();
    new PointsMap(element, points, drawn);
  } catch {
    say(element.dataset.failed);
  }
}
