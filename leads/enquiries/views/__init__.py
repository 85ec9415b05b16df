"""The pages of enquiries: the public form, the address of portals, the settings."""
