"""Transactions: buying, selling, renting, renting out, and the two pipelines they go through."""
