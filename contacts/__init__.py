"""People and all that happens with them."""
