"""What somebody looks for, or offers: kinds of property, places, price, size, features. Leads and deals have it."""
