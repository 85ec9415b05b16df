"""Answers made up in the documented shapes of Nominatim (format=jsonv2, addressdetails=1) and Photon (GeoJSON)."""

OSM = "Data © OpenStreetMap contributors, ODbL 1.0. http://osm.org/copyright"


def nominatim(display_name, lat, lon, kind="house", **address):
    """Return one place as Nominatim tells it: degrees as text, the address in parts that differ by country."""
    return {
        "place_id": 263_912_001,
        "licence": OSM,
        "osm_type": "node",
        "osm_id": 4_120_555_001,
        "lat": str(lat),
        "lon": str(lon),
        "category": "place",
        "type": kind,
        "place_rank": 30,
        "importance": 6.3e-05,
        "addresstype": kind,
        "name": "",
        "display_name": display_name,
        "address": address,
        "boundingbox": [str(lat - 0.00005), str(lat + 0.00005), str(lon - 0.00005), str(lon + 0.00005)],
    }


def photon(lat, lon, kind="house", **properties):
    """Return one feature as Photon tells it: degrees as numbers, longitude first."""
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [lon, lat]},
        "properties": {
            "osm_type": "N", "osm_id": 4_120_555_001, "osm_key": "place", "osm_value": kind, "type": kind, **properties,
        },
    }  # fmt: skip


def features(*places):
    """Return the whole of an answer of Photon."""
    return {"type": "FeatureCollection", "features": list(places)}


SPANISH = nominatim(
    "14, Calle Bernia, l'Albir, l'Alfàs del Pi, la Marina Baixa, Alacant / Alicante, 03581, España",
    38.5710233, -0.0705112, house_number="14", road="Calle Bernia", village="l'Albir", municipality="l'Alfàs del Pi",
    county="la Marina Baixa", province="Alacant / Alicante", state="Comunitat Valenciana", postcode="03581",
    country="España", country_code="es", **{"ISO3166-2-lvl4": "ES-VC", "ISO3166-2-lvl6": "ES-A"},
)  # fmt: skip
GERMAN = nominatim(
    "7, Lindenstraße, Altstadt, Regensburg, Bayern, 93047, Deutschland", 49.0181, 12.0974, house_number="7",
    road="Lindenstraße", suburb="Altstadt", city="Regensburg", state="Bayern", postcode="93047",
    country="Deutschland", country_code="de",
)  # fmt: skip
BRITISH = nominatim(
    "22, Harbour Road, Lympstone, East Devon, Devon, England, EX8 5HN, United Kingdom", 50.6489, -3.4302,
    house_number="22", road="Harbour Road", village="Lympstone", county="Devon", state="England",
    postcode="EX8 5HN", country="United Kingdom", country_code="gb",
)  # fmt: skip
TOWN = nominatim(
    "Altea, la Marina Baixa, Alacant / Alicante, Comunitat Valenciana, 03590, España", 38.5989, -0.0513, kind="town",
    town="Altea", county="la Marina Baixa", province="Alacant / Alicante", state="Comunitat Valenciana",
    postcode="03590", country="España", country_code="es",
)  # fmt: skip
PARTIAL = nominatim("Camino de la Font, España", 38.61, -0.06, kind="track", road="Camino de la Font", country="España")

SPANISH_FEATURE = photon(
    38.5710233, -0.0705112, housenumber="14", street="Calle Bernia", locality="l'Albir", city="l'Alfàs del Pi",
    postcode="03581", county="Alicante", state="Comunidad Valenciana", country="España", countrycode="ES",
)  # fmt: skip
GERMAN_FEATURE = photon(
    49.0181, 12.0974, housenumber="7", street="Lindenstraße", district="Altstadt", city="Regensburg",
    postcode="93047", state="Bayern", country="Deutschland", countrycode="DE",
)  # fmt: skip
BRITISH_FEATURE = photon(
    50.6489, -3.4302, housenumber="22", street="Harbour Road", city="Lympstone", postcode="EX8 5HN",
    county="Devon", state="England", country="United Kingdom", countrycode="GB",
)  # fmt: skip
TOWN_FEATURE = photon(
    38.5989, -0.0513, kind="city", name="Altea", postcode="03590", county="Alicante",
    state="Comunidad Valenciana", country="España", countrycode="ES", extent=[-0.09, 38.65, -0.02, 38.57],
)  # fmt: skip
STREET_FEATURE = photon(
    38.571, -0.0705, kind="street", name="Calle Bernia", city="l'Alfàs del Pi", postcode="03581",
    county="Alicante", country="España", countrycode="ES",
)  # fmt: skip
