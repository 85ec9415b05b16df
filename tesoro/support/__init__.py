"""Django admin for support staff, who work across accounts: the site, and what its pages have in common."""
