"""Views of the room, a file each."""
