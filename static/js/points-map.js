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

/** Where most of the points lie: of many, a few far off do not open the map on half the world. */
function midst(L, points) {
  const cut = points.length > 20 ? Math.ceil(points.length / 50) : 0;
  const span = (name) => {
    const sorted = points.map((one) => one[name]).sort((one, other) => one - other);
    return [sorted[cut], sorted[sorted.length - 1 - cut]];
  };
  const [[south, north], [west, east]] = ["latitude", "longitude"].map(span);
  return L.latLngBounds([south, west], [north, east]);
}

class PointsMap {
  constructor(element, points, drawn) {
    Object.assign(this, { element, points, ...drawn });
    this.marks = this.L.layerGroup().addTo(this.map);
    this.open();
    // A nearer or farther look parts and joins marks: what names one of them is closed before.
    this.map.on("zoomstart", () => this.map.closePopup());
    this.map.on("moveend", () => this.moved());
    this.show();
  }

  /** Begin where one was before Back, else where the points are. */
  open() {
    const view = history.state?.view;
    if (view) this.map.setView(view.slice(0, 2), view[2], { animate: false });
    else if (this.points.length) this.map.fitBounds(midst(this.L, this.points), { padding: [48, 48], maxZoom: 15, animate: false });
  }

  moved() {
    const { lat, lng } = this.map.getCenter();
    history.replaceState({ ...history.state, view: [lat, lng, this.map.getZoom()] }, "");
    this.show();
  }

  /** Draw the marks in sight; one whose names are open stays as it is. */
  show() {
    const held = this.marks.getLayers().find((mark) => mark.isPopupOpen());
    const view = this.map.getBounds().pad(0.2);
    const others = this.points.filter((one) => !held?.members.includes(one) && view.contains([one.latitude, one.longitude]));
    for (const mark of this.marks.getLayers()) if (mark !== held) this.marks.removeLayer(mark);
    for (const members of gathered(this.map, others)) this.marks.addLayer(this.mark(members));
  }

  mark(members) {
    const [{ latitude, longitude, name }] = members;
    const many = members.length > 1;
    const title = many ? this.element.dataset.many.replace("{n}", members.length) : name;
    const icon = many ? this.L.divIcon({ className: "cluster", html: String(members.length), iconSize: [40, 40] }) : pin(this.L);
    const mark = Object.assign(this.L.marker([latitude, longitude], { icon, title, riseOnHover: true }), { members });
    mark.on("add", () => mark.getElement().setAttribute("aria-label", title));
    mark.on("click", () => this.enter(mark));
    mark.on("keypress", ({ originalEvent }) => {
      if (!["Enter", " "].includes(originalEvent.key)) return;
      originalEvent.preventDefault();
      this.enter(mark, true);
    });
    mark.on("popupclose", () => setTimeout(() => this.show()));
    return mark;
  }

  /** Go nearer, or name who is there where nearer does not part them. By key the focus goes along. */
  enter(mark, byKey = false) {
    const { members } = mark;
    const bounds = this.L.latLngBounds(members.map((one) => [one.latitude, one.longitude]));
    const together = bounds.getNorthEast().equals(bounds.getSouthWest(), 1e-5);
    if (!together && this.map.getZoom() < this.map.getMaxZoom()) {
      this.map.fitBounds(bounds, { padding: [48, 48], animate: false });
      if (byKey) this.focus(members[0]);
      return;
    }
    const listed = names(members);
    listed.addEventListener("keydown", (event) => event.key === "Escape" && this.leave(event, members[0]));
    mark.unbindPopup().bindPopup(listed, { offset: members.length > 1 ? [0, -8] : [0, -30] }).openPopup();
    if (byKey) listed.querySelector("a").focus();
  }

  /** Close the names, and give the focus back to their mark, which is drawn anew. */
  leave(event, first) {
    event.preventDefault();
    this.map.closePopup();
    this.focus(first);
  }

  /** Give the focus to the mark of a point, behind the drawing that a move or closing brings about. */
  focus(point) {
    setTimeout(() => this.marks.getLayers().find((mark) => mark.members.includes(point))?.getElement().focus());
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
