"""Transactions and their two pipelines; nothing of it is built yet."""
