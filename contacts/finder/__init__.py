"""Search from every page: people, companies, notes, whatever a room registers; see docs/search.md."""
