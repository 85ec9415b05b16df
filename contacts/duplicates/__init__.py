"""Two records of one person: found, compared side by side, merged, and parted again within 30 days."""
